package org.pixelforest.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that is seen under its name only when it is finished: written beside it as {@code .pixelforest-*.part}, forced to disk,
 * then renamed. Closing before {@link #commit} deletes it; so does the end of the program, unless it is killed outright.
 */
final class PendingFile implements Closeable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PendingFile::deleteUnfinished, "unfinished files"));
    }

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private boolean committed;

    private PendingFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /** Begins the file that will be {@code target}; missing folders are made. */
    static PendingFile create(Path target) throws IOException {
        Path whole = target.toAbsolutePath();
        if (Files.isDirectory(whole)) {
            throw new IOException(target + ": is a folder; a file cannot take its place");
        }
        Files.createDirectories(whole.getParent());
        while (true) {
            String name = ".pixelforest-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + ".part";
            Path part = whole.resolveSibling(name);
            try {
                FileChannel channel = FileChannel.open(
                        part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
                UNFINISHED.add(part);
                return new PendingFile(whole, part, channel);
            } catch (FileAlreadyExistsException e) {
                // Left by a killed program of the same number, or in use on another machine: take the next name.
                continue;
            }
        }
    }

    private static void deleteUnfinished() {
        for (Path part : UNFINISHED) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                // Nothing more can be done at the end of the program.
                continue;
            }
        }
    }

    /** Where the bytes are written until {@link #commit}. */
    Path part() {
        return part;
    }

    /** Writes all of {@code bytes[from..from+length)} at {@code position}; safe from several threads. */
    void write(long position, byte[] bytes, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position() - from);
        }
    }

    void read(long position, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException(part + ": became shorter while it was written");
            }
        }
    }

    void commit() throws IOException {
        channel.force(true);
        channel.close();
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
        committed = true;
        UNFINISHED.remove(part);
        forceFolder();
    }

    /** The new name must survive a power cut too; systems that cannot force a folder do without. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            channel.close();
            Files.deleteIfExists(part);
            UNFINISHED.remove(part);
        }
    }
}
