package org.pixelforest.forest;

import java.util.Arrays;

/**
 * Finds the same split of a column as {@link SplitSearch#improves} without sorting most of a large node.
 *
 * <p>The samples are counted by class in bins of neighbouring places. Along a bin each class count on the left grows from one known value to
 * another, and the score is convex in these counts, so that within the bin it cannot exceed its values at the corners of that box. Only bins that could hold a
 * better boundary than the best known one are sorted and tried one by one: few, since the borders of the bins are boundaries too.
 */
final class BinnedSearch {

    /** Smaller nodes are better sorted as a whole. */
    static final int MIN_NODE = 100;

    /** With more classes a box has too many corners. */
    static final int MAX_CLASSES = 6;

    private static final int MAX_BINS = 512;
    private static final int PER_BIN = 16; // samples, on average
    private static final int BUNCH = 8; // bins that are looked at together first
    private static final double SLACK = 1 - 1e-12; // against rounding, here and in the score

    private final int classes;
    private final SampleSorter sorter;
    private int[] samples; // of the node
    private int from;
    private int size;
    private int shift; // from places to bins
    private final int[] classAndWeight;
    private final int[] count = new int[MAX_BINS * MAX_CLASSES];
    private final int[] filled = new int[MAX_BINS + 1]; // bins that hold samples, ascending
    private final int[] start = new int[(MAX_BINS + 1) * MAX_CLASSES]; // counts to the left of each filled bin
    private final double[] startScore = new double[MAX_BINS + 1];
    private final boolean[] open = new boolean[MAX_BINS];
    private final int[] chosen; // samples in open bins
    private final int[] sorted;
    private final int[] left = new int[MAX_CLASSES];
    private final double[] cornerLeft = new double[1 << MAX_CLASSES];
    private final double[] cornerRight = new double[1 << MAX_CLASSES];
    private final double[] cornerCount = new double[1 << MAX_CLASSES];

    BinnedSearch(int allSamples, int classes, SampleSorter sorter) {
        this.classes = classes;
        this.sorter = sorter;
        classAndWeight = new int[allSamples];
        chosen = new int[allSamples];
        sorted = new int[allSamples];
    }

    /** Begins a node. */
    void start(int[] nodeSamples, int nodeFrom, int nodeTo, int[] packed) {
        samples = nodeSamples;
        from = nodeFrom;
        size = nodeTo - nodeFrom;
        for (int i = 0; i < size; i++) {
            classAndWeight[i] = packed[samples[from + i]];
        }
        int bins = Math.min(MAX_BINS, Math.max(8, size / PER_BIN));
        shift = 0;
        while ((packed.length - 1 >>> shift) >= bins) {
            shift++;
        }
    }

    /** Tries the boundaries of a column. Whether one is better than all before. */
    boolean improves(SplitSearch node, ColumnOrder order, float[] column, int[] packed) {
        double before = node.bestScore();
        countBins(order.place);
        int last = (order.place.length - 1 >>> shift) + 1;
        double goal = before;
        int n = 0;
        Arrays.fill(left, 0);
        for (int bin = 0; bin < last; bin++) {
            int at = n * classes;
            int inside = 0;
            for (int k = 0; k < classes; k++) {
                start[at + k] = left[k];
                int c = count[bin * classes + k];
                count[bin * classes + k] = 0;
                left[k] += c;
                inside += c;
            }
            if (inside == 0) {
                continue;
            }
            startScore[n] = n == 0 ? 0 : score(node, at);
            if (startScore[n] > goal && isBoundary(order, column, bin << shift)) {
                goal = startScore[n];
            }
            filled[n++] = bin;
        }
        System.arraycopy(left, 0, start, n * classes, classes);
        startScore[n] = 0;
        if (open(node, n, goal * SLACK)) {
            tryOpen(node, n, order, column, packed);
        }
        return node.bestScore() > before;
    }

    private void countBins(int[] place) {
        for (int i = 0; i < size; i++) {
            int x = classAndWeight[i];
            count[(place[samples[from + i]] >>> shift) * classes + SplitSearch.classOf(x)] += SplitSearch.weight(x);
        }
    }

    /** Whether the values of all samples change at a place; then those of any node that has samples on both sides do, too. */
    private static boolean isBoundary(ColumnOrder order, float[] column, int place) {
        return column[order.sample[place - 1]] != column[order.sample[place]];
    }

