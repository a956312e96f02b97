package org.pixelforest.filter;

/**
 * Fused multiply-add in single precision: one rounding, on every machine. {@link Math#fma(float, float, float)} is a single
 * instruction where the processor has it and thousands of times slower where it has not; this class then computes the same
 * number with doubles.
 */
public final class Fma {

    /** Whether {@link Math#fma} is fast here. A wrong answer would cost time, never exactness. */
    public static final boolean HARDWARE = probe();

    private Fma() {}

    /** a * b + c, rounded once. */
    public static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : withDoubles(a, b, c);
    }

    /**
     * The product of two floats is exact in double; the sum is then rounded to odd, so that rounding it again to float cannot
     * round twice in the same direction (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
     */
    static float withDoubles(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double back = sum - product;
        double error = (product - (sum - back)) + (c - back);
        if (error != 0 && Math.abs(sum) < Double.POSITIVE_INFINITY) {
            long bits = Double.doubleToRawLongBits(sum);
            if ((bits & 1) == 0) {
                sum = Double.longBitsToDouble((error > 0) == (sum > 0) ? bits + 1 : bits - 1);
            }
        }
        return (float) sum;
    }

    private static boolean probe() {
        long best = Long.MAX_VALUE;
        float sum = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 64; i++) {
                sum = Math.fma(sum, 0.5f, i);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best < 64_000 && sum > 0;
    }
}
