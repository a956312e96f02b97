package org.pixelforest.feature;

import org.pixelforest.image.Block;
import org.pixelforest.image.SampleType;

/** A block of the source image as the filters read it: coordinates count from the image's corner. */
record SourceBlock(Block block, SampleType type) {

    float[] samples() {
        return block.samples();
    }

    int index(int channel, int z, int y, int x) {
        return block.index(
                        channel, z - block.region().minZ(), y - block.region().minY(), 0)
                + x
                - block.region().minX();
    }

    /** Whether samples may be infinite, not numbers, or too large to multiply. */
    boolean unbounded() {
        return type.floating() || type.bytes() > 4;
    }
}
