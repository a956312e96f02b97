package org.pixelforest.batch;

import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;

/**
 * What results are made of. Labels and features need no forest.
 *
 * @param classes class number k is {@code classes.get(k - 1)}
 * @param features those of the classifier, or those to write
 * @param channels how many an image must have
 * @param classifier if something was trained
 * @param forest its hash, or an empty text
 * @param labels what was painted
 */
public record ResultSource(
        List<LabelClass> classes,
        FeatureSelection features,
        int channels,
        Optional<PixelClassifier> classifier,
        String forest,
        LabelSource labels) {

    public ResultSource {
        classes = List.copyOf(classes);
    }

    /** Everything that a classifier makes. */
    public static ResultSource of(PixelClassifier classifier, LabelSource labels) {
        return new ResultSource(
                classifier.classes(),
                classifier.features(),
                classifier.channels(),
                Optional.of(classifier),
                classifier.forest().sha256(),
                labels);
    }

    /** What can be written before anything was trained. */
    public static ResultSource untrained(
            List<LabelClass> classes, FeatureSelection features, int channels, LabelSource labels) {
        return new ResultSource(classes, features, channels, Optional.empty(), "", labels);
    }

    /** @throws IllegalArgumentException when results of an image of this shape cannot be made; the message says why */
    void check(Shape image) {
        if (classifier.isPresent()) {
            classifier.get().check(image);
            return;
        }
        features.tooSmall(image).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
    }

    PixelClassifier required() {
        return classifier.orElseThrow(
                () -> new IllegalArgumentException("nothing was trained, so there is nothing to predict"));
    }
}
