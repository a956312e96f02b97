package org.pixelforest.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;

/** The original library as the judge, where it is installed. */
class VigraTest {

    private static final int ROWS = 10_000;

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> forestsOfAllProjectsVoteHereAsThere() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(Shared.path("data").toRealPath()),
                Files.walk(Shared.path("golden").toRealPath()))) {
            return files.filter(file -> file.toString().endsWith(".ilp"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compareProject(file)))
                    .toList();
        }
    }

    private void compareProject(Path project) throws IOException, InterruptedException {
        Path forest = folder.resolve("forest.bin");
        Path rows = folder.resolve("rows.bin");
        Path votes = folder.resolve("votes.bin");
        String printed = Vigra.run("dump", project, ROWS, forest, rows, votes);
        if (printed.contains("no forest")) {
            assertThat(project.getFileName().toString())
                    .as("known to have no forest")
                    .isEqualTo("steinbock_template.ilp");
            return;
        }
        assertSameVotes(Vigra.forest(forest), Vigra.table(rows), Vigra.votes(votes));
    }

    private static void assertSameVotes(RandomForest forest, Vigra.Table rows, float[] expected) {
        int classes = forest.labels().length;
        int n = rows.classes().length;
        float[] votes = rows.predict(forest);
        assertThat(expected).hasSize(n * classes);
        int differing = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < classes; k++) {
                if (Float.floatToRawIntBits(votes[k * n + i]) != Float.floatToRawIntBits(expected[i * classes + k])) {
                    differing++;
                }
            }
        }
        assertThat(differing).as("of %d numbers", votes.length).isZero();
    }

    @Test
    void forestsOfOursVoteThereAsHere() throws IOException, InterruptedException {
        for (double sameAsOthers : new double[] {0, 0.2}) {
            Vigra.Table table = randomTable(600, 30, sameAsOthers);
            RandomForest forest = RandomForest.train(table.samples(), ForestOptions.ILASTIK.withSeed(6), Progress.NONE);
            Vigra.Table rows = randomTable(ROWS, 30, 0.5);
            Path file = folder.resolve("forest.bin");
            Path rowFile = folder.resolve("rows.bin");
            Path votes = folder.resolve("votes.bin");
            Vigra.write(forest, file);
            rows.write(rowFile);
            Vigra.run("predict", file, rowFile, votes);
            assertSameVotes(forest, rows, Vigra.votes(votes));
        }
    }

    /** Where rows repeat with other classes, forests get leaves of several classes. */
    private static Vigra.Table randomTable(int n, int features, double same) {
        Random random = new Random(n);
        float[][] columns = new float[features][n];
        int[] classes = new int[n];
        for (int i = 0; i < n; i++) {
            classes[i] = 1 + random.nextInt(4);
            int copied = i > 0 && random.nextDouble() < same ? random.nextInt(i) : -1;
            for (int f = 0; f < features; f++) {
                double value = random.nextGaussian() + (f % 4 == classes[i] - 1 ? 1.5 : 0);
                columns[f][i] = copied >= 0 ? columns[f][copied] : (float) value;
            }
        }
        return new Vigra.Table(columns, classes);
    }

    @Test
    void trainsAsWellAsTheOriginal() throws IOException, InterruptedException {
        Path rows = folder.resolve("rows.bin");
        Vigra.run("samples", Shared.path("golden/synthetic/training_samples.npz"), rows);
        VigraComparison golden = VigraComparison.run("golden", Vigra.table(rows), 6, folder);
        VigraComparison random = VigraComparison.run("random", randomTable(800, 40, 0.02), 6, folder);
        for (VigraComparison comparison : List.of(golden, random)) {
            assertThat(comparison.oobDistance()).as("%s", comparison).isLessThan(3);
            assertThat(comparison.accuracyDistance()).as("%s", comparison).isLessThan(3);
        }
    }
}
