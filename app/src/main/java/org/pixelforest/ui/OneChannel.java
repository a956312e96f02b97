package org.pixelforest.ui;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** A single channel of an image. Closing it does not close the image. */
record OneChannel(ImageSource image, int channel) implements ImageSource {

    @Override
    public Shape shape() {
        return image.shape().withChannels(1);
    }

    @Override
    public SampleType sampleType() {
        return image.sampleType();
    }

    @Override
    public String axes() {
        return image.axes();
    }

    @Override
    public List<String> channelNames() {
        return List.of();
    }

    @Override
    public Block read(Region region) throws IOException {
        int pixels = (int) region.pixels();
        float[] all = image.read(region).samples();
        return new Block(region, 1, Arrays.copyOfRange(all, channel * pixels, (channel + 1) * pixels));
    }

    @Override
    public void close() {}
}