    private double score(SplitSearch node, int at) {
        double leftCount = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int k = 0; k < classes; k++) {
            double l = start[at + k];
            double r = node.count(k) - l;
            leftCount += l;
            leftSquares += l * l;
            rightSquares += r * r;
        }
        return SplitSearch.score(leftSquares, leftCount, rightSquares, node.count() - leftCount);
    }

    /** Opens the bins that may hold a score of {@code goal} or more. Whether there are any. */
    private boolean open(SplitSearch node, int n, double goal) {
        boolean any = false;
        for (int j = 0; j < n; j += BUNCH) {
            int end = Math.min(n, j + BUNCH);
            if (!reaches(node, j, end, goal)) {
                continue;
            }
            for (int i = j; i < end; i++) {
                open[filled[i]] = reaches(node, i, i + 1, goal);
                any |= open[filled[i]];
            }
        }
        return any;
    }

    /** Whether the score at a corner of the box between two filled bins is {@code goal} or more. */
    private boolean reaches(SplitSearch node, int first, int end, double goal) {
        if (startScore[first] >= goal || startScore[end] >= goal) {
            return true;
        }
        int corners = 1;
        cornerLeft[0] = 0;
        cornerRight[0] = 0;
        cornerCount[0] = 0;
        for (int k = 0; k < classes; k++) {
            double low = start[first * classes + k];
            double high = start[end * classes + k];
            double all = node.count(k);
            if (low != high) {
                for (int i = 0; i < corners; i++) {
                    cornerLeft[corners + i] = cornerLeft[i] + high * high;
                    cornerRight[corners + i] = cornerRight[i] + (all - high) * (all - high);
                    cornerCount[corners + i] = cornerCount[i] + high;
                }
            }
            for (int i = 0; i < corners; i++) {
                cornerLeft[i] += low * low;
                cornerRight[i] += (all - low) * (all - low);
                cornerCount[i] += low;
            }
            corners <<= low != high ? 1 : 0;
        }
        double best = 0;
        for (int i = 1; i < corners - 1; i++) { // the first and the last corner are the known ends
            best = Math.max(
                    best,
                    SplitSearch.score(cornerLeft[i], cornerCount[i], cornerRight[i], node.count() - cornerCount[i]));
        }
        return best >= goal;
    }

    private void tryOpen(SplitSearch node, int n, ColumnOrder order, float[] column, int[] packed) {
        int c = 0;
        for (int i = 0; i < size; i++) {
            int s = samples[from + i];
            chosen[c] = s;
            c += open[order.place[s] >>> shift] ? 1 : 0;
        }
        sorter.sort(order, chosen, 0, c, sorted);
        int at = 0;
        for (int j = 0; j < n; j++) {
            if (!open[filled[j]]) {
                continue;
            }
            open[filled[j]] = false;
            int to = at;
            while (to < c && order.place[sorted[to]] >>> shift == filled[j]) {
                to++;
            }
            tryBin(node, j, at, to, order, column, packed);
            at = to;
        }
    }

    /** Tries the boundary before each sample of a bin. */
    private void tryBin(
            SplitSearch node, int bin, int binFrom, int binTo, ColumnOrder order, float[] column, int[] packed) {
        double leftCount = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int k = 0; k < classes; k++) {
            left[k] = start[bin * classes + k];
            double l = left[k];
            leftCount += l;
            leftSquares += l * l;
            rightSquares += (node.count(k) - l) * (node.count(k) - l);
        }
        for (int i = binFrom; i < binTo; i++) {
            int s = sorted[i];
            if (leftCount > 0) {
                double score = SplitSearch.score(leftSquares, leftCount, rightSquares, node.count() - leftCount);
                if (score > node.bestScore()) {
                    float previous =
                            i > binFrom ? column[sorted[i - 1]] : valueBefore(order.place[s], order.place, column);
                    if (previous != column[s]) {
                        node.improve(score, previous, column[s]);
                    }
                }
            }
            int k = SplitSearch.classOf(packed[s]);
            double w = SplitSearch.weight(packed[s]);
            double r = node.count(k) - left[k];
            leftSquares += w * (2.0 * left[k] + w);
            rightSquares -= w * (2 * r - w);
            left[k] += SplitSearch.weight(packed[s]);
            leftCount += w;
        }
    }

    /** The value of the last sample of the node before a place; there is one. */
    private float valueBefore(int place, int[] places, float[] column) {
        int best = -1;
        int sample = -1;
        for (int i = 0; i < size; i++) {
            int s = samples[from + i];
            if (places[s] < place && places[s] > best) {
                best = places[s];
                sample = s;
            }
        }
        return column[sample];
    }
}
