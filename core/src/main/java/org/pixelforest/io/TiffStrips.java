package org.pixelforest.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.pixelforest.image.SampleType;

/**
 * Collects boxes into strips of whole rows and hands each finished strip, packed, to the file in order.
 *
 * <p>Memory: 64 MiB of strips that wait, and one strip (2^20 samples, or one row if that is longer) a thread while it is packed.
 * Strips beyond that wait in a temporary file, unpacked.
 */
final class TiffStrips implements AutoCloseable {

    static final long MEMORY = 64L << 20;

    /** Takes packed strips, first to last. */
    interface Packed {
        void append(int strip, byte[] bytes) throws IOException;
    }

    private static final class Strip {
        final AtomicLong missing;
        byte[] samples;
        byte[] packed;

        Strip(long samples) {
            this.missing = new AtomicLong(samples);
        }
    }

    private final int height;
    private final int rowSamples;
    private final int rowsPerStrip;
    private final SampleType type;
    private final long memory;
    private final Packed target;
    private final Strip[] strips;
    private final Path folder;
    private FileChannel spill;
    private long waiting;
    private int next;

    /** {@code folder}: where the temporary file goes if there must be one. */
    TiffStrips(int height, int rowSamples, int rowsPerStrip, SampleType type, long memory, Path folder, Packed target) {
        this.height = height;
        this.rowSamples = rowSamples;
        this.rowsPerStrip = rowsPerStrip;
        this.type = type;
        this.memory = memory;
        this.folder = folder;
        this.target = target;
        this.strips = new Strip[(height - 1) / rowsPerStrip + 1];
    }

    private int rows(int strip) {
        return Math.min(rowsPerStrip, height - strip * rowsPerStrip);
    }

    private int bytes(int strip) {
        return rows(strip) * rowSamples * type.bytes();
    }

    /** Writes rows {@code y..y+rows}, each from sample {@code x} on, {@code n} samples long. */
    void write(int y, int rows, int x, int n, float[] samples) throws IOException {
        byte[] line = new byte[n * type.bytes()];
        for (int row = y; row < y + rows; ) {
            int number = row / rowsPerStrip;
            int end = Math.min(y + rows, number * rowsPerStrip + rows(number));
            Strip strip = strip(number);
            for (; row < end; row++) {
                int from = (row - y) * n;
                long at = ((long) (row - number * rowsPerStrip) * rowSamples + x) * type.bytes();
                if (strip.samples != null) {
                    Samples.toBytes(samples, from, n, type, ByteOrder.LITTLE_ENDIAN, strip.samples, (int) at, 1);
                } else {
                    Samples.toBytes(samples, from, n, type, ByteOrder.LITTLE_ENDIAN, line, 0, 1);
                    spill(number, at, line);
                }
            }
            int written = (end - Math.max(y, number * rowsPerStrip)) * n;
            if (strip.missing.addAndGet(-written) == 0) {
                complete(strip, number);
            }
        }
    }

    private synchronized Strip strip(int number) throws IOException {
        Strip strip = strips[number];
        if (strip == null) {
            strip = new Strip((long) rows(number) * rowSamples);
            if (waiting + bytes(number) <= memory || number == next) {
                strip.samples = new byte[bytes(number)];
                waiting += bytes(number);
            } else if (spill == null) {
                Path file = Files.createTempFile(folder, ".pixelforest-", ".part");
                spill = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            }
            strips[number] = strip;
        }
        return strip;
    }

    private void spill(int strip, long at, byte[] line) throws IOException {
        long position = (long) strip * rowsPerStrip * rowSamples * type.bytes() + at;
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            spill.write(buffer, position + buffer.position());
        }
    }

    private void complete(Strip strip, int number) throws IOException {
        if (strip.samples != null) {
            // Outside of the lock: several threads pack at a time.
            byte[] packed = new LzwEncoder().encode(strip.samples, strip.samples.length);
            synchronized (this) {
                waiting += packed.length - strip.samples.length;
                strip.packed = packed;
                strip.samples = null;
            }
        }
        append();
    }

    /** Hands on all strips whose turn has come. */
    private synchronized void append() throws IOException {
        while (next < strips.length && strips[next] != null && strips[next].missing.get() == 0) {
            Strip strip = strips[next];
            if (strip.samples != null) {
                // Another thread is packing it and will come here afterwards.
                return;
            }
            if (strip.packed == null) {
                byte[] samples = unspill(next);
                strip.packed = new LzwEncoder().encode(samples, samples.length);
                waiting += strip.packed.length;
            }
            target.append(next, strip.packed);
            waiting -= strip.packed.length;
            strips[next] = null;
            next++;
        }
    }

    private byte[] unspill(int strip) throws IOException {
        byte[] samples = new byte[bytes(strip)];
        ByteBuffer buffer = ByteBuffer.wrap(samples);
        long position = (long) strip * rowsPerStrip * rowSamples * type.bytes();
        while (buffer.hasRemaining()) {
            if (spill.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("a temporary file became shorter");
            }
        }
        return samples;
    }

    @Override
    public synchronized void close() throws IOException {
        if (spill != null) {
            spill.close();
        }
    }
}
