package org.pixelforest.prepare;

/**
 * CellProfiler's preparation pixel by pixel, the way one writes it down: the judge of the fast one. Images are
 * {@code [channel][row][column]}.
 */
final class SlowPreparation {

    private SlowPreparation() {}

    /** Numpy's order of additions over a contiguous axis. */
    static float sum(float[] a, int from, int n) {
        if (n < 8) {
            float sum = 0;
            for (int i = 0; i < n; i++) {
                sum += a[from + i];
            }
            return sum;
        }
        if (n > 128) {
            int half = n / 2 / 8 * 8;
            return sum(a, from, half) + sum(a, from + half, n - half);
        }
        float[] r = new float[8];
        System.arraycopy(a, from, r, 0, 8);
        int i = 8;
        for (; i + 8 <= n; i += 8) {
            for (int j = 0; j < 8; j++) {
                r[j] += a[from + i + j];
            }
        }
        float sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
        for (; i < n; i++) {
            sum += a[from + i];
        }
        return sum;
    }

    /** The mean in front of samples of 0..1. */
    static float[][][] withMean(float[][][] scaled, float factor) {
        int channels = scaled.length;
        float[][][] stack = new float[channels + 1][scaled[0].length][scaled[0][0].length];
        for (int y = 0; y < stack[0].length; y++) {
            for (int x = 0; x < stack[0][0].length; x++) {
                float[] pixel = new float[channels];
                for (int c = 0; c < channels; c++) {
                    pixel[c] = scaled[c][y][x];
                    stack[c + 1][y][x] = pixel[c];
                }
                float m = sum(pixel, 0, channels) / channels * factor;
                stack[0][y][x] = m > 1 ? 1 : m >= 0 ? m : 0;
            }
        }
        return stack;
    }

    /** Bilinear enlargement and conversion to 16 bit. */
    static int[][][] enlarged(float[][][] stack, int height, int width) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[][] plane : stack) {
            for (float[] row : plane) {
                for (float v : row) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        int[][][] out = new int[stack.length][height][width];
        for (int c = 0; c < stack.length; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    float v = at(stack[c], y, x, height, width);
                    v = Math.min(Math.max(v, low), high);
                    out[c][y][x] = (int) Math.min(Math.max(Math.rint(v * 65535f), 0), 65535);
                }
            }
        }
        return out;
    }

    private static float at(float[][] plane, int y, int x, int height, int width) {
        float sy = position(y, plane.length, height);
        float sx = position(x, plane[0].length, width);
        float ty = (float) (sy - Math.floor(sy));
        float tx = (float) (sx - Math.floor(sx));
        float a = pixel(plane, Math.floor(sy), Math.floor(sx));
        float b = pixel(plane, Math.floor(sy), Math.ceil(sx));
        float c = pixel(plane, Math.ceil(sy), Math.floor(sx));
        float d = pixel(plane, Math.ceil(sy), Math.ceil(sx));
        float right = tx * b;
        float lowerRight = tx * d;
        double top = (1.0 - tx) * a + right;
        double bottom = (1.0 - tx) * c + lowerRight;
        return (float) ((1.0 - ty) * top + ty * bottom);
    }

    private static float position(int i, int from, int to) {
        double step = (double) from / to;
        return (float) step * i + (float) (step / 2 - 0.5);
    }

    private static float pixel(float[][] plane, double y, double x) {
        int row = (int) Math.min(Math.max(y, 0), plane.length - 1);
        int column = (int) Math.min(Math.max(x, 0), plane[0].length - 1);
        return plane[row][column];
    }
}
