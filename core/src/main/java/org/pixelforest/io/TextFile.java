package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text files that, like images, are seen under their name only when they are complete. */
public final class TextFile {

    private TextFile() {}

    /** Writes a file in UTF-8; missing folders are made, an older file of that name is replaced at once. */
    public static void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (PendingFile pending = PendingFile.create(file)) {
            pending.write(0, bytes, 0, bytes.length);
            pending.commit();
        }
    }
}
