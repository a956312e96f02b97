package org.pixelforest.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of an open HDF5 file. Every address is relative to the base address (the end of the user block); every
 * read is positional, so threads share one Storage without a lock.
 */
final class Storage implements Closeable {

    /** The address of what is not stored. */
    static final long UNDEFINED = -1;

    /** No structure of the file other than raw data is known to be larger; whatever claims to be is not read. */
    private static final int LARGEST_STRUCTURE = 128 << 20;

    private final Path path;
    private final long base;
    private final long size;
    private final int offsetSize;
    private final int lengthSize;
    private final Object reopening = new Object();
    private volatile FileChannel channel;
    private volatile boolean closed;

    private Storage(Path path, FileChannel channel, long base, long size, int offsetSize, int lengthSize) {
        this.path = path;
        this.channel = channel;
        this.base = base;
        this.size = size;
        this.offsetSize = offsetSize;
        this.lengthSize = lengthSize;
    }

    static Storage open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new Hdf5Exception(path + ": is a folder, not an HDF5 file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new Storage(path, channel, 0, channel.size(), 8, 8);
    }

    /** The same open file with the conventions that its superblock states. */
    Storage with(long base, int offsetSize, int lengthSize) {
        return new Storage(path, channel, base, size - base, offsetSize, lengthSize);
    }

    Path path() {
        return path;
    }

    /** Number of bytes from the base address to the end of the file. */
    long size() {
        return size;
    }

    int offsetSize() {
        return offsetSize;
    }

    int lengthSize() {
        return lengthSize;
    }

    Hdf5Exception corrupt(String problem) {
        return Hdf5Exception.corrupt(path, problem);
    }

    UnsupportedHdf5Exception unsupported(String what) {
        return UnsupportedHdf5Exception.of(path, what);
    }

    /** A structure of the file: {@code length} bytes at {@code address}, which must lie in the file. */
    Cursor structure(long address, long length, String what) throws IOException {
        check(address, length, what);
        if (length > LARGEST_STRUCTURE) {
            throw unsupported(what + " of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        read(address, bytes, 0, bytes.length);
        return new Cursor(this, what, bytes);
    }

    /** At most {@code length} bytes at {@code address}: fewer where the file ends. */
    Cursor atMost(long address, long length, String what) throws IOException {
        check(address, 0, what);
        return structure(address, Math.min(length, size - address), what);
    }

    /** Refuses a range that is not wholly in the file. */
    void check(long address, long length, String what) throws Hdf5Exception {
        if (address < 0 || length < 0 || address > size || length > size - address) {
            throw corrupt(what + " should stand at byte " + Long.toUnsignedString(address) + " with "
                    + Long.toUnsignedString(length) + " bytes, but the file has " + size
                    + " (cut short or overwritten)");
        }
    }

    /** Fills {@code out[from .. from + length)} from {@code address}; the range must have been checked. */
    void read(long address, byte[] out, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(out, from, length);
        long position = base + address;
        while (buffer.hasRemaining()) {
            int n = read(buffer, position);
            if (n < 0) {
                throw corrupt("the file ends at byte " + position + " while it is read (cut short)");
            }
            position += n;
        }
    }

    /**
     * A thread that is interrupted while it reads closes the channel for all threads; the others open it again and
     * go on.
     */
    private int read(ByteBuffer buffer, long position) throws IOException {
        while (true) {
            FileChannel current = channel;
            try {
                return current.read(buffer, position);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                synchronized (reopening) {
                    if (closed) {
                        throw e;
                    }
                    if (channel == current) {
                        channel = FileChannel.open(path, StandardOpenOption.READ);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (reopening) {
            closed = true;
            channel.close();
        }
    }
}
