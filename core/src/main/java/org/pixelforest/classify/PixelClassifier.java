package org.pixelforest.classify;

import java.io.IOException;
import java.util.List;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;

/**
 * What is needed to classify pixels. Immutable; may be shared by threads.
 *
 * @param classes all classes, trained or not; class number k is {@code classes.get(k - 1)}
 * @param features which features the forest sees
 * @param forest its columns are the feature channels of {@code features} on an image of {@code channels} channels
 * @param channelNames a name a channel, or empty when they are not known
 * @param channels how many channels an image must have
 */
public record PixelClassifier(
        List<LabelClass> classes,
        FeatureSelection features,
        RandomForest forest,
        List<String> channelNames,
        int channels) {

    public PixelClassifier {
        classes = List.copyOf(classes);
        channelNames = List.copyOf(channelNames);
        if (channels < 1) {
            throw new IllegalArgumentException("a classifier needs at least one channel (got: " + channels + ")");
        }
        if (!channelNames.isEmpty() && channelNames.size() != channels) {
            throw new IllegalArgumentException(
                    "a name for each of the " + channels + " channels is needed (got: " + channelNames.size() + ")");
        }
        for (int label : forest.labels()) {
            if (label > classes.size()) {
                throw new IllegalArgumentException(
                        "the forest knows class " + label + ", but there are only " + classes.size() + " classes");
            }
        }
    }

    /**
     * Whether this classifier can be applied to images of a shape.
     *
     * @throws IllegalArgumentException if not; the message says why and what to do
     */
    public void check(Shape image) {
        if (image.c() != channels) {
            throw new IllegalArgumentException(
                    "the image has " + image.c() + " channels, but the classifier was trained on " + channels
                            + "; prepare the image with the same channels");
        }
        features.tooSmall(image).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        int count = features.count(image);
        if (count != forest.features()) {
            throw new IllegalArgumentException("the image yields " + count
                    + " feature channels, but the classifier was trained on " + forest.features()
                    + (image.z() > 1 ? " (3D features need images as deep as those of the training)" : ""));
        }
    }

    /**
     * The share of the forest's votes for each class, 0..1: channel k - 1 belongs to class k, and is 0 if nothing was labelled with
     * that class. Pixels with a feature that is not a number get 0 for all classes. The answer does not depend on the region.
     *
     * @throws IllegalArgumentException as {@link #check} says
     */
    public Block probabilities(ImageSource stack, Region region) throws IOException {
        TilePrediction prediction = new TilePrediction(this, stack.shape());
        Block out = Block.zeros(region, classes.size());
        for (Region tile : prediction.tiles(region)) {
            prediction.predict(stack, tile, out);
        }
        return out;
    }
}
