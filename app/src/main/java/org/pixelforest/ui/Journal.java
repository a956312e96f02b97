package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file beside a project in which everything that happens is written down at once, one JSON object a line, so that nothing is
 * lost when the program or the machine stops: {@code lung.ilp} has {@code lung.ilp.journal}. A line is on the disk when
 * {@link #append} returns. A line that was cut off by a crash is the last one; it is dropped on opening. The open journal is
 * locked: whoever comes second reads only.
 */
final class Journal implements Closeable {

    private final FileChannel channel;

    @SuppressWarnings("unused") // held until the channel is closed
    private final FileLock lock;

    private final List<JsonObject> lines;

    private Journal(FileChannel channel, FileLock lock, List<JsonObject> lines) {
        this.channel = channel;
        this.lock = lock;
        this.lines = lines;
    }

    static Path beside(Path project) {
        return project.resolveSibling(project.getFileName() + ".journal");
    }

    /** Opens or creates a journal for writing; empty when another program has it open. */
    static Optional<Journal> open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException heldByThisProgram) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            List<JsonObject> lines = new ArrayList<>();
            int end = parse(bytes, lines);
            channel.truncate(end);
            channel.position(end);
            return Optional.of(new Journal(channel, lock, lines));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The lines of a journal that somebody else may be writing. */
    static List<JsonObject> read(Path file) throws IOException {
        List<JsonObject> lines = new ArrayList<>();
        if (Files.exists(file)) {
            parse(Files.readAllBytes(file), lines);
        }
        return lines;
    }

    /** Reads whole lines and returns where the last of them ends. */
    private static int parse(byte[] bytes, List<JsonObject> lines) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            try {
                JsonElement line = JsonParser.parseString(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                if (!line.isJsonObject()) {
                    return start;
                }
                lines.add(line.getAsJsonObject());
            } catch (JsonParseException broken) {
                return start;
            }
            start = i + 1;
        }
        return start;
    }

    /** What was in the journal when it was opened. */
    List<JsonObject> lines() {
        return List.copyOf(lines);
    }

    /** Adds a line; it is on the disk when this returns. Throws when it could not be written: nothing may count as stored then. */
    synchronized void append(JsonObject line) throws IOException {
        long before = channel.position();
        ByteBuffer bytes = ByteBuffer.wrap((Server.JSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            // A half line would swallow the next one.
            channel.truncate(before);
            channel.position(before);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
