package org.pixelforest.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pixelforest.image.BrokenFileException;

/**
 * Positional reads of one file, safe from several threads. A range that does not lie in the file is a {@link
 * BrokenFileException}, found before anything is allocated for it.
 */
final class FileBytes implements Closeable {

    private final Path file;
    private final long size;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private FileBytes(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    static FileBytes open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, not an image");
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        try {
            return new FileBytes(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /** Throws unless {@code length} bytes from {@code position} lie in the file; {@code what} says what they hold. */
    void check(long position, long length, String what) throws BrokenFileException {
        if (position < 0 || length < 0 || position > size || length > size - position) {
            throw new BrokenFileException(
                    file, "is cut short or damaged: " + what + " lies beyond the end of the file (" + size + " bytes)");
        }
    }

    void read(long position, byte[] into, int from, int length, String what) throws IOException {
        check(position, length, what);
        ByteBuffer buffer = ByteBuffer.wrap(into, from, length);
        while (buffer.hasRemaining()) {
            FileChannel open = channel;
            int n;
            try {
                n = open.read(buffer, position + buffer.position() - from);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                // Java closes the channel when any of its readers is interrupted; the others go on.
                reopen(open);
                continue;
            }
            if (n < 0) {
                throw new BrokenFileException(file, "became shorter while it was read");
            }
        }
    }

    private synchronized void reopen(FileChannel former) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (channel == former) {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        }
    }

    byte[] read(long position, long length, String what) throws IOException {
        check(position, length, what);
        if (length > Integer.MAX_VALUE - 16) {
            throw new BrokenFileException(file, what + " claims " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        read(position, bytes, 0, bytes.length, what);
        return bytes;
    }

    /** The bytes of a range as a stream, read ahead in blocks of 64 KiB. */
    InputStream stream(long position, long length, String what) throws IOException {
        check(position, length, what);
        return new RangeStream(position, position + length, what);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private final class RangeStream extends InputStream {
        private final long end;
        private final String what;
        private final byte[] ahead;
        private long next;
        private int at;
        private int filled;

        RangeStream(long position, long end, String what) {
            this.next = position;
            this.end = end;
            this.what = what;
            this.ahead = new byte[(int) Math.min(1 << 16, end - position)];
        }

        private boolean fill() throws IOException {
            if (next >= end) {
                return false;
            }
            filled = (int) Math.min(ahead.length, end - next);
            FileBytes.this.read(next, ahead, 0, filled, what);
            next += filled;
            at = 0;
            return true;
        }

        @Override
        public int read() throws IOException {
            return at < filled || fill() ? ahead[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at >= filled && !fill()) {
                return -1;
            }
            int n = Math.min(length, filled - at);
            System.arraycopy(ahead, at, into, from, n);
            at += n;
            return n;
        }
    }
}
