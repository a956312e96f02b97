package org.pixelforest.demo;

import java.util.List;

/** The images of the demo: tumours of different make-up; the last one is never labelled. */
final class Cohort {

    static final List<TissueRecipe> TISSUES = List.of(
            new TissueRecipe("Demo1_s0_a1_ac", 3, 250, 300, 0.0, 0.16, 0.2, 1.0, 0),
            new TissueRecipe("Demo1_s0_a2_ac", 8, 280, 220, 0.08, 0.05, 0.25, 0.85, 0.35),
            new TissueRecipe("Demo2_s0_a1_ac", 11, 200, 330, -0.06, 0.12, 0.12, 1.2, 0),
            new TissueRecipe("Demo3_s0_a1_ac", 21, 300, 320, 0.03, 0.1, 0.16, 1.0, 0.2));

    /** So many of the images are labelled, from the first on. */
    static final int LABELLED = 3;

    private Cohort() {}
}
