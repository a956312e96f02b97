package org.pixelforest.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's own files, from the jar: {@code /} and {@code /viewer/view.js} from {@code web/}, {@code /vendor/<package>/<path>}
 * from the WebJars of Lit. They hold nothing secret.
 */
final class PageFiles {

    /** A file as it is sent. */
    record PageFile(byte[] bytes, String type) {}

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json");

    // Package as the import map names it -> WebJar.
    private static final Map<String, String> VENDORS = Map.of(
            "lit", "lit",
            "lit-html", "lit-html",
            "lit-element", "lit-element",
            "@lit/reactive-element", "lit__reactive-element");

    private static final Pattern PATH =
            Pattern.compile("/(?:[A-Za-z0-9_@-][A-Za-z0-9_@.-]*/)*[A-Za-z0-9_@-][A-Za-z0-9_@.-]*");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private PageFiles() {}

    /** The file at an absolute path of the address, or nothing. */
    static Optional<PageFile> find(String path) {
        String name = path.equals("/") ? "/index.html" : path;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null || !PATH.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<String> resource =
                name.startsWith("/vendor/") ? vendor(name.substring("/vendor/".length())) : Optional.of("/web" + name);
        return resource.flatMap(PageFiles::read).map(bytes -> new PageFile(bytes, type));
    }

    /** The CSP source of the one inline script, the import map: {@code 'sha256-...'}. */
    static String importMapSource() {
        String page = new String(read("/web/index.html").orElseThrow(), StandardCharsets.UTF_8);
        Matcher map = IMPORT_MAP.matcher(page);
        if (!map.find()) {
            throw new IllegalStateException("index.html has no import map");
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> vendor(String path) {
        return VENDORS.entrySet().stream()
                .filter(v -> path.startsWith(v.getKey() + "/"))
                .findFirst()
                .map(v -> "/META-INF/resources/webjars/" + v.getValue() + "/" + version(v.getValue()) + "/"
                        + path.substring(v.getKey().length() + 1));
    }

    private static String version(String webJar) {
        String file = "/META-INF/maven/org.webjars.npm/" + webJar + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = PageFiles.class.getResourceAsStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static Optional<byte[]> read(String resource) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
