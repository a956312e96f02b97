package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.ui.RankedPlaces.Place;

/** Where to label next: the unsure, the new, the rare. */
class RankedPlacesTest {

    private static final List<LabelClass> CLASSES = List.of(
            new LabelClass("nucleus", 0xff0000),
            new LabelClass("cytoplasm", 0x00ff00),
            new LabelClass("background", 0x0000ff));
    private static final Shape SHAPE = Shape.of(1, 64, 6400);

    private static Content content(int... painted) {
        Labels labels = Labels.empty(SHAPE);
        for (int cls = 1; cls <= painted.length; cls++) {
            byte[] run = new byte[painted[cls - 1]];
            Arrays.fill(run, (byte) cls);
            labels = labels.with(new Region(0, 0, cls, 0, 1, cls + 1, run.length), run);
        }
        return new Content(List.of("image"), CLASSES, Map.of("image", labels));
    }

    private static Region patch(int number) {
        return new Region(0, 0, 0, 64 * number, 1, 64, 64 * number + 64);
    }

    /** What a forest says that gives every pixel these probabilities. */
    private static PatchScores.Doubt doubt(double... probabilities) {
        Block block = Block.zeros(new Region(0, 0, 0, 0, 1, 2, 2), probabilities.length);
        for (int i = 0; i < block.samples().length; i++) {
            block.samples()[i] = (float) probabilities[i / 4];
        }
        PatchScores.Doubt doubt = new PatchScores.Doubt(probabilities.length);
        doubt.add(block);
        return doubt;
    }

    private static List<Integer> order(RankedPlaces ranked) {
        return ranked.best(100).stream().map(p -> p.box().get(0) / 64).toList();
    }

    @Test
    void doubtIsOneMinusTheMarginAndBetweenTheTwoLikeliest() {
        PatchScores.Doubt doubt = doubt(0.1, 0.5, 0.4);
        assertThat(doubt.mean()).isCloseTo(1 - (0.5 - 0.4), org.assertj.core.api.Assertions.within(1e-6));
        assertThat(doubt.between()).containsExactly(2, 3);
        assertThat(doubt(0, 1, 0).mean()).isZero();
    }

    @Test
    void thePlaceSaysWhereItIsAndBetweenWhat() {
        RankedPlaces ranked = new RankedPlaces(content());
        ranked.add("image", patch(3), doubt(0.1, 0.4, 0.5), new double[] {1, 2}, 0);
        Place place = ranked.best(5).get(0);
        assertThat(place.image()).isEqualTo("image");
        assertThat(place.box()).containsExactly(192, 0, 256, 64);
        assertThat(place.classes()).containsExactly(3, 2);
        assertThat(place.reason()).isEqualTo("background or cytoplasm");
    }

    @Test
    void theLeastSureComesFirstAndTheSureNever() {
        RankedPlaces ranked = new RankedPlaces(content());
        double[] look = {1};
        ranked.add("image", patch(0), doubt(0.8, 0.2, 0), look, 0);
        ranked.add("image", patch(1), doubt(0.5, 0.5, 0), look, 0);
        ranked.add("image", patch(2), doubt(1, 0, 0), look, 0);
        ranked.add("image", patch(3), doubt(0.6, 0.4, 0), look, 0);
        assertThat(order(ranked)).containsExactly(1, 3, 0);
    }

    @Test
    void whatLooksLikeALabelledPartComesLater() {
        RankedPlaces ranked = new RankedPlaces(content());
        ranked.add("image", patch(0), doubt(0.5, 0.5, 0), new double[] {10, 3}, 0);
        ranked.add("image", patch(1), doubt(0.55, 0.45, 0), new double[] {0, 7}, 0);
        ranked.known(new double[] {10, 3});
        assertThat(order(ranked)).containsExactly(1, 0);
    }

