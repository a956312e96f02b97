package org.pixelforest.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Unpacked segments of one file, so that neighbouring regions do not unpack the same strip again. Bound: 32 MiB in memory, and
 * an eighth of the heap for all files together, which files of many channels with a strip a page need. A segment larger than
 * 16 MiB is unpacked into a temporary file; these take 16 GiB for all files together (or one for each file and thread at work, if
 * they are larger), then those untouched longest go, and are unpacked again when they are needed.
 */
final class SegmentCache implements Closeable {

    private static final long MEMORY = 32L << 20;
    /** What is left of the memory that all files share. */
    private static final AtomicLong SHARED = new AtomicLong(Runtime.getRuntime().maxMemory() / 8);

    private static final long LARGEST_IN_MEMORY = 16L << 20;

    /** What is left of the disk that the temporary files of all files share. */
    private static final AtomicLong DISK = new AtomicLong(16L << 30);

    interface Unpacking {
        InputStream open() throws IOException;
    }

    /** The bytes of one segment, unpacked by the first thread that needs them. */
    final class Segment {
        private final long length;
        private final Unpacking unpacking;
        private volatile byte[] memory;
        private volatile FileChannel spilled;
        /** Threads that read the temporary file; guarded by the cache. */
        private int readers;

        private Segment(long length, Unpacking unpacking) {
            this.length = length;
            this.unpacking = unpacking;
        }

        private boolean small() {
            return length <= LARGEST_IN_MEMORY;
        }

        private synchronized void unpack() throws IOException {
            FileChannel known = spilled;
            if (memory != null || known != null && known.isOpen()) {
                return;
            }
            if (small()) {
                byte[] unpacked = new byte[(int) length];
                try (InputStream in = unpacking.open()) {
                    if (in.readNBytes(unpacked, 0, unpacked.length) < unpacked.length) {
                        throw new EOFException("a strip or tile ends early");
                    }
                }
                memory = unpacked;
                return;
            }
            if (known != null) {
                // An interrupted reader closed the channel, and with it the file is gone.
                forget(this);
            }
            takeDisk(length);
            boolean done = false;
            try (InputStream in = unpacking.open()) {
                FileChannel channel = spill(in);
                done = keep(this, channel);
            } finally {
                if (!done) {
                    disk.addAndGet(length);
                }
            }
        }

        private FileChannel spill(InputStream in) throws IOException {
            FileChannel channel = temporary();
            boolean whole = false;
            try {
                byte[] part = new byte[1 << 20];
                for (long left = length; left > 0; ) {
                    int n = in.readNBytes(part, 0, (int) Math.min(part.length, left));
                    if (n == 0) {
                        throw new EOFException("a strip or tile ends early");
                    }
                    write(channel, ByteBuffer.wrap(part, 0, n));
                    left -= n;
                }
                whole = true;
                return channel;
            } finally {
                if (!whole) {
                    channel.close();
                }
            }
        }

        private FileChannel temporary() throws IOException {
            try {
                return FileChannel.open(
                        Files.createTempFile(folder, "pixelforest", ".strip"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                throw noRoom(e);
            }
        }

        private void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                throw noRoom(e);
            }
        }

        private IOException noRoom(IOException e) {
            return new IOException(
                    file + ": a strip or tile of " + (length >> 20) + " MiB cannot be unpacked into the folder "
                            + folder
                            + " (" + e.getMessage()
                            + "); make room there, or name another folder with JAVA_TOOL_OPTIONS="
                            + "-Djava.io.tmpdir=FOLDER, or save the image uncompressed",
                    e);
        }

        void read(long at, byte[] into, int from, int count) throws IOException {
            byte[] unpacked = memory;
            if (unpacked != null) {
                System.arraycopy(unpacked, (int) at, into, from, count);
                return;
            }
            begin(this);
            try {
                while (!readSpilled(at, into, from, count)) {
                    unpack();
                }
            } finally {
                end(this);
            }
        }

