package org.pixelforest.io;

import java.io.IOException;
import java.nio.ByteOrder;
import org.pixelforest.image.SampleType;

/**
 * Reads boxes out of an array that stands uncompressed in a file, C order. Runs that lie close together in the file are fetched
 * at once; memory: at most 1 MiB beside the result.
 */
final class BoxReader {

    private static final int FETCH = 1 << 20;

    private final FileBytes bytes;
    private final long start;
    private final SampleType type;
    private final ByteOrder order;

    /** {@code start}: file position of the array's first sample. */
    BoxReader(FileBytes bytes, long start, SampleType type, ByteOrder order) {
        this.bytes = bytes;
        this.start = start;
        this.type = type;
        this.order = order;
    }

    void read(long[] shape, long[] offset, int[] count, float[] out) throws IOException {
        // Trailing axes that are read whole make one run with the axis before them.
        int last = shape.length - 1;
        long run = 1;
        long row = 1;
        while (last > 0 && count[last] == shape[last]) {
            row *= shape[last--];
        }
        run = row * (last >= 0 ? count[last] : 1);
        long stride = last >= 0 ? row * shape[last] : 1;
        long runStart = last >= 0 ? row * offset[last] : 0;
        int rows = last > 0 ? count[last - 1] : 1;
        byte[] fetched = new byte[(int) Math.min(FETCH, (stride * (rows - 1) + run) * type.bytes())];
        int[] index = new int[Math.max(0, last - 1)];
        int to = 0;
        while (true) {
            long base = 0;
            for (int i = 0; i < index.length; i++) {
                base = base * shape[i] + offset[i] + index[i];
            }
            if (last > 0) {
                base = base * shape[last - 1] + offset[last - 1];
            }
            rows(fetched, base * stride + runStart, rows, stride, run, out, to);
            to += rows * (int) run;
            int i = index.length - 1;
            while (i >= 0 && ++index[i] == count[i]) {
                index[i--] = 0;
            }
            if (i < 0) {
                return;
            }
        }
    }

    /** {@code rows} runs of {@code run} samples each, {@code stride} samples apart from sample {@code first}. */
    private void rows(byte[] fetched, long first, int rows, long stride, long run, float[] out, int to)
            throws IOException {
        int size = type.bytes();
        // Reading what lies between costs less than many small reads, up to about four times the useful bytes.
        int together = stride <= 4 * run ? (int) Math.max(1, (fetched.length / size - run) / stride + 1) : 1;
        if (run * size > fetched.length) {
            together = 0;
        }
        for (int row = 0; row < rows; row += Math.max(1, together)) {
            long at = first + row * stride;
            if (together > 0) {
                int n = Math.min(together, rows - row);
                bytes.read(start + at * size, fetched, 0, (int) ((stride * (n - 1) + run) * size), "an image row");
                for (int k = 0; k < n; k++) {
                    Samples.toFloats(
                            fetched, (int) (k * stride * size), 1, order, type, out, to + (row + k) * (int) run, (int)
                                    run);
                }
            } else {
                int step = fetched.length / size;
                for (long done = 0; done < run; done += step) {
                    int n = (int) Math.min(step, run - done);
                    bytes.read(start + (at + done) * size, fetched, 0, n * size, "an image row");
                    Samples.toFloats(fetched, 0, 1, order, type, out, to + row * (int) run + (int) done, n);
                }
            }
        }
    }
}
