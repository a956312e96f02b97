package org.pixelforest.forest;

import java.util.Arrays;

/**
 * Applies one forest to planes of features. Holds scratch memory: one for each thread. Any number of them may be made of one forest.
 *
 * <p>The result has the bits of ilastik's own arithmetic, sub-forests taken in the order of the file, and does not depend on the machine.
 */
public final class Predictor {

    private static final int RUN = 1024; // pixels of one check for NaN

    private final NodeTable nodes;
    private final int[] present; // columns that the planes hold
    private final ForestKernel kernel;
    private final float[] suspect = new float[RUN]; // NaN where a row holds NaN or an infinity

    Predictor(NodeTable nodes, int[] present, ForestKernel kernel) {
        this.nodes = nodes;
        this.present = present;
        this.kernel = kernel;
    }

    /**
     * Predicts n pixels. Feature f of pixel i is read at {@code planes[f * stride + first + i]}; the share of votes, 0..1, for the k-th of the
     * forest's {@link RandomForest#labels} goes to {@code out[k * outStride + i]}. A pixel with NaN in any feature gets 0 for all classes; infinite
     * features are compared like numbers.
     *
     * @throws IllegalArgumentException if a range reaches beyond its array, or rows overlap
     */
    public void predict(float[] planes, int stride, int first, int n, float[] out, int outStride) {
        check(n >= 0, "the number of pixels must not be negative (got " + n + ")");
        check(
                first >= 0 && (long) first + n <= stride,
                "pixels " + first + " to " + ((long) first + n) + " do not fit into planes of " + stride);
        check(
                (nodes.features - 1L) * stride + first + n <= planes.length,
                "the array of " + planes.length + " features is too short for " + nodes.features + " planes of "
                        + stride);
        check(
                n <= outStride && (nodes.classes - 1L) * outStride + n <= out.length,
                "the array of " + out.length + " results is too short for " + nodes.classes + " rows of " + outStride
                        + " (" + n + " pixels)");
        if (n == 0) {
            return;
        }
        kernel.predict(planes, stride, first, n, out, outStride);
        for (int from = 0; from < n; from += RUN) {
            clearNaN(planes, stride, first, from, Math.min(RUN, n - from), out, outStride);
        }
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private void clearNaN(float[] planes, int stride, int first, int from, int count, float[] out, int outStride) {
        Arrays.fill(suspect, 0, count, 0f);
        int c = 0;
        for (; c + 4 <= present.length; c += 4) {
            int at = first + from;
            flag(
                    planes,
                    present[c] * stride + at,
                    present[c + 1] * stride + at,
                    present[c + 2] * stride + at,
                    present[c + 3] * stride + at,
                    suspect,
                    count);
        }
        for (; c < present.length; c++) {
            int a = present[c] * stride + first + from;
            flag(planes, a, a, a, a, suspect, count);
        }
        for (int i = 0; i < count; i++) {
            if (Float.isNaN(suspect[i]) && hasNaN(planes, stride, first + from + i)) {
                for (int k = 0; k < nodes.classes; k++) {
                    out[k * outStride + from + i] = 0;
                }
            }
        }
    }

    /** Four columns at once: a sum times zero is zero unless something in it was NaN or infinite (or the sum overflowed: checked again later). */
    private static void flag(float[] planes, int a, int b, int c, int d, float[] suspect, int count) {
        for (int i = 0; i < count; i++) {
            suspect[i] += (planes[a + i] + planes[b + i] + (planes[c + i] + planes[d + i])) * 0f;
        }
    }

    private boolean hasNaN(float[] planes, int stride, int at) {
        for (int c : present) {
            if (Float.isNaN(planes[c * stride + at])) {
                return true;
            }
        }
        return false;
    }
}
