package org.pixelforest.demo;

import org.pixelforest.forest.ConfusionMatrix;

/**
 * What became of one image of the cohort, ready to be shown.
 *
 * @param name of the stack
 * @param strokes how many were painted on its crop; 0 = it was only classified
 * @param labelled how many pixels they cover
 * @param agreement of the classes with the truth, on all pixels
 */
record Result(
        String name,
        int strokes,
        long labelled,
        ConfusionMatrix agreement,
        Picture composite,
        Picture labels,
        Picture probabilities,
        Picture uncertainty,
        Picture truth) {}
