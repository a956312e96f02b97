package org.pixelforest.forest;

import java.util.List;

/** The judge: predicts one row on the arrays of the file, step by step as the specification says, in double where it says double. */
final class SlowForest {

    private SlowForest() {}

    static float[] predict(List<List<VigraTree>> forests, float[] row) {
        int classes = forests.get(0).get(0).topology()[1];
        float[] sum = new float[classes];
        for (float f : row) {
            if (Float.isNaN(f)) {
                return sum;
            }
        }
        int trees = 0;
        for (List<VigraTree> forest : forests) {
            float[] share = new float[classes];
            double total = 0;
            for (VigraTree tree : forest) {
                double[] leaf = leaf(tree, row);
                for (int k = 0; k < classes; k++) {
                    share[k] += (float) leaf[k];
                    total += leaf[k];
                }
            }
            for (int k = 0; k < classes; k++) {
                share[k] /= (float) total;
                sum[k] += share[k] * forest.size();
            }
            trees += forest.size();
        }
        for (int k = 0; k < classes; k++) {
            sum[k] /= trees;
        }
        return sum;
    }

    /** The class fractions of the leaf that the row reaches. */
    static double[] leaf(VigraTree tree, float[] row) {
        int[] topology = tree.rawTopology();
        double[] parameters = tree.rawParameters();
        int node = 2;
        while ((topology[node] & 0x40000000) == 0) {
            double value = row[topology[node + 4]];
            node = value < parameters[topology[node + 1] + 1] ? topology[node + 2] : topology[node + 3];
        }
        double[] fractions = new double[topology[1]];
        System.arraycopy(parameters, topology[node + 1] + 1, fractions, 0, fractions.length);
        return fractions;
    }
}
