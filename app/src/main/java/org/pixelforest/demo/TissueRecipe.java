package org.pixelforest.demo;

/**
 * What a piece of tissue looks like.
 *
 * @param name of the acquisition
 * @param height rows in raw pixels of 1 µm
 * @param width columns in raw pixels
 * @param nests from -0.2 (mostly epithelium) to 0.2 (hardly any)
 * @param immune from 0 (dense infiltrates) to 0.3 (none)
 * @param lumens from 0.05 (many) to 0.4 (none)
 * @param stain brightness of the staining, 1 = usual
 * @param glass how much of the picture lies beyond the edge of the section, 0 .. 1
 */
record TissueRecipe(
        String name,
        long seed,
        int height,
        int width,
        double nests,
        double immune,
        double lumens,
        double stain,
        double glass) {}
