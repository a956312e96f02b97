package org.pixelforest.forest;

/**
 * Puts the samples of a node into the order of a column. Their places in the order of all samples are marked in a bit set, which is then read from
 * the start; a coarser bit set tells which words to read. Takes time in proportion to the node, plus a 4096th of all samples.
 */
final class SampleSorter {

    private static final int SMALL = 24; // below, inserting is faster

    private final long[] words;
    private final long[] summary;
    private final int[] places = new int[SMALL];

    SampleSorter(int samples) {
        words = new long[(samples >>> 6) + 1];
        summary = new long[(samples >>> 12) + 1];
    }

    void sort(ColumnOrder order, int[] samples, int from, int to, int[] sorted) {
        if (to - from <= SMALL) {
            insert(order, samples, from, to - from, sorted);
        } else {
            mark(order.place, samples, from, to);
            read(order.sample, sorted);
        }
    }

    private void insert(ColumnOrder order, int[] samples, int from, int n, int[] sorted) {
        for (int i = 0; i < n; i++) {
            int place = order.place[samples[from + i]];
            int j = i;
            while (j > 0 && places[j - 1] > place) {
                places[j] = places[j - 1];
                j--;
            }
            places[j] = place;
        }
        for (int i = 0; i < n; i++) {
            sorted[i] = order.sample[places[i]];
        }
    }

    private void mark(int[] place, int[] samples, int from, int to) {
        long[] w = words;
        for (int i = from; i < to; i++) {
            int p = place[samples[i]];
            w[p >>> 6] |= 1L << p;
        }
        if (to - from >= w.length) {
            for (int i = 0; i < summary.length; i++) {
                summary[i] = -1;
            }
            return;
        }
        for (int i = from; i < to; i++) {
            int p = place[samples[i]];
            summary[p >>> 12] |= 1L << (p >>> 6);
        }
    }

    private void read(int[] sample, int[] sorted) {
        int to = 0;
        for (int s = 0; s < summary.length; s++) {
            long some = summary[s];
            summary[s] = 0;
            while (some != 0) {
                int w = (s << 6) + Long.numberOfTrailingZeros(some);
                some &= some - 1;
                if (w >= words.length) {
                    break;
                }
                long word = words[w];
                words[w] = 0;
                int base = w << 6;
                while (word != 0) {
                    sorted[to++] = sample[base + Long.numberOfTrailingZeros(word)];
                    word &= word - 1;
                }
            }
        }
    }
}
