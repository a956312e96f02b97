package org.pixelforest.prepare;

import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;

/** Every rounding step of one of the programs whose files are reproduced. Stateless, safe from several threads. */
sealed interface Arithmetic permits CellProfilerArithmetic, SteinbockArithmetic {

    /** Type of the prepared samples. */
    SampleType sampleType();

    /** Stored axes, slowest first. */
    String axes();

    /** Whether {@link #enlarge} needs the smallest and largest number of the whole stack. */
    boolean needsRange();

    /** Raw samples of a region to the stack before enlargement: the mean, if wanted, then the channels. */
    Block stack(Block raw);

    /** Positions between source pixels of the {@code to} pixels along an axis of {@code from}. */
    Taps taps(int from, int to);

    /**
     * The prepared samples of a region.
     *
     * @param stack what {@link #stack} made of at least the source pixels that the region needs
     * @param range smallest and largest number of the whole stack, or null when not needed
     */
    Block enlarge(Block stack, Taps rows, Taps columns, Region region, Range range);
}
