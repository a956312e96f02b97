package org.pixelforest.forest;

/**
 * A sample that cross-validation strongly contradicts: perhaps a slip of the brush.
 *
 * @param sample its number
 * @param label the class it was given
 * @param predicted the class that the trees see in it
 * @param share the share of votes for that class, 0..1
 */
public record Slip(int sample, int label, int predicted, double share) {}
