package org.pixelforest.classify;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.pixelforest.feature.FeatureTile;
import org.pixelforest.forest.Predictor;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Predicts one tile after the other, of one stack or of several of the same shape; for one thread. */
public final class TilePrediction {

    private final Shape image;
    private final int classes;
    private final int[] labels;
    private final FeatureTile features;
    private final Predictor predictor;
    private float[] votes = {};
    private float[] probabilities = {};

    /** @throws IllegalArgumentException as {@link PixelClassifier#check} says */
    public TilePrediction(PixelClassifier classifier, Shape image) {
        classifier.check(image);
        this.image = image;
        classes = classifier.classes().size();
        labels = classifier.forest().labels();
        features =
                FeatureTile.of(classifier.features(), image, classifier.forest().usedFeatures());
        predictor = classifier.forest().predictor();
        WarmUp.await();
    }

    /** Cuts a region into the tiles that {@link #predict} takes: disjoint, together the region. */
    public List<Region> tiles(Region region) {
        return features.tiles(region);
    }

    /**
     * Probabilities of a tile, a channel a class; its samples are written over by the next call.
     *
     * @throws IllegalArgumentException when the stack has another shape than this was made for
     */
    public Block predict(ImageSource stack, Region tile) throws IOException {
        int needed = Math.multiplyExact(classes, Math.toIntExact(tile.pixels()));
        if (probabilities.length < needed) {
            probabilities = new float[needed];
        } else {
            Arrays.fill(probabilities, 0, needed, 0f); // of classes that the forest does not know
        }
        Block out = new Block(tile, classes, probabilities);
        predict(stack, tile, out);
        return out;
    }

    /** Writes the probabilities of a tile into a block that contains it. */
    void predict(ImageSource stack, Region tile, Block out) throws IOException {
        if (!stack.shape().equals(image)) {
            throw new IllegalArgumentException("made for " + image + " (got: " + stack.shape() + ")");
        }
        features.load(stack, tile);
        while (features.next()) {
            Region strip = features.strip();
            int pitch = features.pitch();
            int n = (strip.height() - 1) * pitch + strip.width();
            if (votes.length < n * labels.length) {
                votes = new float[n * labels.length];
            }
            predictor.predict(features.planes(), features.stride(), features.first(), n, votes, n);
            for (int k = 0; k < labels.length; k++) {
                for (int y = 0; y < strip.height(); y++) {
                    int to = out.index(
                            labels[k] - 1,
                            strip.minZ() - out.region().minZ(),
                            strip.minY() + y - out.region().minY(),
                            strip.minX() - out.region().minX());
                    System.arraycopy(votes, k * n + y * pitch, out.samples(), to, strip.width());
                }
            }
        }
    }
}
