package org.pixelforest.demo;

import java.util.SplittableRandom;

/** What the instrument counts of a tissue: Poisson numbers, and here and there a hot pixel. */
final class Acquisition {

    private static final double HOT_PIXELS_PER_PIXEL = 3e-5;

    private Acquisition() {}

    /** Counts of all channels: channel c, row y, column x at {@code (c * height + y) * width + x}. */
    static float[] counts(Tissue tissue) {
        float[][] expected = tissue.expected();
        int pixels = expected[0].length;
        float[] counts = new float[expected.length * pixels];
        SplittableRandom random = new SplittableRandom(tissue.recipe().seed() * 31 + 5);
        for (int c = 0; c < expected.length; c++) {
            for (int i = 0; i < pixels; i++) {
                counts[c * pixels + i] = poisson(expected[c][i], random);
            }
            for (int n = 0; n < pixels * HOT_PIXELS_PER_PIXEL; n++) {
                // Stronger ones do not survive the hot pixel filter that comes before the stacks.
                counts[c * pixels + random.nextInt(pixels)] += 20 + random.nextInt(30);
            }
        }
        return counts;
    }

    /** Knuth's product of uniform numbers, in portions small enough for the exponential. */
    static int poisson(double mean, SplittableRandom random) {
        int count = 0;
        for (double left = mean; left > 0; left -= 30) {
            double limit = StrictMath.exp(-Math.min(left, 30));
            double product = random.nextDouble();
            while (product > limit) {
                count++;
                product *= random.nextDouble();
            }
        }
        return count;
    }
}
