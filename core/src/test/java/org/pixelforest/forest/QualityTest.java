package org.pixelforest.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityTest {

    private static final ForestOptions FEW = new ForestOptions(30, 1, 0, false, 0, List.of());

    /** Strokes of 20 nearly equal pixels: three classes told apart by columns 0 and 1, and columns of noise that differ between strokes. */
    private static Samples strokes(int strokes, int noise) {
        Random random = new Random(9);
        float[][] columns = new float[2 + noise][20 * strokes];
        int[] classes = new int[20 * strokes];
        for (int s = 0; s < strokes; s++) {
            int cls = s % 3;
            double a = (cls == 1 ? 2 : 0) + random.nextGaussian() * 0.5;
            double b = (cls == 2 ? 2 : 0) + random.nextGaussian() * 0.5;
            double[] own = random.doubles(noise).toArray();
            for (int i = 20 * s; i < 20 * s + 20; i++) {
                classes[i] = cls + 1;
                columns[0][i] = (float) (a + random.nextGaussian() * 0.1);
                columns[1][i] = (float) (b + random.nextGaussian() * 0.1);
                for (int f = 0; f < noise; f++) {
                    columns[2 + f][i] = (float) (own[f] + random.nextGaussian() * 0.001);
                }
            }
        }
        return Samples.of(columns, classes);
    }

    private static int[] strokeOf(Samples samples) {
        return IntStream.range(0, samples.count()).map(i -> 1000 - i / 20).toArray();
    }

    private static CrossValidation validate(Samples samples, int[] groups, int folds) {
        return CrossValidation.run(samples, groups, folds, FEW, 2, Progress.NONE);
    }

    @Test
    void noGroupIsDividedAndAllPartsAreAlike() {
        Samples samples = strokes(30, 2);
        CrossValidation validation = validate(samples, strokeOf(samples), 5);
        int[][] counts = new int[5][4];
        for (int i = 0; i < samples.count(); i++) {
            assertThat(validation.foldOf(i)).isEqualTo(validation.foldOf(i / 20 * 20));
            counts[validation.foldOf(i)][samples.classOf(i)]++;
        }
        for (int[] count : counts) {
            assertThat(count).containsExactly(0, 40, 40, 40);
        }
    }

    @Test
    void everySampleIsJudgedByAForestThatNeverSawItsGroup() {
        Samples samples = strokes(12, 3);
        int[] groups = strokeOf(samples);
        CrossValidation validation = validate(samples, groups, 4);
        for (int part = 0; part < 4; part++) {
            List<Integer> others = new ArrayList<>();
            for (int i = 0; i < samples.count(); i++) {
                if (validation.foldOf(i) != part) {
                    others.add(i);
                }
            }
            float[][] columns = new float[samples.features()][others.size()];
            int[] classes = new int[others.size()];
            for (int j = 0; j < others.size(); j++) {
                classes[j] = samples.classOf(others.get(j));
                for (int f = 0; f < columns.length; f++) {
                    columns[f][j] = samples.value(f, others.get(j));
                }
            }
            RandomForest forest = RandomForest.train(Samples.of(columns, classes), FEW, Progress.NONE);
            for (int i = 0; i < samples.count(); i++) {
                if (validation.foldOf(i) == part) {
                    float[] row = new float[samples.features()];
                    for (int f = 0; f < row.length; f++) {
                        row[f] = samples.value(f, i);
                    }
                    float[] out = new float[3];
                    forest.predictor().predict(row, 1, 0, 1, out, 1);
                    assertThat(validation.ownShare(i)).isCloseTo(out[samples.classOf(i) - 1], within(1e-6));
                }
            }
        }
    }

    @Test
    void groupsAreHonestWhereSinglePixelsFlatter() {
        Samples samples = strokes(18, 40);
        int[] single = IntStream.range(0, samples.count()).toArray();
        double flattering = validate(samples, single, 5).error();
        double honest = validate(samples, strokeOf(samples), 5).error();
        assertThat(flattering).isLessThan(0.01);
        assertThat(honest).isGreaterThan(flattering + 0.02);
    }

    @Test
    void findsTheSlipsOfTheBrush() {
        Samples clean = strokes(30, 0);
        float[][] columns = {new float[600], new float[600]};
        int[] classes = new int[600];
        for (int i = 0; i < 600; i++) {
            classes[i] = clean.classOf(i);
            columns[0][i] = (classes[i] == 2 ? 10 : 0) + clean.value(0, i);
            columns[1][i] = (classes[i] == 3 ? 10 : 0) + clean.value(1, i);
        }
        for (int slip : new int[] {5, 105, 306}) {
            classes[slip] = classes[slip] % 3 + 1;
        }
        Samples samples = Samples.of(columns, classes);
        List<Slip> slips = validate(samples, strokeOf(samples), 5).slips(0.9);
        assertThat(slips).extracting(Slip::sample).containsExactlyInAnyOrder(5, 105, 306);
        assertThat(slips).allSatisfy(slip -> {
            assertThat(slip.predicted()).isEqualTo(clean.classOf(slip.sample()));
            assertThat(slip.label()).isEqualTo(samples.classOf(slip.sample()));
            assertThat(slip.share()).isBetween(0.9, 1.0);
        });
    }

    @Test
    void saysOfWhichClassesNothingCanBeSaid() {
        Samples samples = strokes(7, 1);
        int[] images = IntStream.range(0, samples.count())
                .map(i -> i < 20 ? 1 : samples.classOf(i) == 2 ? 2 : 3 + i / 20)
                .toArray();
        CrossValidation validation = validate(samples, images, 3);
        assertThat(validation.classesOfOneGroup()).containsExactly(2);
        assertThat(validation.slips(0.5)).noneMatch(slip -> slip.label() == 2);
        assertThat(validation.confusion().recall(1)).isZero();
    }

    @Test
    void doesNotDependOnTheThreads() {
        Samples samples = strokes(9, 5);
        CrossValidation one = CrossValidation.run(samples, strokeOf(samples), 3, FEW, 1, Progress.NONE);
        CrossValidation four = CrossValidation.run(strokes(9, 5), strokeOf(samples), 3, FEW, 4, Progress.NONE);
        assertThat(four.confusion()).isEqualTo(one.confusion());
        assertThat(four.importance()).isEqualTo(one.importance());
    }

    @Test
    void refusesWhatCannotBeValidated() {
        Samples samples = strokes(3, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> validate(samples, new int[60], 5))
                .withMessageContaining("2 groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> validate(samples, strokeOf(samples), 1))
                .withMessageContaining("2 folds");
        assertThatIllegalArgumentException().isThrownBy(() -> validate(samples, new int[59], 5));
    }

    @Test
    void countsAsInTheTextbook() {
        ConfusionMatrix matrix =
                ConfusionMatrix.of(new int[] {1, 1, 1, 1, 4, 4, 4, 0, 4, 9}, new int[] {1, 1, 1, 4, 4, 4, 1, 4, 0, 9});
        assertThat(matrix.labels()).containsExactly(1, 4, 9);
        assertThat(matrix.total()).isEqualTo(8);
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(matrix.accuracy()).isEqualTo(0.75);
        assertThat(matrix.precision(0)).isEqualTo(0.75);
        assertThat(matrix.recall(1)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(matrix.f1(1)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(matrix.meanF1()).isCloseTo((0.75 + 2 / 3.0 + 1) / 3, within(1e-12));
    }

    @Test
    void kappaIsCohens() {
        // 50 grant proposals judged by two readers: agreement 0.7, by chance 0.5, kappa 0.4.
        ConfusionMatrix readers = new ConfusionMatrix(new int[] {1, 2}, new long[][] {{20, 5}, {10, 15}});
        assertThat(readers.kappa()).isCloseTo(0.4, within(1e-12));
        assertThat(readers.kappa(0)).isCloseTo(0.4, within(1e-12));
        assertThat(readers.kappa(1)).isCloseTo(0.4, within(1e-12));
        ConfusionMatrix chance =
                new ConfusionMatrix(new int[] {1, 2, 3}, new long[][] {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}});
        assertThat(chance.kappa()).isCloseTo(0, within(1e-12));
    }

    @Test
    void theLearningCurveEndsAtTheCrossValidation() {
        Samples samples = strokes(18, 20);
        int[] groups = strokeOf(samples);
        LearningCurve curve = LearningCurve.run(samples, groups, 3, List.of(0.01, 0.1, 1.0), FEW, 2, Progress.NONE);
        assertThat(curve.points()).extracting(LearningCurve.Point::samples).containsExactly(2, 24, 240);
        assertThat(curve.points().get(2).accuracy())
                .isEqualTo(validate(samples, groups, 3).confusion().accuracy());
        assertThat(curve.points().get(0).meanF1())
                .isLessThan(curve.points().get(2).meanF1() - 0.1);
    }

    @Test
    void suggestsTheFeaturesThatTell() {
        Samples samples = strokes(60, 10);
        int[] unit = {3, 7, 0, 0, 1, 1, 2, 2, 4, 4, 5, 5};
        List<Integer> heard = new ArrayList<>();
        FeatureSuggestion suggestion = FeatureSuggestion.run(
                samples, strokeOf(samples), 4, unit, FEW, 2, (done, total) -> heard.add(done * 1000 / total));
        assertThat(heard).isSorted().last().isEqualTo(1000);
        assertThat(suggestion.steps()).extracting(step -> step.units().size()).containsExactly(7, 6, 5, 4, 3, 2, 1);
        assertThat(suggestion.steps().subList(0, 6))
                .allSatisfy(step -> assertThat(step.units().subList(0, 2)).containsExactlyInAnyOrder(3, 7));
        assertThat(suggestion.steps().get(5).columns()).containsExactly(0, 1);
        assertThat(suggestion.suggested(1).units()).hasSize(1);
        FeatureSuggestion.Step step = suggestion.suggested(0.05);
        double best = suggestion.steps().stream()
                .mapToDouble(FeatureSuggestion.Step::meanF1)
                .max()
                .orElseThrow();
        assertThat(step.meanF1()).isGreaterThanOrEqualTo(best - 0.05);
        assertThat(suggestion.steps()).allSatisfy(other -> assertThat(
                        other.units().size() >= step.units().size() || other.meanF1() < best - 0.05)
                .isTrue());
    }
}
