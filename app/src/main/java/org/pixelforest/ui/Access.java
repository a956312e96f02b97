package org.pixelforest.ui;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Who may talk to the server. Three things are asked of a request: a {@code Host} that we serve (a name that an attacker points
 * at this machine is refused), an {@code Origin}, if any, that is the page itself (no other site may send requests through the
 * user's browser), and, for everything but the page's own files, the token that only the opened address carries.
 *
 * @param token the secret in the address
 * @param hosts the values of the Host header that are served, lower case, with port, e.g. {@code "127.0.0.1:8080"}
 */
record Access(String token, Set<String> hosts) {

    /** Why a request is refused: HTTP status and a sentence for the log and the answer. */
    record Refusal(int status, String reason) {}

    Access {
        hosts = Set.copyOf(hosts);
        if (token.length() < 16) {
            throw new IllegalArgumentException("a token needs at least 16 characters (got: " + token.length() + ")");
        }
    }

    /** A token of 128 random bits. */
    static String newToken() {
        byte[] bits = new byte[16];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** Checks where a request comes from; {@code host} and {@code origin} are header values or null. */
    Optional<Refusal> checkSender(String host, String origin) {
        if (host == null || !hosts.contains(host.toLowerCase(java.util.Locale.ROOT))) {
            return Optional.of(new Refusal(421, "this address is not served here: " + shown(host)));
        }
        if (origin != null && !isPage(origin)) {
            return Optional.of(new Refusal(403, "requests from another site are refused: " + shown(origin)));
        }
        return Optional.empty();
    }

    /** Checks the secret; {@code offered} is the token of the request or null. */
    Optional<Refusal> checkToken(String offered) {
        // NB: compared in constant time, so that response times tell nothing about the token.
        if (offered != null
                && MessageDigest.isEqual(
                        offered.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                401, "the token in the address is missing or wrong; use the address that the program printed"));
    }

    private boolean isPage(String origin) {
        try {
            URI uri = URI.create(origin);
            return "http".equals(uri.getScheme())
                    && uri.getAuthority() != null
                    && hosts.contains(uri.getAuthority().toLowerCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static String shown(String header) {
        if (header == null) {
            return "(none)";
        }
        String printable = header.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() > 100 ? printable.substring(0, 100) + "..." : printable;
    }
}
