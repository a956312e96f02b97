package org.pixelforest.hdf5;

import java.io.IOException;

/**
 * Copies a box between two arrays of any number of dimensions, as runs of elements that are neighbours in the
 * destination and {@code step} apart in the source. Dimensions of length 1 cost nothing, and dimensions that are
 * contiguous in both arrays become one.
 */
final class Slab {

    /** Takes {@code n} elements from {@code source} on (in bytes, {@code step} bytes apart), for {@code target} on. */
    interface Run {
        void run(long source, int step, long target, int n) throws IOException;
    }

    private static final int LONGEST_STEP = 4096;

    private final long[] count;
    private final long[] sourceStride;
    private final long[] targetStride;
    private final int rank;

    /**
     * @param count the box
     * @param sourceStride bytes between neighbours in the source
     * @param targetStride elements between neighbours in the target; rows must be contiguous
     */
    Slab(long[] count, long[] sourceStride, long[] targetStride) {
        this.count = new long[count.length + 1];
        this.sourceStride = new long[count.length + 1];
        this.targetStride = new long[count.length + 1];
        int n = 0;
        for (int d = count.length - 1; d >= 0; d--) {
            if (count[d] == 1) {
                continue;
            }
            if (n > 0
                    && sourceStride[d] == this.sourceStride[n - 1] * this.count[n - 1]
                    && targetStride[d] == this.targetStride[n - 1] * this.count[n - 1]) {
                this.count[n - 1] *= count[d];
            } else {
                this.count[n] = count[d];
                this.sourceStride[n] = sourceStride[d];
                this.targetStride[n] = targetStride[d];
                n++;
            }
        }
        // The fastest dimension comes first; its runs need neighbours in the target, not too far apart in the source.
        if (n == 0 || this.targetStride[0] != 1 || this.sourceStride[0] > LONGEST_STEP) {
            System.arraycopy(this.count, 0, this.count, 1, n);
            System.arraycopy(this.sourceStride, 0, this.sourceStride, 1, n);
            System.arraycopy(this.targetStride, 0, this.targetStride, 1, n);
            this.count[0] = 1;
            this.sourceStride[0] = 0;
            this.targetStride[0] = 1;
            n++;
        }
        this.rank = n;
    }

    /** Bytes from the start of a run to the start of the next. */
    long gap() {
        return rank > 1 ? sourceStride[1] : 0;
    }

    void forEach(long source, long target, Run run) throws IOException {
        for (int d = 0; d < rank; d++) {
            if (count[d] == 0) {
                return;
            }
        }
        long[] at = new long[rank];
        while (true) {
            run.run(source, (int) sourceStride[0], target, (int) count[0]);
            int d = 1;
            while (d < rank) {
                source += sourceStride[d];
                target += targetStride[d];
                if (++at[d] < count[d]) {
                    break;
                }
                source -= sourceStride[d] * count[d];
                target -= targetStride[d] * count[d];
                at[d] = 0;
                d++;
            }
            if (d == rank) {
                return;
            }
        }
    }

    static long dot(long[] place, long[] strides) {
        long sum = 0;
        for (int d = 0; d < place.length; d++) {
            sum += place[d] * strides[d];
        }
        return sum;
    }

    /** Strides of a row-major array, the last dimension's being {@code last}. */
    static long[] strides(long[] shape, long last) {
        long[] strides = new long[shape.length];
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = last;
            last *= shape[d];
        }
        return strides;
    }
}
