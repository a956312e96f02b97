package org.pixelforest.project;

import java.util.List;
import java.util.Optional;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.image.Shape;

/** Relates the columns of a forest to features and channels. */
final class FeatureColumns {

    private FeatureColumns() {}

    /** Channels of the images: what the lanes say, else what the forest was trained on. */
    static Optional<Integer> channels(
            List<Lane> lanes, Optional<FeatureSelection> features, Optional<RandomForest> forest) {
        Optional<Shape> image = lanes.stream().flatMap(l -> l.shape().stream()).findFirst();
        if (features.isEmpty() || forest.isEmpty()) {
            return image.map(Shape::c);
        }
        if (image.isPresent() && fits(features.get(), image.get(), forest.get())) {
            return image.map(Shape::c);
        }
        return fromForest(features.get(), forest.get());
    }

    private static boolean fits(FeatureSelection features, Shape image, RandomForest forest) {
        // Every feature has a column a channel; a damaged channel count must not be multiplied.
        return image.c() <= forest.features() && features.count(image) == forest.features();
    }

    /** Planes first, then stacks deep enough for every filter. */
    private static Optional<Integer> fromForest(FeatureSelection features, RandomForest forest) {
        for (int depth : new int[] {1, 1000}) {
            int each = features.count(new Shape(1, 1, depth, 1000, 1000));
            if (each > 0 && forest.features() % each == 0) {
                return Optional.of(forest.features() / each);
            }
        }
        return Optional.empty();
    }
}
