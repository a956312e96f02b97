package org.pixelforest.classify;

import org.pixelforest.image.ImageSource;
import org.pixelforest.label.Labels;

/**
 * An image to train on.
 *
 * @param name tells it from the others, in messages too
 * @param stack with the channels that the classifier will see
 * @param labels painted on it
 */
public record LabeledImage(String name, ImageSource stack, Labels labels) {

    public LabeledImage {
        var shape = stack.shape().withChannels(1);
        if (!labels.shape().withChannels(1).equals(shape)) {
            throw new IllegalArgumentException(
                    name + ": the labels are of an image of " + labels.shape() + ", not of " + shape);
        }
    }
}
