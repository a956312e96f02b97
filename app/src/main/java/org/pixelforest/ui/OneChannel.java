package org.pixelforest.ui;

import java.io.IOException;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ForwardedSource;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** A single channel of an image. Closing it does not close the image. */
final class OneChannel extends ForwardedSource {

    /** Values of all channels that are read at a time. */
    private static final int AT_ONCE = 1 << 22;

    private final int channel;

    OneChannel(ImageSource image, int channel) {
        super(image);
        this.channel = channel;
    }

    @Override
    public Shape shape() {
        return super.shape().withChannels(1);
    }

    @Override
    public List<String> channelNames() {
        return List.of();
    }

    /** Reads some rows after the others: all channels of a large region do not fit into memory. */
    @Override
    public Block read(Region region) throws IOException {
        int width = region.width();
        int rows = Math.max(1, AT_ONCE / Math.multiplyExact(super.shape().c(), width));
        Block one = Block.zeros(region, 1);
        int to = 0;
        for (int z = region.minZ(); z < region.maxZ(); z++) {
            for (int y = region.minY(); y < region.maxY(); y += rows) {
                int end = Math.min(region.maxY(), y + rows);
                Region part = new Region(region.t(), z, y, region.minX(), z + 1, end, region.maxX());
                int pixels = (end - y) * width;
                System.arraycopy(super.read(part).samples(), channel * pixels, one.samples(), to, pixels);
                to += pixels;
            }
        }
        return one;
    }

    @Override
    public void close() {
        // Stays open for its owner.
    }
}
