package org.pixelforest.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every way to evaluate a forest gives the bits of the slow one: trees of all sizes, leaves of all kinds, values of all kinds. */
class ForestKernelTest {

    private record Kind(String name, Function<NodeTable, ForestKernel> kernel) {}

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(new Kind("walk", WalkKernel::new));
        if (KernelChoice.hasVectors()) {
            kinds.add(new Kind("vector", nodes -> KernelChoice.vector(nodes, 1 << 20)));
            kinds.add(new Kind("vector, larger trees walked", nodes -> KernelChoice.vector(nodes, 3)));
        } else {
            System.err.println("SKIPPED: this machine has no Vector API; only the portable evaluation is tested.");
        }
        return kinds;
    }

    private record Case(String name, int features, int classes, int maxLeaves, double mixedLeaves, int... forests) {}

    private static final List<Case> CASES = List.of(
            new Case("as ilastik makes them", 40, 3, 40, 0, 13, 13, 13, 13, 12, 12, 12, 12),
            new Case("two classes, one forest, one word", 7, 2, 32, 0, 100),
            new Case("one class", 2, 1, 9, 0, 4, 3),
            new Case("many classes", 9, 20, 70, 0.1, 13, 12, 11),
            new Case("some leaves of several classes", 40, 3, 60, 0.02, 13, 13, 7, 12, 12),
            new Case("all leaves of several classes", 11, 5, 33, 1, 13, 7),
            new Case("two words", 11, 2, 64, 0.05, 3, 3),
            new Case("many words", 30, 4, 500, 0.05, 7, 5),
            new Case("deep", 30, 3, 5000, 0, 7),
            new Case("stumps", 3, 2, 2, 0, 1, 1, 1));

    @TestFactory
    Stream<DynamicTest> kernelsGiveTheBitsOfTheSlowForest() {
        return kinds().stream().flatMap(kind -> CASES.stream()
                .map(c -> DynamicTest.dynamicTest(kind.name() + ": " + c.name(), () -> compare(kind, c))));
    }

    /** No program is known to write them; the sum of their fractions is carried along. */
    @Test
    void fractionsThatDoNotAddUp() {
        List<VigraTree> trees = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            double first = 1 / 3f + (i % 2 == 0 ? 4e-4 : 0);
            trees.add(new VigraTree(new int[] {1, 2, 0x40000000, 0}, new double[] {3, first, 2 / 3f}));
        }
        List<List<VigraTree>> forests = List.of(trees, trees.subList(1, 4));
        NodeTable nodes = NodeTable.of(1, 2, forests);
        float[] expected = SlowForest.predict(forests, new float[1]);
        for (ForestKernel kernel : List.of(new WalkKernel(nodes), KernelChoice.of(nodes))) {
            float[] out = new float[2 * 200];
            kernel.predict(new float[200], 200, 0, 200, out, 200);
            for (int i = 0; i < 200; i++) {
                assertThat(new float[] {out[i], out[200 + i]}).isEqualTo(expected);
            }
        }
    }

    private static void compare(Kind kind, Case c) {
        RandomTrees trees = new RandomTrees(CASES.indexOf(c) + 100, c.features(), c.classes(), c.mixedLeaves());
        List<List<VigraTree>> forests = trees.forests(c.maxLeaves(), c.forests());
        NodeTable nodes = NodeTable.of(c.features(), c.classes(), forests);
        int[] columns = IntStream.range(0, c.features()).toArray();
        Predictor predictor = new Predictor(nodes, columns, kind.kernel().apply(nodes));
        for (int n : new int[] {1, 15, 64, 65, 700, 1500}) {
            int first = n % 7;
            int stride = n + first + 3;
            int outStride = n + 2;
            float[][] rows = trees.rows(n, true);
            float[] out = new float[outStride * c.classes()];
            Arrays.fill(out, -7f);
            predictor.predict(RandomTrees.planes(rows, stride, first), stride, first, n, out, outStride);
            for (int i = 0; i < n; i++) {
                float[] expected = SlowForest.predict(forests, rows[i]);
                for (int k = 0; k < c.classes(); k++) {
                    assertThat(Float.floatToRawIntBits(out[k * outStride + i]))
                            .as(
                                    "pixel %d of %d, class %d: %s, expected %s",
                                    i, n, k, out[k * outStride + i], expected[k])
                            .isEqualTo(Float.floatToRawIntBits(expected[k]));
                }
            }
            for (int k = 0; k < c.classes(); k++) {
                assertThat(out[k * outStride + n])
                        .as("untouched behind the row")
                        .isEqualTo(-7f);
            }
        }
    }
}
