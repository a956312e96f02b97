package org.pixelforest.filter;

/** The loops of a filter along an axis. Each is left to the compiler to vectorise: one index, no call. */
final class Taps {

    private Taps() {}

    static void first(float[] in, int i, float weight, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = weight * in[i + x];
        }
    }

    /** Adds the neighbours at distance {@code k}: right of (below) the pixel in {@code right}, left of (above) it in {@code left}. */
    static void next(float[] right, int r, float[] left, int l, Kernel kernel, int k, float[] out, int o, int n) {
        if (kernel.odd()) {
            minus(right, r, left, l, kernel.weight(k), out, o, n);
        } else {
            plus(right, r, left, l, kernel.weight(k), out, o, n);
        }
    }

    private static void plus(float[] right, int r, float[] left, int l, float weight, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = Fma.fma(weight, right[r + x] + left[l + x], out[o + x]);
        }
    }

    private static void minus(float[] right, int r, float[] left, int l, float weight, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = Fma.fma(weight, right[r + x] - left[l + x], out[o + x]);
        }
    }

    static float unfused(float[] line, int i, Kernel kernel) {
        float sum = kernel.weight(0) * line[i];
        for (int k = 1; k <= kernel.radius(); k++) {
            float pair = kernel.odd() ? line[i + k] - line[i - k] : line[i + k] + line[i - k];
            sum += kernel.weight(k) * pair;
        }
        return sum;
    }
}
