package org.pixelforest.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tells whether an output would come out the same again. The bytes of an output are fixed by what the next program reads, so
 * what made it is kept in an extended attribute of the file; where the file system has none, or the file was copied, the times of
 * the files decide.
 */
final class UpToDate {

    private static final String ATTRIBUTE = "pixelforest";

    private UpToDate() {}

    /** A short text that differs whenever one of the parts does. */
    static String mark(Object... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Remembers what made {@code output}, if the file system can. */
    static void remember(Path output, String mark) {
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(output, UserDefinedFileAttributeView.class);
            if (view != null) {
                view.write(ATTRIBUTE, ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The times of the files have to do.
        }
    }

    /** True when {@code output} was made with this mark; without one, when it is newer than image and project, if that is given. */
    static boolean is(Path output, String mark, Path image, Optional<Path> project) throws IOException {
        if (!Files.isRegularFile(output) || Files.size(output) == 0) {
            return false;
        }
        String known = known(output);
        if (known != null) {
            return known.equals(mark);
        }
        return project.isPresent()
                && Files.getLastModifiedTime(output).compareTo(Files.getLastModifiedTime(image)) > 0
                && Files.getLastModifiedTime(output).compareTo(Files.getLastModifiedTime(project.get())) > 0;
    }

    private static String known(Path output) {
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(output, UserDefinedFileAttributeView.class);
            if (view == null || !view.list().contains(ATTRIBUTE)) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(view.size(ATTRIBUTE), 1024));
            view.read(ATTRIBUTE, bytes);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }
}
