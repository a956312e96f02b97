package org.pixelforest.io;

import java.io.IOException;
import java.nio.ByteOrder;
import org.pixelforest.image.SampleType;

/** Writes boxes into an array that stands uncompressed in a file, C order, little-endian. Memory: 1 MiB a thread. */
final class BoxWriter implements ArrayWriter {

    private static final int AT_ONCE = 1 << 20;

    private final PendingFile file;
    private final long start;
    private final SampleType type;
    private final long[] shape;

    /** {@code start}: file position of the array's first sample; what stands before it has been written. */
    BoxWriter(PendingFile file, long start, SampleType type, long[] shape) {
        this.file = file;
        this.start = start;
        this.type = type;
        this.shape = shape;
    }

    @Override
    public void write(long[] offset, int[] count, float[] samples) throws IOException {
        int last = shape.length - 1;
        long row = 1;
        // Trailing axes that are written whole make one run with the axis before them.
        while (last > 0 && count[last] == shape[last]) {
            row *= shape[last--];
        }
        int run = (int) (row * count[last]);
        int[] index = new int[last];
        byte[] bytes = new byte[Math.min(AT_ONCE, Math.multiplyExact(Math.min(run, AT_ONCE), type.bytes()))];
        for (int from = 0; ; from += run) {
            long sample = 0;
            for (int i = 0; i < last; i++) {
                sample = sample * shape[i] + offset[i] + index[i];
            }
            sample = (sample * shape[last] + offset[last]) * row;
            int step = bytes.length / type.bytes();
            for (int done = 0; done < run; done += step) {
                int n = Math.min(step, run - done);
                Samples.toBytes(samples, from + done, n, type, ByteOrder.LITTLE_ENDIAN, bytes, 0, 1);
                file.write(start + (sample + done) * type.bytes(), bytes, 0, n * type.bytes());
            }
            int i = last - 1;
            while (i >= 0 && ++index[i] == count[i]) {
                index[i--] = 0;
            }
            if (i < 0) {
                return;
            }
        }
    }

    @Override
    public void commit() throws IOException {
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
