package org.pixelforest.forest;

import java.util.Random;

/** Samples whose classes overlap; some columns are noise, some have many equal values, one is constant, one holds both zeros. */
final class RandomSamples {

    private RandomSamples() {}

    static Samples of(long seed, int n, int features, int classes) {
        Random random = new Random(seed);
        float[][] columns = new float[features][n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            int cls = random.nextInt(classes);
            labels[i] = 2 * cls + 1; // with gaps
            double hidden = random.nextGaussian() + 2 * cls;
            for (int f = 0; f < features; f++) {
                columns[f][i] = value(random, f, hidden);
            }
        }
        return Samples.of(columns, labels);
    }

    private static float value(Random random, int f, double hidden) {
        double noisy = hidden + random.nextGaussian();
        switch (f % 8) {
            case 0:
                return (float) Math.max(0, noisy);
            case 1:
                return Math.round(noisy);
            case 2:
                return (float) random.nextGaussian();
            case 3:
                return f == 3 ? 7 : (float) -noisy;
            case 4:
                return noisy > 1 ? 1 : random.nextBoolean() ? 0f : -0f;
            default:
                return (float) noisy;
        }
    }
}
