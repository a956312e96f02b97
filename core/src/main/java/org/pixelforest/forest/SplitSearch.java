package org.pixelforest.forest;

import java.util.Arrays;

/**
 * Looks for the best threshold of a node, column by column.
 *
 * <p>With class counts l, r to the left and right and their sums L, R, the summed Gini loss of a split is (L + R) - (sum l^2 / L + sum r^2 / R);
 * the subtracted score is maximised. Sums of squares are whole numbers and kept exactly. A boundary within a run of one class can never beat
 * both ends of the run (the score is convex along it), so only the ends are tried.
 */
final class SplitSearch {

    private static final int CLASS = 255; // mask of the class in a packed sample

    private final double[] left;
    private final double[] all;
    private double count;
    private double squares;
    private double leftSquares;
    private double rightSquares;
    private double leftCount;

    private double nodeScore;
    private double bestScore;
    private float below; // the values around the best boundary
    private float above;

    SplitSearch(int classes) {
        left = new double[classes];
        all = new double[classes];
    }

    /** A sample with its class and its weight (how often it was drawn). */
    static int pack(int cls, int weight) {
        return weight << 8 | cls;
    }

    static int classOf(int packed) {
        return packed & CLASS;
    }

    static int weight(int packed) {
        return packed >>> 8;
    }

    /** Begins a node: counts its classes. */
    void start(int[] samples, int from, int to, int[] packed) {
        Arrays.fill(all, 0);
        for (int i = from; i < to; i++) {
            int x = packed[samples[i]];
            all[x & CLASS] += x >>> 8;
        }
        count = 0;
        squares = 0;
        for (double c : all) {
            count += c;
            squares += c * c;
        }
        nodeScore = squares / count;
        bestScore = nodeScore + 4 * Math.ulp(nodeScore); // no improvement that is only a rounding
    }

    boolean isPure() {
        return squares == count * count;
    }

    double count() {
        return count;
    }

    /** Samples of a class in the node. */
    double count(int cls) {
        return all[cls];
    }

    double bestScore() {
        return bestScore;
    }

    /** Takes a better boundary, between two values. */
    void improve(double score, float low, float high) {
        bestScore = score;
        below = low;
        above = high;
    }

    static double score(double leftSquares, double leftCount, double rightSquares, double rightCount) {
        return (leftSquares * rightCount + rightSquares * leftCount) / (leftCount * rightCount);
    }

    /** By how much the best split lowers the summed loss. */
    double gain() {
        return bestScore - nodeScore;
    }

    /** Halfway between the values around the best boundary; exactly representable, and truly between them. */
    double threshold() {
        return ((double) below + above) / 2;
    }

    /** Tries all boundaries of a column, given the samples of the node in its order. Whether one is better than all before. */
    boolean improves(float[] column, int[] sorted, int n, int[] packed) {
        double before = bestScore;
        Arrays.fill(left, 0);
        leftSquares = 0;
        rightSquares = squares;
        leftCount = 0;
        int cls = packed[sorted[0]] & CLASS;
        int run = packed[sorted[0]] >>> 8; // weight of this class not yet moved to the left
        boolean tied = false; // within equal values of several classes
        for (int j = 1; j < n; j++) {
            int x = packed[sorted[j]];
            if ((x & CLASS) == cls && !tied) {
                run += x >>> 8;
                continue;
            }
            float previous = column[sorted[j - 1]];
            float value = column[sorted[j]];
            if (value != previous) {
                move(cls, run);
                run = 0;
                tryBoundary(previous, value);
                tied = false;
            } else if ((x & CLASS) != cls) {
                if (!tied) {
                    run -= tryBeforeTie(column, sorted, j - 1, packed, cls, run);
                    tied = true;
                }
                move(cls, run);
                run = 0;
            }
            cls = x & CLASS;
            run += x >>> 8;
        }
        return bestScore > before;
    }

    /** Equal values of several classes begin within the run that ends at j: tries the boundary before them. Returns the weight moved. */
    private int tryBeforeTie(float[] column, int[] sorted, int j, int[] packed, int cls, int run) {
        float value = column[sorted[j]];
        int tail = 0;
        int i = j;
        while (i >= 0 && column[sorted[i]] == value && (packed[sorted[i]] & CLASS) == cls) {
            tail += packed[sorted[i--]] >>> 8;
        }
        if (i < 0 || (packed[sorted[i]] & CLASS) != cls || tail == run) {
            return 0; // the run begins with the tie: this boundary was tried when the run began
        }
        move(cls, run - tail);
        tryBoundary(column[sorted[i]], value);
        return run - tail;
    }

    private void move(int cls, int weight) {
        double l = left[cls];
        double r = all[cls] - l;
        leftSquares += weight * (2 * l + weight);
        rightSquares -= weight * (2 * r - weight);
        left[cls] = l + weight;
        leftCount += weight;
    }

    private void tryBoundary(float low, float high) {
        double score = score(leftSquares, leftCount, rightSquares, count - leftCount);
        if (score > bestScore) {
            improve(score, low, high);
        }
    }
}
