package org.pixelforest.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells a file from others whatever its name: its size, and the SHA-256 of its content. Of a file above 64 MiB, 1024 pieces
 * of 64 KiB are hashed, piece i beginning at byte {@code i * (size - 65536) / 1023} (rounded down), so that the cost is bounded.
 *
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 */
public record Fingerprint(long size, String sha256) {

    private static final int PIECE = 1 << 16;
    private static final int PIECES = 1024;

    public static Fingerprint of(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            boolean whole = size <= (long) PIECE * PIECES;
            long pieces = whole ? (size + PIECE - 1) / PIECE : PIECES;
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            for (long i = 0; i < pieces; i++) {
                long at = whole ? i * PIECE : i * (size - PIECE) / (PIECES - 1);
                piece.clear();
                while (piece.hasRemaining() && channel.read(piece, at + piece.position()) >= 0) {
                    // A read may give less than the rest of the piece.
                }
                digest.update(piece.flip());
            }
            return new Fingerprint(size, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Whether a file has this fingerprint; files of another size are not read. */
    boolean matches(Path file) throws IOException {
        return Files.size(file) == size && of(file).equals(this);
    }
}