        /** False where there is no file (any more): another thread was interrupted while it read, which closes it for all. */
        private boolean readSpilled(long at, byte[] into, int from, int count) throws IOException {
            FileChannel channel = spilled;
            if (channel == null) {
                return false;
            }
            ByteBuffer buffer = ByteBuffer.wrap(into, from, count);
            try {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, at + buffer.position() - from) < 0) {
                        throw new EOFException("a temporary file became shorter");
                    }
                }
                return true;
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                return false;
            }
        }
    }

    /** Damaged files may claim different lengths at the same offset. */
    private record Place(long offset, long length) {}

    private final Path file;
    private final Path folder;
    private final Map<Place, Segment> inMemory = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Place, Segment> large = new HashMap<>();
    /** Segments with a temporary file, the one untouched longest first. */
    private final Set<Segment> onDisk = new LinkedHashSet<>();

    private final AtomicLong shared;
    private final AtomicLong disk;
    private long allowed = MEMORY;
    private long used;
    private boolean closed;

    SegmentCache(Path file) {
        this(file, Path.of(System.getProperty("java.io.tmpdir")), SHARED, DISK);
    }

    /** {@code shared} and {@code disk}: bytes of memory that this and other files may take besides, and of temporary files. */
    SegmentCache(Path file, Path folder, AtomicLong shared, AtomicLong disk) {
        this.file = file;
        this.folder = folder;
        this.shared = shared;
        this.disk = disk;
    }

    /** The segment that stands at {@code offset} in the file and has {@code length} bytes when unpacked. */
    Segment get(long offset, long length, Unpacking unpacking) throws IOException {
        Segment segment = find(new Place(offset, length), unpacking);
        segment.unpack();
        return segment;
    }

    private synchronized Segment find(Place place, Unpacking unpacking) {
        if (place.length > LARGEST_IN_MEMORY) {
            return large.computeIfAbsent(place, p -> new Segment(p.length, unpacking));
        }
        Segment segment = inMemory.get(place);
        if (segment != null) {
            return segment;
        }
        segment = new Segment(place.length, unpacking);
        inMemory.put(place, segment);
        used += place.length;
        Iterator<Segment> oldest = inMemory.values().iterator();
        borrow(used - allowed);
        while (used > allowed && inMemory.size() > 1) {
            used -= oldest.next().length;
            oldest.remove();
        }
        return segment;
    }

    /** Takes memory from what is shared, if that much is left, until the file is closed. */
    private void borrow(long bytes) {
        if (bytes > 0 && shared.getAndUpdate(left -> left < bytes ? left : left - bytes) >= bytes) {
            allowed += bytes;
        }
    }

    /** Takes disk for one more segment, for which those that nobody reads make room. */
    private synchronized void takeDisk(long bytes) throws IOException {
        Iterator<Segment> oldest = onDisk.iterator();
        while (disk.get() < bytes && oldest.hasNext()) {
            Segment segment = oldest.next();
            if (segment.readers == 0) {
                oldest.remove();
                release(segment);
            }
        }
        disk.addAndGet(-bytes);
    }

    private void release(Segment segment) throws IOException {
        FileChannel channel = segment.spilled;
        segment.spilled = null;
        disk.addAndGet(segment.length);
        channel.close();
    }

    private synchronized void forget(Segment segment) throws IOException {
        if (onDisk.remove(segment)) {
            release(segment);
        }
    }

    /** Whether the temporary file counts now; not if this was closed meanwhile. */
    private synchronized boolean keep(Segment segment, FileChannel channel) throws IOException {
        if (closed) {
            channel.close();
            throw new ClosedChannelException();
        }
        segment.spilled = channel;
        onDisk.add(segment);
        return true;
    }

    private synchronized void begin(Segment segment) {
        segment.readers++;
        if (onDisk.remove(segment)) {
            onDisk.add(segment);
        }
    }

    private synchronized void end(Segment segment) {
        segment.readers--;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        shared.addAndGet(allowed - MEMORY);
        allowed = MEMORY;
        used = 0;
        large.clear();
        inMemory.clear();
        for (Segment segment : onDisk) {
            release(segment);
        }
        onDisk.clear();
    }
}
