package org.pixelforest.ui;

import java.io.IOException;
import java.util.List;
import org.pixelforest.classify.TilePrediction;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.label.Labels;

/** Looks at a tile in patches of {@value #EDGE} x {@value #EDGE} pixels: how unsure the forest is of each, between what, and its look. */
final class PatchScores {

    /** Edge of a patch: about a dozen cells, as much as one sees at a glance. */
    static final int EDGE = 64;

    /** A sliver at the edge of an image is no place to paint. */
    private static final int LEAST = 24;

    private PatchScores() {}

    static void add(
            RankedPlaces ranked,
            String image,
            ImageSource stack,
            TilePrediction prediction,
            Region tile,
            Content content)
            throws IOException {
        for (int y = tile.minY(); y < tile.maxY(); y += EDGE) {
            for (int x = tile.minX(); x < tile.maxX(); x += EDGE) {
                Region patch = new Region(
                        tile.t(),
                        tile.minZ(),
                        y,
                        x,
                        tile.maxZ(),
                        Math.min(tile.maxY(), y + EDGE),
                        Math.min(tile.maxX(), x + EDGE));
                if (patch.height() < LEAST || patch.width() < LEAST) {
                    continue;
                }
                Doubt doubt = new Doubt(content.classes().size());
                for (Region part : prediction.tiles(patch)) {
                    doubt.add(prediction.predict(stack, part));
                }
                ranked.add(image, patch, doubt, look(stack, patch), painted(content.labels(image), patch));
            }
        }
    }

    private static double painted(Labels labels, Region patch) {
        int painted = 0;
        for (byte cls : labels.read(patch)) {
            painted += cls != 0 ? 1 : 0;
        }
        return painted / (double) patch.pixels();
    }

    /** Mean and spread of every channel: what a patch looks like from afar. Values that are no numbers count as 0. */
    static double[] look(ImageSource stack, Region patch) throws IOException {
        Block block = stack.read(patch);
        int pixels = (int) patch.pixels();
        double[] look = new double[2 * block.channels()];
        for (int c = 0; c < block.channels(); c++) {
            double sum = 0;
            double squares = 0;
            for (int i = c * pixels; i < (c + 1) * pixels; i++) {
                double v = Float.isFinite(block.samples()[i]) ? block.samples()[i] : 0;
                sum += v;
                squares += v * v;
            }
            double mean = sum / pixels;
            look[2 * c] = mean;
            look[2 * c + 1] = Math.sqrt(Math.max(0, squares / pixels - mean * mean));
        }
        return look;
    }

    /** Sums what the forest says of the pixels of a patch. */
    static final class Doubt {

        private final double[] votes; // of each class, where it is in doubt
        private final int classes;
        private double sum;
        private long pixels;

        Doubt(int classes) {
            this.classes = classes;
            votes = new double[classes];
        }

        void add(Block block) {
            int n = (int) block.region().pixels();
            float[] samples = block.samples();
            for (int i = 0; i < n; i++) {
                double first = 0;
                double second = 0;
                for (int k = 0; k < classes; k++) {
                    double p = samples[k * n + i];
                    if (p > first) {
                        second = first;
                        first = p;
                    } else if (p > second) {
                        second = p;
                    }
                }
                double uncertainty = 1 - first + second;
                pixels++;
                if (first > 0 && Double.isFinite(uncertainty)) {
                    sum += uncertainty;
                    for (int k = 0; k < classes; k++) {
                        votes[k] += uncertainty * uncertainty * samples[k * n + i];
                    }
                }
            }
        }

        /** Mean of 1 - largest + second largest probability, 0 .. 1. */
        double mean() {
            return pixels == 0 ? 0 : sum / pixels;
        }

        /** The two classes, from 1, that the doubt is between; the likelier first. */
        List<Integer> between() {
            int first = 0;
            for (int k = 1; k < classes; k++) {
                first = votes[k] > votes[first] ? k : first;
            }
            int second = first == 0 ? 1 : 0;
            for (int k = 0; k < classes; k++) {
                second = k != first && votes[k] > votes[second] ? k : second;
            }
            return List.of(first + 1, second + 1);
        }
    }
}
