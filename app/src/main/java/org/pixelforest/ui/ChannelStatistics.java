package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How bright a channel is over a sample of all images: what automatic contrast and the histogram need.
 *
 * @param min smallest value
 * @param max largest value
 * @param low 35th percentile: where automatic contrast begins
 * @param high 99.7th percentile: where automatic contrast ends
 * @param from start of the first bin
 * @param to end of the last bin
 * @param bins counts of {@value #BINS} bins of equal width
 */
record ChannelStatistics(double min, double max, double low, double high, double from, double to, List<Long> bins) {

    static final int BINS = 64;

    /** Statistics of a sample, which is sorted in place; values that are not finite do not count. */
    static ChannelStatistics of(float[] sample) {
        int n = 0;
        for (float value : sample) {
            if (Float.isFinite(value)) {
                sample[n++] = value;
            }
        }
        if (n == 0) {
            return new ChannelStatistics(0, 0, 0, 1, 0, 1, new ArrayList<>(java.util.Collections.nCopies(BINS, 0L)));
        }
        Arrays.sort(sample, 0, n);
        double min = sample[0];
        double max = sample[n - 1];
        double low = percentile(sample, n, 0.35);
        double high = percentile(sample, n, 0.997);
        if (!(high > low)) {
            high = max > low ? max : low + 1;
        }
        // A few hot pixels must not squeeze everything else into the first bin.
        double to = Math.max(low + 1.4 * (high - low), Math.nextUp((float) min));
        long[] counts = new long[BINS];
        for (int i = 0; i < n; i++) {
            int bin = (int) ((sample[i] - min) / (to - min) * BINS);
            counts[Math.min(BINS - 1, Math.max(0, bin))]++;
        }
        return new ChannelStatistics(
                min, max, low, high, min, to, Arrays.stream(counts).boxed().toList());
    }

    private static double percentile(float[] sorted, int n, double share) {
        return sorted[Math.min(n - 1, (int) (share * n))];
    }
}
