/**
 * A synthetic cohort whose truth is known: tissue, counts, a person's strokes, a contact sheet. Everything follows from seeds
 * and comes out the same on every machine (StrictMath, SplittableRandom).
 */
package org.pixelforest.demo;
