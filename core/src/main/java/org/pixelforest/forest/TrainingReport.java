package org.pixelforest.forest;

import java.util.List;

/**
 * What a training says of itself.
 *
 * @param oobError out-of-bag error of the whole forest, 0..1: the share of the samples for which the trees not grown on them vote for another class.
 *     Neighbouring pixels are alike, so this is too hopeful for new images: see {@link CrossValidation}. NaN if each tree was grown on all samples
 *     (a single one of each class)
 * @param meanOobError the mean of the out-of-bag errors of the sub-forests, which is what ilastik logs; NaN if it is so for one of them
 * @param importance for each column the share, 0..1, of its splits in the decrease of the Gini loss of all trees
 * @param leaves mean number of leaves of a tree
 */
public record TrainingReport(double oobError, double meanOobError, List<Double> importance, double leaves) {

    public TrainingReport {
        importance = List.copyOf(importance);
    }
}
