package org.pixelforest.project;

import java.util.List;
import java.util.Optional;
import org.pixelforest.feature.Feature;
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
        return count(features, image) == forest.features();
    }

    /** Feature channels of an image. */
    static int count(FeatureSelection features, Shape image) {
        long count = 0;
        for (Feature feature : features.features()) {
            boolean flat = feature.in2d() || image.z() == 1 || tooThin(feature, image.z());
            count += (long) image.c() * (feature.filter().eigenvalues() ? flat ? 2 : 3 : 1);
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    /** Stacks thinner than a filter's window along z are filtered plane by plane. */
    private static boolean tooThin(Feature feature, int depth) {
        double sigma = Math.min(feature.sigma(), 1);
        return Math.ceil(2 * sigma) + 1 > depth;
    }

    /** Planes first, then stacks deep enough for every filter. */
    private static Optional<Integer> fromForest(FeatureSelection features, RandomForest forest) {
        for (int depth : new int[] {1, 1000}) {
            int each = count(features, new Shape(1, 1, depth, 1000, 1000));
            if (each > 0 && forest.features() % each == 0) {
                return Optional.of(forest.features() / each);
            }
        }
        return Optional.empty();
    }
}
