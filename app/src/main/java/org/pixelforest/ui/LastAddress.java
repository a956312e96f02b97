package org.pixelforest.ui;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Where the page was served last, so that one that was left open finds the program again after a restart. The file is readable by
 * its user alone, for whoever knows the secret may do everything; one that others may read is not believed.
 *
 * @param port the last one
 * @param token the secret of the address
 */
record LastAddress(int port, String token) {

    private static final Logger LOG = Logger.getLogger(LastAddress.class.getName());
    private static final int MAX_BYTES = 1024;

    /** The file beside the one of recent projects. */
    static Path beside(Path recent) {
        return recent.resolveSibling("address.json");
    }

    static Optional<LastAddress> read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES || !isPrivate(file)) {
                return Optional.empty();
            }
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            int port = json.get("port").getAsInt();
            String token = json.get("token").getAsString();
            return port > 0 && port < 65536 && token.matches("[A-Za-z0-9_-]{16,100}")
                    ? Optional.of(new LastAddress(port, token))
                    : Optional.empty();
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private static boolean isPrivate(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix == null
                || EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                        .containsAll(posix.readAttributes().permissions());
    }

    /** Keeps it; where that is not possible, the next start has another address. */
    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // NB: a temporary file is made for its user alone, before anything is in it.
            Path next = Files.createTempFile(file.toAbsolutePath().getParent(), ".address", ".part");
            JsonObject json = new JsonObject();
            json.addProperty("port", port);
            json.addProperty("token", token);
            Files.writeString(next, Server.JSON.toJson(json));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.fine(() -> file + " cannot be written: " + e.getMessage());
        }
    }

    /** Whether nobody listens at the port of an address of this machine. */
    boolean isFree(String host) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
