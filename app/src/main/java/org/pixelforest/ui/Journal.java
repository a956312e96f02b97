package org.pixelforest.ui;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The file beside a project in which everything that happens is written down at once, one JSON object a line, so that nothing is
 * lost when the program or the machine stops: {@code lung.ilp} has {@code lung.ilp.journal}. A line is on the disk when
 * {@link #append} returns. A line that was cut off by a crash is the last one; it is dropped on opening. Lines that cannot be read
 * for another reason are passed over, and a copy of the file is kept first. The open journal is locked: whoever comes second reads
 * only.
 */
final class Journal implements Closeable {

    private static final Logger LOG = Logger.getLogger(Journal.class.getName());

    /**
     * Journals that this program holds. Where locks are those of POSIX, closing any other channel of the same file releases them, so
     * such a file must not even be looked at.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int MOST_COPIES = 99;

    private final Path file;
    private FileChannel channel; // guarded by this, as all below
    private JournalLines found;
    private long end;
    private boolean broken;
    private boolean closed;

    private Journal(FileChannel channel, Path file) {
        this.channel = channel;
        this.file = file;
    }

    static Path beside(Path project) {
        return project.resolveSibling(project.getFileName() + ".journal");
    }

    /** Whether a file, links resolved, is a journal that this program holds. */
    static boolean holds(Path real) {
        return HELD.contains(real);
    }

    /**
     * Opens or creates a journal for writing; empty when another program, or this one, has it open.
     *
     * @throws IOException when it is no file of its own, cannot be written, or the file system has no locks
     */
    static Optional<Journal> open(Path file) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Journal journal = new Journal(null, real);
        boolean opened = false;
        try {
            opened = journal.lock();
            if (opened) {
                journal.read();
            }
            return opened ? Optional.of(journal) : Optional.empty();
        } catch (Throwable e) {
            opened = false;
            throw e;
        } finally {
            if (!opened) {
                journal.close();
            }
        }
    }

    private synchronized boolean lock() throws IOException {
        try {
            Files.createFile(file);
            forceFolder();
        } catch (FileAlreadyExistsException usual) {
            // It has lines, most often.
        }
        while (true) {
            Object before = key(file);
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!locked(channel)) {
                return false;
            }
            // A journal that was put in place of this one meanwhile is another file.
            if (Objects.equals(before, key(file))) {
                return true;
            }
            channel.close();
        }
    }

    private static Object key(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + ": is not a file of its own, as a journal must be");
        }
        return attributes.fileKey();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        // One byte far behind the lines: where locks are mandatory, others may still read those. It goes with the
        // channel.
        try {
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("its file system has no locks", e);
        }
    }

    private synchronized void read() throws IOException {
        // NB: not closed, for that would close the channel.
        found = JournalLines.read(Channels.newInputStream(channel.position(0)));
        if (found.damaged() > 0) {
            keepCopy();
        }
        end = found.end();
        broken = true;
        mend();
    }

    /** Copied through the channel: opening the file once more would release the lock. */
    private void keepCopy() throws IOException {
        Path folder = file.getParent();
        for (int i = 1; i <= MOST_COPIES; i++) {
            Path copy = folder.resolve(file.getFileName() + ".damaged" + (i == 1 ? "" : "-" + i));
            if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                long size = channel.size();
                for (long at = 0; at < size; ) {
                    at += channel.transferTo(at, size - at, out);
                }
                out.force(true);
            }
            return;
        }
    }

    /** The lines of a journal that somebody else may be writing; none when there is no such file. */
    static JournalLines read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return JournalLines.NONE;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return JournalLines.read(in);
        }
    }

    /** What was in the journal when it was opened; given once, for it may be much. */
    synchronized JournalLines lines() {
        JournalLines read = found;
        found = JournalLines.NONE;
        return read;
    }

    /** How many bytes it has. */
    synchronized long size() {
        return end;
    }

    /** Adds a line; it is on the disk when this returns. Throws when it could not be written: nothing may count as stored then. */
    void append(JsonObject line) throws IOException {
        append(List.of(line));
    }

    /** Adds lines, all or none. */
    synchronized void append(List<JsonObject> lines) throws IOException {
        mend();
        // A half line would swallow the next one.
        broken = true;
        try {
            for (JsonObject line : lines) {
                write(channel, line);
            }
            channel.force(false);
            end = channel.position();
            broken = false;
        } catch (Throwable e) {
            try {
                mend();
            } catch (IOException next) {
                // Tried again before the next line.
                e.addSuppressed(next);
            }
            throw e;
        }
    }

    /** Cuts off what was written in part. */
    private void mend() throws IOException {
        if (broken) {
            channel.truncate(end);
            channel.position(end);
            broken = false;
        }
    }

    private static void write(FileChannel channel, JsonObject line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Server.JSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Has these lines instead of those so far: written beside it, locked, then renamed over it. Where that cannot be done, as on
     * Windows, everything stays as it is.
     */
    synchronized boolean renew(List<JsonObject> lines) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        FileChannel fresh = null;
        long length;
        try {
            Files.deleteIfExists(next);
            fresh = FileChannel.open(
                    next,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            if (!locked(fresh)) {
                throw new IOException(next + ": is locked");
            }
            for (JsonObject line : lines) {
                write(fresh, line);
            }
            length = fresh.position();
            fresh.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the journal keeps its length", e);
            quietly(fresh);
            try {
                Files.deleteIfExists(next);
            } catch (IOException again) {
                // The next time removes it.
            }
            return false;
        }
        FileChannel old = channel;
        channel = fresh;
        end = length;
        broken = false;
        quietly(old);
        forceFolder();
        return true;
    }

    /** Makes creating and renaming survive a loss of power, where the system lets a folder be opened. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Windows cannot; its file system keeps the order by itself.
        }
    }

    private static void quietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "a journal that is no longer used", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            // NB: also when an interrupt closed the channel before.
            HELD.remove(file);
        }
    }
}
