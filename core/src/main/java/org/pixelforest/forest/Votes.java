package org.pixelforest.forest;

import java.util.Arrays;

/** What trees say of samples that they were not grown on: class fractions, added in the order of the trees. */
final class Votes {

    private final int samples;
    private final int classes;
    private final double[] sum; // sample after sample

    Votes(int samples, int classes) {
        this.samples = samples;
        this.classes = classes;
        sum = new double[samples * classes];
    }

    void add(TreeGrower.Tree tree) {
        double[] parameters = tree.tree().rawParameters();
        int[] leaf = tree.leaf();
        for (int i = 0; i < samples; i++) {
            if (leaf[i] != TreeGrower.DRAWN) {
                for (int k = 0; k < classes; k++) {
                    sum[i * classes + k] += parameters[leaf[i] + 1 + k];
                }
            }
        }
    }

    /** The class with most votes, the first of equal ones; -1 without any vote. */
    int winner(int sample) {
        int best = -1;
        double most = 0;
        for (int k = 0; k < classes; k++) {
            if (sum[sample * classes + k] > most) {
                most = sum[sample * classes + k];
                best = k;
            }
        }
        return best;
    }

    /** The share of the votes for a class; 0 without any vote. */
    double share(int sample, int cls) {
        double all = 0;
        for (int k = 0; k < classes; k++) {
            all += sum[sample * classes + k];
        }
        return all == 0 ? 0 : sum[sample * classes + cls] / all;
    }

    /** The share of the used samples with votes whose winner is another class than theirs; NaN if no sample has votes. */
    double error(int[] classIndex, boolean[] used) {
        int seen = 0;
        int wrong = 0;
        for (int i = 0; i < samples; i++) {
            int winner = used[i] ? winner(i) : -1;
            if (winner >= 0) {
                seen++;
                wrong += winner == classIndex[i] ? 0 : 1;
            }
        }
        return seen == 0 ? Double.NaN : wrong / (double) seen;
    }

    void clear() {
        Arrays.fill(sum, 0);
    }
}
