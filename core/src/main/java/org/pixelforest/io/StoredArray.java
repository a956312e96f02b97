package org.pixelforest.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.pixelforest.image.SampleType;

/** The numbers of a file as an array of its own axes, not yet named; reads are safe from several threads at a time. */
interface StoredArray extends Closeable {

    Path file();

    SampleType type();

    /** Sizes of the axes, slowest first; the caller owns the array. */
    long[] shape();

    /** What the file says of how its samples came about, e.g. a model card; empty when it says nothing. */
    default String description() throws IOException {
        return "";
    }

    /** Reads a box, C order, cast to float. The box lies in the array. */
    void read(long[] offset, int[] count, float[] out) throws IOException;
}
