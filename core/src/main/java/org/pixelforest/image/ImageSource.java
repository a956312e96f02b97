package org.pixelforest.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An image to read by region. A region's answer equals the crop of the whole. Reading is safe from several threads at a time.
 */
public interface ImageSource extends Closeable {

    Shape shape();

    SampleType sampleType();

    /**
     * The axes as stored in the file, slowest first, e.g. {@code "zyxc"}: letters of {@code tzyxc}, each at most once, y and x
     * always there. Blocks are planar all the same.
     */
    String axes();

    /** A name a channel, or an empty list when the file carries none. */
    List<String> channelNames();

    /**
     * Samples of all channels in {@code region}, cast to float (round to nearest even where float cannot hold the number).
     *
     * @throws IllegalArgumentException when the region does not lie in the image, or has more samples than an array can hold
     *     (2^31 - 9)
     * @throws IOException when the file cannot be read or is broken; the message names the file and says what is wrong
     */
    Block read(Region region) throws IOException;
}
