package org.pixelforest.filter;

/**
 * Half of a sampled Gaussian or of its first or second derivative: weights c[0..r], even or (order 1) odd. Every weight is
 * rounded to float after every step of its making, and the kernel is normalised: order 0 sums to 1, order 1 answers 1 to
 * f(x) = x, order 2 answers 0 to constants and 1 to x²/2.
 */
public final class Kernel {

    private final int order;
    private final float[] half;

    private Kernel(int order, float[] half) {
        this.order = order;
        this.half = half;
    }

    /** The kernel of {@code order} 0, 1 or 2 whose radius is {@code windowRatio} sigmas, rounded; the same radius for every order. */
    public static Kernel gaussian(double sigma, int order, double windowRatio) {
        if (order < 0 || order > 2) {
            throw new IllegalArgumentException("order must be 0, 1 or 2 (got: " + order + ")");
        }
        int radius = radius(sigma, windowRatio);
        float[] half = new float[radius + 1];
        if (radius == 0) {
            half[0] = 1; // too small to do anything: leaves its input as it is, whatever the order
            return new Kernel(order, half);
        }
        sample(half, sigma, order);
        if (order == 2) {
            removeMean(half);
        }
        double sum = response(half, order);
        for (int x = 0; x <= radius; x++) {
            half[x] = (float) (half[x] / sum);
            if (order == 1) {
                half[x] = -half[x];
            }
        }
        return new Kernel(order, half);
    }

    /** Pixels that the kernel reaches to each side. */
    public static int radius(double sigma, double windowRatio) {
        return (int) Math.floor(windowRatio * sigma + 0.5);
    }

    private static void sample(float[] half, double sigma, int order) {
        double exponent = -0.5 / sigma / sigma;
        double height = order == 0
                ? 1.0 / (Math.sqrt(2 * Math.PI) * sigma)
                : -1.0 / (Math.sqrt(2 * Math.PI) * Math.pow(sigma, 3));
        for (int x = 0; x < half.length; x++) {
            double g = height * Math.exp(x * x * exponent);
            half[x] = (float)
                    switch (order) {
                        case 0 -> g;
                        case 1 -> x * g;
                        default -> (1.0 - (x / sigma) * (x / sigma)) * g;
                    };
        }
    }

    private static void removeMean(float[] half) {
        double mean = half[0];
        for (int x = 1; x < half.length; x++) {
            mean += 2f * half[x];
        }
        mean /= 2.0 * half.length - 1.0;
        for (int x = 0; x < half.length; x++) {
            half[x] = (float) (half[x] - mean);
        }
    }

    /** What the kernel answers to 1, x or x²/2 before it is normalised. */
    private static double response(float[] half, int order) {
        double sum = order == 0 ? half[0] : 0;
        for (int x = 1; x < half.length; x++) {
            switch (order) {
                case 0 -> sum += 2f * half[x];
                case 1 -> {
                    sum += half[x] * (double) -x;
                    sum -= half[x] * (double) x;
                }
                default -> {
                    sum += half[x] * (double) (x * x) / 2;
                    sum += half[x] * (double) (x * x) / 2;
                }
            }
        }
        return sum;
    }

    public int order() {
        return order;
    }

    public int radius() {
        return half.length - 1;
    }

    /** Weight of the neighbours at distance {@code k}; of order 1, the weight of the right one. */
    public float weight(int k) {
        return half[k];
    }

    /** c[0..radius], a copy. */
    public float[] half() {
        return half.clone();
    }

    /** Whether the kernel is odd: right neighbour minus left instead of plus. */
    public boolean odd() {
        return order == 1;
    }

    /**
     * First column of a line of {@code length} pixels that a pass along x computes with fused multiply-add; columns before it
     * and from {@link #fusedTo} on round the product and the sum. Columns count from the left edge of the image. (The vector
     * code of the original works in whole vectors, the rest is left to scalar code; passes along y and z are always fused.)
     */
    public int fusedFrom(int length) {
        return fusedTo(length) == 0 ? 0 : roundUp(radius(), 8);
    }

    /** End (excluded) of the fused columns, 0 if there are none. */
    public int fusedTo(int length) {
        int end = (length - radius()) & ~31;
        return end > roundUp(roundUp(radius(), 8), 32) ? end : 0;
    }

    private static int roundUp(int n, int multiple) {
        return (n + multiple - 1) / multiple * multiple;
    }
}
