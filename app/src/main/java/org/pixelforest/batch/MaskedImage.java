package org.pixelforest.batch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;

/** An image and its prediction mask: where the mask is 0, probabilities become 0. */
final class MaskedImage implements ImageSource {

    private final ImageSource image;
    private final ImageSource mask;

    private MaskedImage(ImageSource image, ImageSource mask) {
        this.image = image;
        this.mask = mask;
    }

    /** Opens the mask of an image; closing the result closes both. */
    static MaskedImage open(ImageSource image, DatasetPlace place, Optional<String> axes) throws IOException {
        String name = place.file() + place.dataset().map(d -> "/" + d).orElse("");
        ImageSource mask = Images.open(name, axes);
        if (!mask.shape().equals(image.shape().withChannels(1))) {
            mask.close();
            throw new IOException(name + ": a mask needs one channel and the size of its image, "
                    + image.shape().x() + " x " + image.shape().y() + " (x, y)");
        }
        return new MaskedImage(image, mask);
    }

    /** Clears the probabilities of a region outside the mask, in place. */
    void apply(Block probabilities) throws IOException {
        float[] inside = mask.read(probabilities.region()).samples();
        int pixels = (int) probabilities.region().pixels();
        for (int k = 0; k < probabilities.channels(); k++) {
            for (int i = 0; i < pixels; i++) {
                if (!(inside[i] > 0)) {
                    probabilities.samples()[k * pixels + i] = 0;
                }
            }
        }
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
        try (mask) {
            image.close();
        }
    }
}
