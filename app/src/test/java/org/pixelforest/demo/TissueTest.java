package org.pixelforest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;
import org.pixelforest.prepare.Crop;

class TissueTest {

    private static final TissueRecipe RECIPE = new TissueRecipe("Small_s0_a1_ac", 3, 120, 140, 0.02, 0.12, 0.2, 1, 0.2);

    @Test
    void theSameRecipeGivesTheSameCountsAndAnotherSeedOthers() {
        Tissue tissue = Tissue.grow(RECIPE);
        float[] counts = Acquisition.counts(tissue);
        assertThat(Acquisition.counts(Tissue.grow(RECIPE))).isEqualTo(counts);
        TissueRecipe other = new TissueRecipe("Small_s0_a1_ac", 4, 120, 140, 0.02, 0.12, 0.2, 1, 0.2);
        assertThat(Acquisition.counts(Tissue.grow(other))).isNotEqualTo(counts);
    }

    @Test
    void everyClassIsThereAndMarkersAreWhereTheyBelong() {
        Tissue tissue = Tissue.grow(RECIPE);
        double[] pixels = new double[4];
        double[] dna = new double[4];
        double[] membrane = new double[4];
        int width = 2 * RECIPE.width();
        for (int i = 0; i < tissue.truth().length; i++) {
            int raw = i / width / 2 * RECIPE.width() + i % width / 2;
            int cls = tissue.truth()[i];
            pixels[cls]++;
            dna[cls] += tissue.expected()[Marker.DNA2.ordinal()][raw];
            membrane[cls] += tissue.expected()[Marker.MEMBRANE.ordinal()][raw];
        }
        for (byte cls : List.of(Tissue.NUCLEUS, Tissue.CYTOPLASM, Tissue.BACKGROUND)) {
            assertThat(pixels[cls] / tissue.truth().length)
                    .as("share of class " + cls)
                    .isGreaterThan(0.1);
        }
        assertThat(dna[Tissue.NUCLEUS] / pixels[Tissue.NUCLEUS])
                .isGreaterThan(4 * dna[Tissue.CYTOPLASM] / pixels[Tissue.CYTOPLASM]);
        assertThat(membrane[Tissue.CYTOPLASM] / pixels[Tissue.CYTOPLASM])
                .isGreaterThan(2 * membrane[Tissue.BACKGROUND] / pixels[Tissue.BACKGROUND]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 4, 29.5, 70, 200})
    void poissonNumbersHaveTheirMeanAndVariance(double mean) {
        SplittableRandom random = new SplittableRandom(9);
        int n = 20_000;
        double[] counts = new double[n];
        Arrays.setAll(counts, i -> Acquisition.poisson(mean, random));
        double average = Arrays.stream(counts).average().orElseThrow();
        double variance = Arrays.stream(counts)
                .map(c -> (c - average) * (c - average))
                .average()
                .orElseThrow();
        assertThat(average).isBetween(mean - 5 * Math.sqrt(mean / n), mean + 5 * Math.sqrt(mean / n));
        assertThat(variance / mean).isBetween(0.92, 1.08);
    }

    @Test
    void someHotPixelsStandOut() {
        Tissue tissue = Tissue.grow(RECIPE);
        float[] counts = Acquisition.counts(tissue);
        int pixels = RECIPE.height() * RECIPE.width();
        int hot = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = tissue.expected()[i / pixels][i % pixels];
            hot += counts[i] > expected + 18 && counts[i] > 6 * expected + 18 ? 1 : 0;
        }
        assertThat(hot).isBetween(3, 40);
    }

    @Test
    void strokesAreFewAndNearlyAlwaysRight() {
        Tissue tissue = Tissue.grow(RECIPE);
        Crop crop = new Crop(10, 20, 200, 180);
        List<Stroke> strokes = Scribbles.paint(tissue, crop, 5);
        assertThat(strokes.stream().map(Stroke::cls).distinct()).containsExactlyInAnyOrder(1, 2, 3);
        Labels labels = Labels.empty(Shape.of(1, crop.height(), crop.width()));
        for (Stroke stroke : strokes) {
            labels = labels.with(stroke);
        }
        int painted = 0;
        int right = 0;
        for (int y = 0; y < crop.height(); y++) {
            for (int x = 0; x < crop.width(); x++) {
                int cls = labels.get(0, 0, y, x);
                painted += cls == 0 ? 0 : 1;
                right += cls == tissue.truth()[(crop.y() + y) * 2 * RECIPE.width() + crop.x() + x] ? 1 : 0;
            }
        }
        assertThat(strokes.size()).isBetween(15, 60);
        assertThat((double) painted / (crop.width() * crop.height())).isBetween(0.01, 0.1);
        assertThat((double) right / painted).isGreaterThan(0.9);
    }
}
