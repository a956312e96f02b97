package org.pixelforest.batch;

import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.TilePrediction;
import org.pixelforest.image.Shape;

/** What one thread keeps from tile to tile; made anew only where an image has another shape than the one before. */
final class TileScratch {

    private TilePrediction tile;
    private PixelClassifier classifier;
    private Shape shape;

    TilePrediction of(PixelClassifier wanted, Shape image) {
        if (tile == null || classifier != wanted || !image.equals(shape)) {
            tile = new TilePrediction(wanted, image);
            classifier = wanted;
            shape = image;
        }
        return tile;
    }
}
