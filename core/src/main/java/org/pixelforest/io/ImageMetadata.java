package org.pixelforest.io;

import java.util.List;
import java.util.Optional;

/**
 * What travels with the samples of a written image, as far as its format has a place for it (NumPy and PNG have none).
 *
 * @param channelNames a name a channel, or empty
 * @param description any text, e.g. which classifier made the image; empty for none
 * @param range the range of values that the samples may have, if known; HDF5 keeps it as {@code drange}
 */
public record ImageMetadata(List<String> channelNames, String description, Optional<ValueRange> range) {

    /** Nothing: a TIFF then has exactly the bytes that ilastik writes. */
    public static final ImageMetadata NONE = new ImageMetadata(List.of(), "", Optional.empty());

    /** Smallest and largest value. */
    public record ValueRange(double min, double max) {}

    public ImageMetadata {
        channelNames = List.copyOf(channelNames);
    }

    /** Names alone. */
    public static ImageMetadata ofChannels(List<String> channelNames) {
        return new ImageMetadata(channelNames, "", Optional.empty());
    }
}
