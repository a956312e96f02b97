package org.pixelforest.image;

import java.io.IOException;
import java.util.List;

/** An image that is another one but for what a subclass changes. */
public abstract class ForwardedSource implements ImageSource {

    private final ImageSource image;

    protected ForwardedSource(ImageSource image) {
        this.image = image;
    }

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
    public void close() throws IOException {
        image.close();
    }
}
