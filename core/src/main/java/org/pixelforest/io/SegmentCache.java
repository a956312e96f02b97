package org.pixelforest.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Unpacked segments of one file, so that neighbouring regions do not unpack the same strip again. Bound: 32 MiB in memory, and
 * an eighth of the heap for all files together, which files of many channels with a strip a page need; a segment larger than
 * 16 MiB is unpacked once into a temporary file.
 */
final class SegmentCache implements Closeable {

    private static final long MEMORY = 32L << 20;
    /** What is left of the memory that all files share. */
    private static final AtomicLong SHARED = new AtomicLong(Runtime.getRuntime().maxMemory() / 8);

    private static final long LARGEST_IN_MEMORY = 16L << 20;

    interface Unpacking {
        InputStream open() throws IOException;
    }

    /** The bytes of one segment, unpacked by the first thread that needs them. */
    static final class Segment implements Closeable {
        private final long length;
        private byte[] memory;
        private FileChannel spilled;

        private Segment(long length) {
            this.length = length;
        }

        private synchronized void unpack(Unpacking unpacking) throws IOException {
            // An interrupted reader closes the channel, and with it the file is gone.
            if (memory != null || (spilled != null && spilled.isOpen())) {
                return;
            }
            try (InputStream in = unpacking.open()) {
                if (length <= LARGEST_IN_MEMORY) {
                    byte[] unpacked = new byte[(int) length];
                    if (in.readNBytes(unpacked, 0, unpacked.length) < unpacked.length) {
                        throw new EOFException("a strip or tile ends early");
                    }
                    memory = unpacked;
                } else {
                    spilled = spill(in);
                }
            }
        }

        private FileChannel spill(InputStream in) throws IOException {
            Path file = Files.createTempFile("pixelforest", ".strip");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            try {
                byte[] part = new byte[1 << 20];
                for (long left = length; left > 0; ) {
                    int n = in.readNBytes(part, 0, (int) Math.min(part.length, left));
                    if (n == 0) {
                        throw new EOFException("a strip or tile ends early");
                    }
                    ByteBuffer buffer = ByteBuffer.wrap(part, 0, n);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    left -= n;
                }
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        void read(long at, byte[] into, int from, int count) throws IOException {
            if (memory != null) {
                System.arraycopy(memory, (int) at, into, from, count);
                return;
            }
            ByteBuffer buffer = ByteBuffer.wrap(into, from, count);
            while (buffer.hasRemaining()) {
                if (spilled.read(buffer, at + buffer.position() - from) < 0) {
                    throw new EOFException("a temporary file became shorter");
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (spilled != null) {
                spilled.close();
            }
        }
    }

    /** Damaged files may claim different lengths at the same offset. */
    private record Place(long offset, long length) {}

    private final Map<Place, Segment> inMemory = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Place, Segment> onDisk = new LinkedHashMap<>();
    private final AtomicLong shared;
    private long allowed = MEMORY;
    private long used;

    SegmentCache() {
        this(SHARED);
    }

    /** {@code shared}: bytes that this and other files may take besides. */
    SegmentCache(AtomicLong shared) {
        this.shared = shared;
    }

    /** The segment that stands at {@code offset} in the file and has {@code length} bytes when unpacked. */
    Segment get(long offset, long length, Unpacking unpacking) throws IOException {
        Segment segment = find(offset, length);
        segment.unpack(unpacking);
        return segment;
    }

    private synchronized Segment find(long offset, long length) {
        boolean small = length <= LARGEST_IN_MEMORY;
        Map<Place, Segment> known = small ? inMemory : onDisk;
        Segment segment = known.get(new Place(offset, length));
        if (segment != null) {
            return segment;
        }
        segment = new Segment(length);
        known.put(new Place(offset, length), segment);
        if (small) {
            used += length;
            Iterator<Segment> oldest = inMemory.values().iterator();
            borrow(used - allowed);
            while (used > allowed && inMemory.size() > 1) {
                used -= oldest.next().length;
                oldest.remove();
            }
        }
        return segment;
    }

    /** Takes memory from what is shared, if that much is left, until the file is closed. */
    private void borrow(long bytes) {
        if (bytes > 0 && shared.getAndUpdate(left -> left < bytes ? left : left - bytes) >= bytes) {
            allowed += bytes;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        shared.addAndGet(allowed - MEMORY);
        allowed = MEMORY;
        used = 0;
        List<Segment> all = new ArrayList<>(onDisk.values());
        onDisk.clear();
        inMemory.clear();
        for (Segment segment : all) {
            segment.close();
        }
    }
}
