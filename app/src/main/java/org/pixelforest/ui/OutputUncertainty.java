package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.pixelforest.export.Export;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;

/** How unsure a classifier was of a whole image, and which images stand out. */
final class OutputUncertainty {

    /** Rows of the middle that stand for the image. */
    private static final int ROWS = 1024;

    /** With fewer images nothing is usual. */
    private static final int FEWEST = 5;

    /** The standard deviation of a normal distribution is so many median deviations. */
    private static final double NORMAL = 1.4826;

    private OutputUncertainty() {}

    /** Mean of 1 - (highest - second highest) over the middle of an output; empty for outputs other than probabilities. */
    static Optional<Double> of(String output) {
        if (output == null || !output.endsWith("_Probabilities.tiff")) {
            return Optional.empty();
        }
        try (ImageSource source = Images.open(Path.of(output))) {
            Shape shape = source.shape();
            double top = source.sampleType() == SampleType.UINT16 ? 65535 : 1;
            int height = Math.min(shape.y(), ROWS);
            int y0 = (shape.y() - height) / 2;
            Block block = source.read(new Region(0, 0, y0, 0, 1, y0 + height, shape.x()));
            float[] margin = Export.UNCERTAINTY.of(block).samples();
            int pixels = (int) block.region().pixels();
            double sum = 0;
            for (int i = 0; i < pixels; i++) {
                // NB: of numbers 0 .. top, the function gives 1 - (difference in them).
                sum += 1 - (1 - margin[i]) / top;
            }
            return Optional.of(sum / pixels);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * What is usual among images.
     *
     * @param images how many there are
     * @param median of their uncertainty
     * @param deviation median of the distances from it
     */
    record Usual(int images, double median, double deviation) {

        static Usual of(double... all) {
            if (all.length < FEWEST) {
                return new Usual(all.length, 0, 0);
            }
            double median = OutputUncertainty.median(all);
            double deviation = OutputUncertainty.median(
                    Arrays.stream(all).map(u -> Math.abs(u - median)).toArray());
            return new Usual(all.length, median, deviation);
        }

        /** Whether an image is far less certain than the others: more than three deviations, estimated by the median, above it. */
        boolean isOutlier(double uncertainty) {
            return images >= FEWEST && uncertainty - median > 3 * NORMAL * deviation + 0.01;
        }
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
