package org.pixelforest.batch;

import java.io.IOException;
import java.util.Optional;
import org.pixelforest.image.Block;
import org.pixelforest.image.ForwardedSource;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;

/** An image and its prediction mask: where the mask is 0, probabilities become 0. */
final class MaskedImage extends ForwardedSource {

    private final ImageSource mask;

    private MaskedImage(ImageSource image, ImageSource mask) {
        super(image);
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
    public void close() throws IOException {
        try (mask) {
            super.close();
        }
    }
}
