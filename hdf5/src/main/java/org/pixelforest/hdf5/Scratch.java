package org.pixelforest.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A file without a name, beside the one that is being written, for pieces of one length that must leave the memory for
 * a while. The room of a piece that was taken back goes to the next one.
 */
final class Scratch implements Closeable {

    private final FileChannel channel;
    private final int length;
    private final Deque<Long> free = new ArrayDeque<>();
    private long end;

    Scratch(Path beside, int length) throws IOException {
        Path file = Files.createTempFile(beside.toAbsolutePath().getParent(), ".pixelforest-", ".part");
        this.channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.length = length;
    }

    /** Stores a piece and returns its place. */
    long put(byte[] piece) throws IOException {
        long place = free.isEmpty() ? end : free.pop();
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        while (buffer.hasRemaining()) {
            channel.write(buffer, place + buffer.position());
        }
        end = Math.max(end, place + length);
        return place;
    }

    /** The piece at {@code place}, which is free afterwards. */
    byte[] take(long place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, place + buffer.position()) < 0) {
                throw new IOException("a temporary file became shorter while it was used");
            }
        }
        free.push(place);
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
