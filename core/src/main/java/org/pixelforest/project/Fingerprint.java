package org.pixelforest.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * What tells the content of a file from that of others, whatever its name: its size and a SHA-256. Of a file above 64 MiB, 1024
 * pieces of 64 KiB are hashed, piece i beginning at byte {@code i * (size - 65536) / 1023} (rounded down), so that the cost is
 * bounded.
 *
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 * @param stamp when the file was last written to, and which one it is on its disk; while size and stamp stay, nothing is hashed again
 */
public record Fingerprint(long size, String sha256, String stamp) {

    private static final int PIECE = 1 << 16;
    private static final int PIECES = 1024;

    public static Fingerprint of(Path file) throws IOException {
        MessageDigest digest = digest();
        String stamp = stamp(file);
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
            return new Fingerprint(size, HexFormat.of().formatHex(digest.digest()), stamp);
        }
    }

    /** SHA-256 of some bytes as 64 hexadecimal digits. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The time alone is not enough: files made at once often have the same, and renaming keeps it. */
    private static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey();
    }

    /** Whether size and stamp of a file are still those; then it is taken to be the same without reading it. */
    boolean isCurrent(Path file) throws IOException {
        return Files.size(file) == size && stamp(file).equals(stamp);
    }

    /** Whether a file has this content; files of another size are not read. */
    boolean matches(Path file) throws IOException {
        return Files.size(file) == size && of(file).sha256.equals(sha256);
    }
}
