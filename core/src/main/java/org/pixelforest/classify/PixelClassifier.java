package org.pixelforest.classify;

import java.util.List;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.RandomForest;
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
}
