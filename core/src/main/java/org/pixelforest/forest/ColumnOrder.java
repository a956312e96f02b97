package org.pixelforest.forest;

import java.util.Arrays;

/** The samples in the order of one column, equal values in the order of the samples. Sorted once, used by every tree. */
final class ColumnOrder {

    private static final int DIGIT = 11; // bits
    private static final int DIGITS = 1 << DIGIT;
    private static final int SMALL = 400; // below, sorting by digits does not pay

    final int[] sample; // at each place
    final int[] place; // of each sample

    private ColumnOrder(int[] sample) {
        this.sample = sample;
        place = new int[sample.length];
        for (int p = 0; p < sample.length; p++) {
            place[sample[p]] = p;
        }
    }

    static ColumnOrder of(float[] column) {
        long[] keys = sortedKeys(column, 0);
        int[] sample = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            sample[i] = (int) keys[i];
        }
        return new ColumnOrder(sample);
    }

    /**
     * Of a column that begins with samples whose order is known: {@code now[i]} is the number that sample i of {@code before} has in the new
     * column, or -1 if it is gone; those kept stand first, in their old sequence. Merges instead of sorting.
     */
    static ColumnOrder of(float[] column, ColumnOrder before, int[] now, int kept) {
        long[] added = sortedKeys(column, kept);
        int[] sample = new int[column.length];
        int to = 0;
        int j = 0;
        for (int old : before.sample) {
            int i = now[old];
            if (i < 0) {
                continue;
            }
            while (j < added.length && column[(int) added[j]] < column[i]) {
                sample[to++] = (int) added[j++];
            }
            sample[to++] = i;
        }
        while (j < added.length) {
            sample[to++] = (int) added[j++];
        }
        return new ColumnOrder(sample);
    }

    /** Keys of samples {@code from} and on, ascending: the value, made sortable, over the number of the sample. */
    private static long[] sortedKeys(float[] column, int from) {
        long[] keys = new long[column.length - from];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToRawIntBits(column[from + i] + 0f); // -0 becomes 0: they are equal
            bits ^= bits >> 31 & 0x7FFFFFFF;
            keys[i] = (long) bits << 32 | (from + i);
        }
        if (keys.length < SMALL) {
            Arrays.sort(keys);
            return keys;
        }
        return byDigits(keys);
    }

    /** Sorts by the upper half, least digit first; keys come in the order of the lower half and each pass keeps it. */
    private static long[] byDigits(long[] keys) {
        int[][] count = new int[3][DIGITS];
        for (long key : keys) {
            for (int d = 0; d < 3; d++) {
                count[d][digit(key, d)]++;
            }
        }
        long[] from = keys;
        long[] to = new long[keys.length];
        for (int d = 0; d < 3; d++) {
            if (count[d][digit(keys[0], d)] == keys.length) {
                continue;
            }
            int sum = 0;
            for (int i = 0; i < DIGITS; i++) {
                int c = count[d][i];
                count[d][i] = sum;
                sum += c;
            }
            for (long key : from) {
                to[count[d][digit(key, d)]++] = key;
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static int digit(long key, int d) {
        return (int) ((key ^ Long.MIN_VALUE) >>> (32 + DIGIT * d)) & DIGITS - 1;
    }
}
