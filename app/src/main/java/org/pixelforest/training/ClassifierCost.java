package org.pixelforest.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pixelforest.classify.LabeledImage;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * What a classifier costs on this machine.
 *
 * @param features how many are selected
 * @param columns feature channels that its forest looks at
 * @param milliseconds a megapixel, one core
 * @param megabytes the feature values of a megapixel
 */
public record ClassifierCost(int features, int columns, double milliseconds, double megabytes) {

    /** Side of the part of an image that costs are measured on, in pixels. */
    private static final int EDGE = 256;

    private static final long BUDGET_NANOS = 4_000_000_000L;

    /**
     * Measures classifiers on a part of an image, turn by turn, so that what else the machine does burdens all; of each the
     * fastest run counts, for the others were disturbed. Takes about four seconds.
     */
    public static List<ClassifierCost> of(List<PixelClassifier> classifiers, LabeledImage image) throws IOException {
        Shape shape = image.stack().shape();
        Region part = new Region(0, 0, 0, 0, 1, Math.min(EDGE, shape.y()), Math.min(EDGE, shape.x()));
        double[] best = new double[classifiers.size()];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        long first = System.nanoTime();
        for (int run = 0; run < 3 || System.nanoTime() - first < BUDGET_NANOS; run++) {
            for (int i = 0; i < best.length; i++) {
                long begun = System.nanoTime();
                classifiers.get(i).probabilities(image.stack(), part);
                best[i] = Math.min(best[i], (System.nanoTime() - begun) / 1e6);
            }
        }
        List<ClassifierCost> costs = new ArrayList<>();
        for (int i = 0; i < best.length; i++) {
            int columns = columns(classifiers.get(i));
            costs.add(new ClassifierCost(
                    classifiers.get(i).features().features().size(),
                    columns,
                    best[i] / part.pixels() * 1e6,
                    columns * (double) Float.BYTES));
        }
        return costs;
    }

    private static int columns(PixelClassifier classifier) {
        int columns = 0;
        for (boolean used : classifier.forest().usedFeatures()) {
            columns += used ? 1 : 0;
        }
        return columns;
    }

    /** What {@code after} saves, in lines for people. */
    public static List<String> saving(ClassifierCost before, ClassifierCost after) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "time       %.0f ms instead of %.0f ms a megapixel on one core",
                        after.milliseconds,
                        before.milliseconds),
                String.format(
                        Locale.ROOT,
                        "values     %.0f MB instead of %.0f MB of features a megapixel (%d of %d feature channels)",
                        after.megabytes,
                        before.megabytes,
                        after.columns,
                        before.columns));
    }
}
