package org.pixelforest.ui;

import java.io.IOException;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** An image that somebody else closes. */
record SharedSource(ImageSource image) implements ImageSource {

    @Override
    public Shape shape() {
        return image.shape();
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
        return image.channelNames();
    }

    @Override
    public Block read(Region region) throws IOException {
        return image.read(region);
    }

    @Override
    public void close() {
        // Stays open for its owner.
    }
}
