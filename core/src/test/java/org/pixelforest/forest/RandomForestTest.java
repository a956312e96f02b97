package org.pixelforest.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomForestTest {

    private static final int LEAF = 0x40000000;

    /** Column 1 below 2.5: class 1, else half and half. */
    private static int[] topology() {
        return new int[] {3, 2, 0, 0, 7, 9, 1, LEAF, 2, LEAF, 5};
    }

    private static double[] parameters() {
        return new double[] {1, 2.5, 10, 1, 0, 4, 0.5, 0.5};
    }

    private static RandomForest forest(int[] topology, double[] parameters) {
        return RandomForest.of(3, new int[] {1, 2}, List.of(List.of(new VigraTree(topology, parameters))));
    }

    @Test
    void predictsATreeThatCanBeReadByEye() {
        float[] planes = {0, 0, 0, 2.4f, 2.5f, Float.NaN, 0, 0, 0};
        float[] out = new float[6];
        forest(topology(), parameters()).predictor().predict(planes, 3, 0, 3, out, 3);
        assertThat(out).containsExactly(1f, 0.5f, 0f, 0f, 0.5f, 0f);
    }

    @Test
    void aTreeOfOneLeafIsAForest() {
        RandomForest forest = forest(new int[] {3, 2, LEAF, 0}, new double[] {7, 0, 1});
        float[] out = new float[2];
        forest.predictor().predict(new float[3], 1, 0, 1, out, 1);
        assertThat(out).containsExactly(0f, 1f);
        assertThat(forest.usedFeatures()).containsExactly(false, false, false);
    }

    @Test
    void tellsWhatItIsMadeOf() {
        RandomForest forest = forest(topology(), parameters());
        assertThat(forest.features()).isEqualTo(3);
        assertThat(forest.labels()).containsExactly(1, 2);
        assertThat(forest.usedFeatures()).containsExactly(false, true, false);
        assertThat(forest.vigraTrees().get(0).get(0)).isEqualTo(new VigraTree(topology(), parameters()));
        assertThat(forest.trees()).isEqualTo(1);
    }

    @Test
    void theSumFollowsEveryNumber() {
        String sum = forest(topology(), parameters()).sha256();
        assertThat(sum)
                .matches("[0-9a-f]{64}")
                .isEqualTo(forest(topology(), parameters()).sha256());
        double[] other = parameters();
        other[1] = Math.nextUp(other[1]);
        assertThat(forest(topology(), other).sha256()).isNotEqualTo(sum);
        VigraTree tree = new VigraTree(topology(), parameters());
        assertThat(RandomForest.of(3, new int[] {1, 3}, List.of(List.of(tree))).sha256())
                .isNotEqualTo(sum);
        assertThat(RandomForest.of(3, new int[] {1, 2}, List.of(List.of(tree, tree)))
                        .sha256())
                .isNotEqualTo(RandomForest.of(3, new int[] {1, 2}, List.of(List.of(tree), List.of(tree)))
                        .sha256());
    }

    @Test
    void refusesRangesBeyondTheArrays() {
        Predictor predictor = forest(topology(), parameters()).predictor();
        float[] out = new float[8];
        predictor.predict(new float[30], 10, 0, 0, out, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[29], 10, 6, 4, out, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[30], 10, 7, 4, out, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[30], 10, -1, 4, out, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[30], 10, 0, -1, out, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[30], 10, 0, 5, out, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[30], 10, 0, 4, out, 3));
    }

    @Test
    void refusesWhatIsNoForest() {
        VigraTree tree = new VigraTree(topology(), parameters());
        assertRefused(() -> RandomForest.of(0, new int[] {1, 2}, List.of(List.of(tree))), "at least 1 feature");
        assertRefused(() -> RandomForest.of(3, new int[0], List.of(List.of(tree))), "at least 1 class");
        assertRefused(() -> RandomForest.of(3, new int[] {2, 1}, List.of(List.of(tree))), "ascending");
        assertRefused(() -> RandomForest.of(3, new int[] {0, 1}, List.of(List.of(tree))), "ascending");
        assertRefused(() -> RandomForest.of(3, new int[] {1, 2}, List.of()), "at least 1 forest");
        assertRefused(() -> RandomForest.of(3, new int[] {1, 2}, List.of(List.of())), "no trees");
        assertRefused(() -> RandomForest.of(4, new int[] {1, 2}, List.of(List.of(tree))), "3 features");
        assertRefused(() -> RandomForest.of(3, new int[] {1, 2, 3}, List.of(List.of(tree))), "2 classes");
    }

    @Test
    void refusesBrokenTreesNamingThem() {
        assertBroken(2, 1, "unsupported kind");
        assertBroken(2, 2, "unsupported kind");
        assertBroken(7, LEAF | 1, "unsupported kind");
        assertBroken(3, -1, "outside of its parameters");
        assertBroken(3, 7, "outside of its parameters");
        assertBroken(8, 6, "outside of its parameters");
        assertBroken(8, Integer.MAX_VALUE, "outside of its parameters");
        assertBroken(4, 2, "twice");
        assertBroken(4, 9, "twice");
        assertBroken(4, 0, "outside of its nodes");
        assertBroken(4, 10, "outside of its nodes");
        assertBroken(4, Integer.MIN_VALUE, "outside of its nodes");
        assertBroken(5, Integer.MAX_VALUE, "outside of its nodes");
        assertBroken(6, 3, "column 3");
        assertBroken(6, -1, "column -1");
        assertRefused(() -> forest(new int[] {3, 2}, parameters()), "no root");
        assertRefused(() -> forest(new int[] {3, 2, 0, 0}, parameters()), "ends within a node");
        assertBrokenParameter(1, Double.NaN, "threshold that is not a number");
        assertBrokenParameter(3, Double.NaN, "fraction of NaN");
        assertBrokenParameter(3, -1, "fraction of -1");
        assertBrokenParameter(3, 0, "add up to");
    }

    private static void assertBroken(int place, int value, String message) {
        int[] topology = topology();
        topology[place] = value;
        assertRefused(() -> forest(topology, parameters()), "tree 0 of forest 0", message);
    }

    private static void assertBrokenParameter(int place, double value, String message) {
        double[] parameters = parameters();
        parameters[place] = value;
        assertRefused(() -> forest(topology(), parameters), "tree 0 of forest 0", message);
    }

    private static void assertRefused(Runnable made, String... message) {
        assertThatIllegalArgumentException().isThrownBy(made::run).withMessageContainingAll(message);
    }

    @Test
    void anyDamageIsRefusedOrHarmless() {
        RandomTrees trees = new RandomTrees(11, 5, 3, 0.3);
        Random random = new Random(12);
        float[] planes = RandomTrees.planes(trees.rows(40, true), 40, 0);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            VigraTree tree = trees.tree(1 + random.nextInt(40));
            int[] topology = tree.topology();
            double[] parameters = tree.parameters();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                if (random.nextBoolean()) {
                    topology[random.nextInt(topology.length)] =
                            random.nextBoolean() ? random.nextInt() : random.nextInt(topology.length + 2) - 1;
                } else {
                    parameters[random.nextInt(parameters.length)] = Double.longBitsToDouble(random.nextLong());
                }
            }
            if (random.nextInt(4) == 0) {
                topology = Arrays.copyOf(topology, random.nextInt(topology.length + 1));
            }
            List<List<VigraTree>> forests = List.of(List.of(new VigraTree(topology, parameters)));
            try {
                float[] out = new float[120];
                RandomForest.of(5, new int[] {1, 2, 3}, forests).predictor().predict(planes, 40, 0, 40, out, 40);
                assertThat(out).doesNotContain(Float.NaN);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("tree 0 of forest 0");
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 2900);
    }
}
