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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file beside a project in which everything that happens is written down at once, one JSON object a line, so that nothing is
 * lost when the program or the machine stops: {@code lung.ilp} has {@code lung.ilp.journal}. A line is on the disk when
 * {@link #append} returns. A line that was cut off by a crash is the last one; it is dropped on opening. The open journal is
 * locked: whoever comes second reads only.
 */
final class Journal implements Closeable {

    /**
     * Journals that this program holds. Where locks are those of POSIX, closing any other channel of the same file releases them, so
     * such a file must not even be looked at.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path real;

    private List<JsonObject> lines; // guarded by this

    private Journal(FileChannel channel, Path real, List<JsonObject> lines) {
        this.channel = channel;
        this.real = real;
        this.lines = lines;
    }

    static Path beside(Path project) {
        return project.resolveSibling(project.getFileName() + ".journal");
    }

    /** Opens or creates a journal for writing; empty when another program, or this one, has it open. */
    static Optional<Journal> open(Path file) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            // One byte far behind the lines: where locks are mandatory, others may still read those. It goes with the
            // channel.
            FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
            if (lock != null) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
                while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                    continue;
                }
                List<JsonObject> lines = new ArrayList<>();
                int end = parse(Arrays.copyOf(bytes.array(), bytes.position()), lines);
                channel.truncate(end);
                channel.position(end);
                return Optional.of(new Journal(channel, real, lines));
            }
            release(channel, real);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            release(channel, real);
            throw e;
        }
    }

    private static void release(FileChannel channel, Path real) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(real);
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

    /** What was in the journal when it was opened; given once, for it may be much. */
    synchronized List<JsonObject> lines() {
        List<JsonObject> read = lines;
        lines = List.of();
        return read;
    }

    /** Adds a line; it is on the disk when this returns. Throws when it could not be written: nothing may count as stored then. */
    synchronized void append(JsonObject line) throws IOException {
        long before = channel.position();
        try {
            write(line);
            channel.force(false);
        } catch (IOException e) {
            // A half line would swallow the next one.
            channel.truncate(before);
            channel.position(before);
            throw e;
        }
    }

    private void write(JsonObject line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Server.JSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Has these lines instead of those so far. */
    synchronized void restart(List<JsonObject> instead) throws IOException {
        channel.truncate(0);
        channel.position(0);
        lines = List.of();
        for (JsonObject line : instead) {
            write(line);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            release(channel, real);
        }
    }
}
