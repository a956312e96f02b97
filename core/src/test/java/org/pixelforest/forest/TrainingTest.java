package org.pixelforest.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrainingTest {

    private static final ForestOptions FEW = ForestOptions.ILASTIK.withTrees(20).withSeed(3);

    private static TrainedForest train(Samples samples, ForestOptions options, int threads) {
        return RandomForest.trainWithReport(samples, options, threads, Progress.NONE);
    }

    @Test
    void everyTreeEqualsTheOneGrownTheObviousWay() {
        for (int[] shape : new int[][] {
            {1, 1, 1},
            {2, 3, 2},
            {9, 4, 3},
            {30, 8, 2},
            {150, 17, 3},
            {500, 24, 4},
            {300, 5, 12},
            {700, 16, 2},
            {400, 10, 6}
        }) {
            Samples samples = RandomSamples.of(shape[0], shape[0], shape[1], shape[2]);
            List<VigraTree> trees = new ArrayList<>();
            train(samples, FEW, 1).forest().vigraTrees().forEach(trees::addAll);
            for (int t = 0; t < trees.size(); t++) {
                assertThat(trees.get(t))
                        .as("tree %d of %s", t, Arrays.toString(shape))
                        .isEqualTo(SlowTraining.tree(samples, FEW, t));
            }
        }
    }

    @Test
    void usesOnlyTheColumnsAllowed() {
        Samples samples = RandomSamples.of(1, 200, 20, 3);
        ForestOptions options = FEW.withColumns(List.of(0, 5, 6, 13));
        RandomForest forest = train(samples, options, 2).forest();
        assertThat(forest.features()).isEqualTo(20);
        boolean[] used = forest.usedFeatures();
        for (int f = 0; f < 20; f++) {
            assertThat(used[f]).as("column %d", f).isEqualTo(options.columns().contains(f));
        }
        assertThat(forest.vigraTrees().get(1).get(0)).isEqualTo(SlowTraining.tree(samples, options, 3));
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        Samples samples = RandomSamples.of(5, 400, 30, 3);
        TrainedForest one = train(samples, ForestOptions.ILASTIK, 1);
        for (int threads : new int[] {2, 3, 8}) {
            TrainedForest more = train(RandomSamples.of(5, 400, 30, 3), ForestOptions.ILASTIK, threads);
            assertThat(more.forest().sha256()).isEqualTo(one.forest().sha256());
            assertThat(more.report()).isEqualTo(one.report());
        }
        assertThat(train(samples, ForestOptions.ILASTIK.withSeed(1), 2).forest().sha256())
                .isNotEqualTo(one.forest().sha256());
    }

    /** The sum stands here so that every Java version, system and later release is held against the same one. */
    @Test
    void isTheSameForestForEver() {
        TrainedForest trained = train(RandomSamples.of(17, 1500, 50, 4), ForestOptions.ILASTIK.withSeed(42), 2);
        assertThat(trained.forest().sha256())
                .isEqualTo("0b38b23d29d9c51e4dee9fbb4549f9c83869f0de3ce033ef691cc0db4ea3c59b");
    }

    @Test
    void hasTheSubForestsOfEightThreads() {
        RandomForest forest =
                train(RandomSamples.of(5, 40, 5, 2), ForestOptions.ILASTIK, 2).forest();
        assertThat(forest.vigraTrees()).extracting(List::size).containsExactly(13, 13, 13, 13, 12, 12, 12, 12);
        assertThat(forest.labels()).containsExactly(1, 3);
        assertThat(train(RandomSamples.of(5, 40, 5, 2), ForestOptions.ILASTIK.withTrees(3), 1)
                        .forest()
                        .vigraTrees())
                .extracting(List::size)
                .containsExactly(1, 1, 1);
    }

    @Test
    void theOutOfBagErrorIsThatOfTheTreesWalkedOneByOne() {
        Samples samples = RandomSamples.of(8, 120, 9, 3);
        TrainedForest trained = train(samples, FEW, 2);
        double[][] all = new double[samples.count()][3];
        double mean = 0;
        int tree = 0;
        for (List<VigraTree> forest : trained.forest().vigraTrees()) {
            double[][] votes = new double[samples.count()][3];
            for (VigraTree t : forest) {
                boolean[] drawn = drawn(samples.count(), tree++);
                for (int i = 0; i < samples.count(); i++) {
                    double[] leaf = SlowForest.leaf(t, row(samples, i));
                    for (int k = 0; k < 3 && !drawn[i]; k++) {
                        votes[i][k] += leaf[k];
                        all[i][k] += leaf[k];
                    }
                }
            }
            mean += error(samples, votes) / trained.forest().vigraTrees().size();
        }
        assertThat(trained.report().meanOobError()).isCloseTo(mean, within(1e-12));
        assertThat(trained.report().oobError()).isEqualTo(error(samples, all));
        assertThat(trained.report().oobError()).isBetween(0.02, 0.5);
    }

    private static boolean[] drawn(int n, int tree) {
        TreeRandom random = new TreeRandom(FEW.seed(), tree);
        boolean[] drawn = new boolean[n];
        for (int i = 0; i < n; i++) {
            drawn[random.next(n)] = true;
        }
        return drawn;
    }

    private static float[] row(Samples samples, int i) {
        float[] row = new float[samples.features()];
        for (int f = 0; f < row.length; f++) {
            row[f] = samples.value(f, i);
        }
        return row;
    }

    private static double error(Samples samples, double[][] votes) {
        int seen = 0;
        int wrong = 0;
        for (int i = 0; i < votes.length; i++) {
            int best = 0;
            for (int k = 1; k < votes[i].length; k++) {
                best = votes[i][k] > votes[i][best] ? k : best;
            }
            if (votes[i][best] > 0) {
                seen++;
                wrong += samples.labels()[best] == samples.classOf(i) ? 0 : 1;
            }
        }
        return wrong / (double) seen;
    }

    @Test
    void importanceFallsOnTheColumnThatTells() {
        Random random = new Random(4);
        float[][] columns = new float[6][300];
        int[] classes = new int[300];
        for (int i = 0; i < 300; i++) {
            classes[i] = 1 + i % 2;
            for (int f = 0; f < 6; f++) {
                columns[f][i] = random.nextFloat() + (f == 4 ? i % 2 * 0.95f : 0);
            }
        }
        List<Double> importance =
                train(Samples.of(columns, classes), FEW, 2).report().importance();
        assertThat(importance.get(4)).isGreaterThan(0.5);
        assertThat(importance.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void balanceDrawsRareClassesAsOftenAsOthers() {
        Random random = new Random(4);
        float[][] columns = new float[2][1000];
        int[] classes = new int[1000];
        for (int i = 0; i < 1000; i++) {
            classes[i] = i < 50 ? 1 : 2;
            columns[0][i] = random.nextFloat();
            columns[1][i] = random.nextFloat();
        }
        Samples samples = Samples.of(columns, classes);
        assertThat(inBag(train(samples, FEW, 1).forest(), 0)).isCloseTo(0.05, within(0.01));
        assertThat(inBag(train(samples, FEW.withBalance(true), 1).forest(), 0)).isCloseTo(0.5, within(0.02));
    }

    /** Share of a class in the leaves of all trees, by the samples drawn. */
    private static double inBag(RandomForest forest, int cls) {
        double ofClass = 0;
        double all = 0;
        for (List<VigraTree> trees : forest.vigraTrees()) {
            for (VigraTree tree : trees) {
                int[] topology = tree.topology();
                double[] parameters = tree.parameters();
                for (int at = 2; at < topology.length; at += topology[at] == 0 ? 5 : 2) {
                    if (topology[at] != 0) {
                        all += parameters[topology[at + 1]];
                        ofClass += parameters[topology[at + 1]] * parameters[topology[at + 1] + 1 + cls];
                    }
                }
            }
        }
        return ofClass / all;
    }

    @Test
    void equalRowsOfSeveralClassesEndInOneLeaf() {
        Samples samples = Samples.of(new float[][] {{1, 1, 1, 1}, {0f, -0f, 0f, -0f}}, new int[] {1, 1, 2, 2});
        TrainedForest trained = train(samples, FEW, 1);
        assertThat(trained.forest().usedFeatures()).containsExactly(false, false);
        assertThat(trained.report().leaves()).isEqualTo(1);
        float[] out = new float[2];
        trained.forest().predictor().predict(new float[] {1, 0}, 1, 0, 1, out, 1);
        assertThat(out[0] + out[1]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void samplesMadeOfOthersTrainLikeFreshOnes() {
        Samples old = RandomSamples.of(1, 700, 12, 3);
        Samples added = RandomSamples.of(2, 450, 12, 4);
        train(old, FEW, 2); // so that the orders are known
        boolean[] keep = new boolean[700];
        for (int i = 0; i < 700; i++) {
            keep[i] = i % 5 != 0;
        }
        Samples changed = old.changed(keep, added);
        float[][] columns = new float[12][changed.count()];
        int[] classes = new int[changed.count()];
        for (int i = 0, to = 0; i < 700 + 450; i++) {
            if (i < 700 && !keep[i]) {
                continue;
            }
            Samples from = i < 700 ? old : added;
            int at = i < 700 ? i : i - 700;
            classes[to] = from.classOf(at);
            for (int f = 0; f < 12; f++) {
                columns[f][to] = from.value(f, at);
            }
            to++;
        }
        String fresh = train(Samples.of(columns, classes), FEW, 2).forest().sha256();
        assertThat(train(changed, FEW, 2).forest().sha256()).isEqualTo(fresh);
        boolean[] all = new boolean[changed.count()];
        Arrays.fill(all, true);
        assertThat(train(changed.changed(all, added), FEW, 1).forest().sha256())
                .isEqualTo(train(Samples.of(columns, classes).changed(all, added), FEW, 1)
                        .forest()
                        .sha256());
    }

    @Test
    void canBeCancelledBetweenTrees() {
        Samples samples = RandomSamples.of(1, 50, 4, 2);
        List<Integer> heard = new ArrayList<>();
        Progress progress = (done, total) -> {
            heard.add(done);
            assertThat(total).isEqualTo(100);
            return done < 10;
        };
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> RandomForest.trainWithReport(samples, ForestOptions.ILASTIK, 2, progress));
        assertThat(heard).startsWith(0).isSorted().hasSizeLessThan(20).doesNotHaveDuplicates();
    }

    @Test
    void refusesSamplesThatCannotBeTrainedOn() {
        float[][] columns = {{1, 2, 3}, {4, Float.NaN, 5}};
        assertRefused(() -> Samples.of(columns, new int[] {1, 2, 1}), "sample 1 has NaN for feature 1");
        columns[1][1] = Float.NEGATIVE_INFINITY;
        assertRefused(() -> Samples.of(columns, new int[] {1, 2, 1}), "sample 1 has -Infinity for feature 1");
        columns[1][1] = 0;
        assertRefused(() -> Samples.of(columns, new int[] {1, 2}), "column 0 has 3 values");
        assertRefused(() -> Samples.of(columns, new int[] {1, 2, 0}), "class 0");
        assertRefused(() -> Samples.of(new float[0][], new int[0]), "at least 1 feature");
        Samples none = Samples.of(new float[2][0], new int[0]);
        assertRefused(() -> train(none, FEW, 1), "nothing is labelled");
        Samples three = Samples.of(columns, new int[] {1, 2, 1});
        assertRefused(() -> train(three, FEW.withColumns(List.of(2)), 1), "column 2");
        assertRefused(() -> train(three, FEW, 0), "threads");
        assertRefused(() -> new ForestOptions(0, 1, 0, false, 0, List.of()), "number of trees");
        assertRefused(() -> new ForestOptions(5, 6, 0, false, 0, List.of()), "number of forests");
        assertRefused(() -> new ForestOptions(5, 5, 0, false, 0, List.of(3, 3)), "ascending");
    }

    private static void assertRefused(Runnable called, String message) {
        assertThatIllegalArgumentException().isThrownBy(called::run).withMessageContaining(message);
    }
}