    @Test
    void aSecondPlaceOfTheSameLookWaitsForOthers() {
        RankedPlaces ranked = new RankedPlaces(content());
        ranked.add("image", patch(0), doubt(0.50, 0.50, 0), new double[] {10, 3}, 0);
        ranked.add("image", patch(1), doubt(0.51, 0.49, 0), new double[] {10, 3}, 0);
        ranked.add("image", patch(2), doubt(0.60, 0.40, 0), new double[] {0, 7}, 0);
        assertThat(order(ranked)).containsExactly(0, 2, 1);
    }

    @Test
    void doubtOfAClassWithFewLabelsWeighsMore() {
        RankedPlaces ranked = new RankedPlaces(content(3000, 3000, 10));
        double[] look = {1};
        ranked.add("image", patch(0), doubt(0.5, 0.5, 0), look, 0);
        ranked.add("image", patch(1), doubt(0, 0.5, 0.5), look, 0);
        assertThat(order(ranked)).containsExactly(1, 0);
    }

    @Test
    void whatIsPaintedToAFifthIsNoPlace() {
        RankedPlaces ranked = new RankedPlaces(content());
        ranked.add("image", patch(0), doubt(0.5, 0.5, 0), new double[] {1}, 0.2);
        ranked.add("image", patch(1), doubt(0.5, 0.5, 0), new double[] {1}, 0.1);
        assertThat(order(ranked)).containsExactly(1);
    }

    @Test
    void oneClassAloneLeavesNoDoubt() {
        Content one = new Content(List.of("image"), CLASSES.subList(0, 1), Map.of("image", Labels.empty(SHAPE)));
        RankedPlaces ranked = new RankedPlaces(one);
        ranked.add("image", patch(0), doubt(1), new double[] {1}, 0);
        assertThat(ranked.best(24)).isEmpty();
    }

    /** The greedy choice written down as slowly as it is defined. */
    @Test
    void theOrderIsThatOfTheSlowObviousVersion() {
        Random random = new Random(11);
        RankedPlaces ranked = new RankedPlaces(content());
        int n = 40;
        double[] doubts = new double[n];
        double[][] looks = new double[n][2];
        double[] painted = new double[n];
        for (int i = 0; i < n; i++) {
            double p = 0.5 + random.nextDouble() / 2;
            doubts[i] = 1 - (float) p + (float) (1 - p);
            looks[i] = new double[] {random.nextGaussian(), 100 * random.nextGaussian()};
            painted[i] = random.nextInt(3) * 0.05;
            ranked.add("image", patch(i), doubt(p, 1 - p, 0), looks[i], painted[i]);
        }
        double[] deviation = new double[2];
        for (int k = 0; k < 2; k++) {
            int at = k;
            double mean = Arrays.stream(looks).mapToDouble(l -> l[at]).average().orElseThrow();
            deviation[k] = Math.sqrt(Arrays.stream(looks)
                    .mapToDouble(l -> (l[at] - mean) * (l[at] - mean))
                    .average()
                    .orElseThrow());
        }
        List<Integer> expected = new ArrayList<>();
        while (expected.size() < n) {
            int best = -1;
            double highest = -1;
            for (int i = 0; i < n; i++) {
                if (!expected.contains(i)) {
                    double nearest = Double.POSITIVE_INFINITY;
                    for (int j : expected) {
                        double a = (looks[i][0] - looks[j][0]) / deviation[0];
                        double b = (looks[i][1] - looks[j][1]) / deviation[1];
                        nearest = Math.min(nearest, Math.sqrt((a * a + b * b) / 2));
                    }
                    double novelty = nearest == Double.POSITIVE_INFINITY ? 1 : nearest / (1 + nearest);
                    double score = doubts[i] * (0.2 + novelty) * (1 - 5 * painted[i]);
                    if (score > highest) {
                        highest = score;
                        best = i;
                    }
                }
            }
            expected.add(best);
        }
        assertThat(order(ranked)).isEqualTo(expected);
    }
}
