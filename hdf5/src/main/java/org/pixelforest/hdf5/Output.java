package org.pixelforest.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The file that is being written: hands out space at its end and takes bytes at any place. */
final class Output implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private long end;

    Output(Path path, long reserved) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        this.end = reserved;
    }

    Path path() {
        return path;
    }

    /** Space for {@code length} bytes, at a multiple of 8. */
    synchronized long allocate(long length) {
        long address = end + 7 & ~7L;
        end = address + length;
        return address;
    }

    synchronized long end() {
        return end;
    }

    void write(long address, byte[] bytes, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        long position = address;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    void write(long address, Fields fields) throws IOException {
        write(address, fields.bytes(), 0, fields.size());
    }

    /** What was written before; bytes that never were are 0. */
    void read(long address, byte[] out, int from, int length) throws IOException {
        Arrays.fill(out, from, from + length, (byte) 0);
        ByteBuffer buffer = ByteBuffer.wrap(out, from, length);
        long position = address;
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, position);
            if (n < 0) {
                return;
            }
            position += n;
        }
    }

    /** Makes the file as long as what was allocated, and waits until the disk has it. */
    void complete() throws IOException {
        long length = end();
        if (channel.size() < length) {
            write(length - 1, new byte[1], 0, 1);
        }
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
