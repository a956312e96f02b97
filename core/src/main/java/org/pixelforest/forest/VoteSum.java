package org.pixelforest.forest;

import java.util.Arrays;

/**
 * Adds the leaves that a run of pixels reached, with the roundings of the original: in a sub-forest float sums of fractions in the order of the
 * trees, divided by the sum of all (kept in double, rounded once); this, times the number of trees, summed over the sub-forests in float; divided by the
 * number of all trees. The last bits depend on each of these steps.
 */
final class VoteSum {

    private final NodeTable nodes;
    private final int run;
    private final boolean[] mixed; // sub-forests with a leaf of several classes
    private final float[][] term; // of sub-forests without: what c votes contribute
    private final float[] votes; // of the sub-forest at work, class after class
    private final double[] total; // of the sub-forest at work
    private final float[] result; // over the sub-forests, class after class

    VoteSum(NodeTable nodes, int run) {
        this.nodes = nodes;
        this.run = run;
        mixed = new boolean[nodes.forests()];
        term = new float[nodes.forests()][];
        for (int forest = 0; forest < mixed.length; forest++) {
            mixed[forest] = nodes.isMixed(forest);
            term[forest] = new float[nodes.treesOf(forest) + 1];
            for (int c = 0; c < term[forest].length; c++) {
                term[forest][c] = (float) c / nodes.treesOf(forest) * nodes.treesOf(forest);
            }
        }
        votes = new float[run * nodes.classes];
        total = new double[run];
        result = new float[run * nodes.classes];
    }

    void start(int count) {
        for (int k = 0; k < nodes.classes; k++) {
            Arrays.fill(result, k * run, k * run + count, 0f);
            Arrays.fill(votes, k * run, k * run + count, 0f);
        }
        Arrays.fill(total, 0, count, 0);
    }

    /** One tree of the sub-forest; {@code exit[i]} is the link of the leaf that pixel i reached. */
    void add(int forest, int[] exit, int count) {
        if (!mixed[forest]) {
            for (int i = 0; i < count; i++) {
                votes[exit[i] * run + i]++;
            }
            return;
        }
        int classes = nodes.classes;
        for (int i = 0; i < count; i++) {
            if (exit[i] < classes) {
                votes[exit[i] * run + i]++;
                total[i]++;
                continue;
            }
            int row = (exit[i] - classes) * classes;
            for (int k = 0; k < classes; k++) {
                votes[k * run + i] += (float) nodes.fractions[row + k];
                total[i] += nodes.fractions[row + k];
            }
        }
    }

    /** Takes the sub-forest into the result and makes ready for the next one. */
    void finish(int forest, int count) {
        int trees = nodes.treesOf(forest);
        for (int k = 0; k < nodes.classes; k++) {
            for (int i = k * run; i < k * run + count; i++) {
                result[i] +=
                        mixed[forest] ? votes[i] / (float) total[i - k * run] * trees : term[forest][(int) votes[i]];
                votes[i] = 0;
            }
        }
        Arrays.fill(total, 0, count, 0);
    }

    void write(float[] out, int at, int outStride, int count) {
        float trees = nodes.trees();
        for (int k = 0; k < nodes.classes; k++) {
            for (int i = 0; i < count; i++) {
                out[k * outStride + at + i] = result[k * run + i] / trees;
            }
        }
    }
}
