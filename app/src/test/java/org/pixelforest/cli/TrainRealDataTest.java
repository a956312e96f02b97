package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.project.Project;

/** Training on labels that people painted in ilastik on real imaging mass cytometry. */
class TrainRealDataTest {

    private static final List<String> QUICK = List.of("--trees", "40");

    @TempDir
    private Path work;

    /** The project with the crops that there are; one labelled crop is missing. */
    private Path testData() throws Exception {
        copyAll("data/imc-testdata/analysis/crops", ".h5", "analysis/crops");
        // The names of the channels.
        copyAll("data/imc-testdata/analysis/ilastik", ".csv", "analysis/ilastik");
        return Files.copy(Shared.path("data/imc-testdata/TestData.ilp"), work.resolve("TestData.ilp"));
    }

    private void copyAll(String from, String ending, String to) throws Exception {
        Path folder = Files.createDirectories(work.resolve(to));
        try (Stream<Path> files = Files.list(Shared.path(from))) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    private static CommandLineRun run(Object... arguments) {
        return CommandLineRun.of(
                Stream.concat(Stream.of(arguments), QUICK.stream()).toArray());
    }

    private static JsonObject json(Path file) throws Exception {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void theLabelsOfTestDataTrainAsWellAsTheyDidThere() throws Exception {
        Path project = testData();
        byte[] before = Files.readAllBytes(project);
        Path out = work.resolve("new.ilp");
        CommandLineRun missing = run("train", project, "--out", out);
        assertThat(missing.status()).isEqualTo(CommandTree.FAILED);
        assertThat(missing.errors())
                .singleElement()
                .asString()
                .contains("mockData4_s0_a3", "is not there", "--skip-missing");
        assertThat(out).doesNotExist();

        Path report = work.resolve("report.json");
        CommandLineRun trained =
                run("train", project, "--out", out, "--skip-missing", "--threads", 1, "--report", report);
        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(Files.readAllBytes(project)).isEqualTo(before);
        JsonObject figures = json(report);
        assertThat(figures.get("images").getAsInt()).isEqualTo(4);
        assertThat(figures.get("outOfBag").getAsDouble()).isLessThan(0.02);
        JsonObject byImage = figures.getAsJsonObject("byImage");
        JsonObject byStroke = figures.getAsJsonObject("byStroke");
        assertThat(byImage.get("groups").getAsInt()).isEqualTo(4);
        assertThat(byStroke.get("groups").getAsInt()).isEqualTo(35);
        // The labels are good and the classes clear; out of bag must be the more hopeful figure.
        assertThat(byImage.get("error").getAsDouble()).isLessThan(0.08);
        assertThat(byImage.get("gapToOutOfBag").getAsDouble()).isPositive();
        assertThat(byStroke.get("gapToOutOfBag").getAsDouble()).isPositive();
        Project saved = Project.read(out);
        assertThat(saved.modelCard().orElseThrow().labels())
                .as("of the labels that were used")
                .contains(figures.get("labels").getAsString());
        assertThat(saved.lanes()).hasSize(15);
        assertThat(saved.labelsSha256()).isEqualTo(Project.read(project).labelsSha256());
        assertThat(saved.modelCard().orElseThrow().channelNames()).containsExactly("mean", "Ag107", "Eu153", "Yb172");

        Path again = work.resolve("again.ilp");
        run("train", project, "--out", again, "--skip-missing", "--threads", 2, "--no-quality");
        assertThat(Project.read(again).forest().orElseThrow().sha256())
                .isEqualTo(saved.forest().orElseThrow().sha256());
        assertThat(agreementWithTheOriginal(project, out)).isGreaterThan(0.95);
    }

    /** The share of a slide's pixels that both projects put into the same class. */
    private double agreementWithTheOriginal(Path original, Path trained) throws Exception {
        Path image = Shared.path("data/imc-testdata/analysis/ilastik/20210305_NE_mockData2_s0_a2_ac_ilastik_s2.h5");
        byte[][] classes = new byte[2][];
        for (int i = 0; i < 2; i++) {
            Path out = work.resolve("segmentation" + i + ".npy");
            CommandLineRun run = CommandLineRun.of(
                    "classify",
                    "--project",
                    i == 0 ? original : trained,
                    "--export_source",
                    "Simple Segmentation",
                    "--output_format",
                    "npy",
                    "--output_filename_format",
                    out,
                    image);
            assertThat(run.status()).as(run.err()).isZero();
            classes[i] = Files.readAllBytes(out);
        }
        int same = 0;
        for (int i = 128; i < classes[0].length; i++) {
            same += classes[0][i] == classes[1][i] ? 1 : 0;
        }
        return same / (double) (classes[0].length - 128);
    }

    @Test
    void retrainingBeforeAnExportSaysWhatItLeavesOut() throws Exception {
        Path project = testData();
        Path image = work.resolve("analysis/crops/20210305_NE_mockData2_s0_a2_ac_ilastik_x0_y0_w118_h122.h5");
        CommandLineRun refused = CommandLineRun.of("classify", "--project", project, "--retrain", image);
        assertThat(refused.errors()).singleElement().asString().contains("--skip-missing");
        CommandLineRun run = CommandLineRun.of(
                "classify", "--project", project, "--retrain", "--skip-missing", "--tree-count", 10, image);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("its labels are left out", "trained anew on 1817 labelled pixels");
    }

    @Test
    void theBenchmarkProjectTrainsAndPassesTheLoadingStepsOfIlastik() throws Exception {
        Path project = Files.copy(Shared.path("data/bench/bench6.ilp"), work.resolve("bench6.ilp"));
        copyAll("data/bench/crops", ".h5", "crops");
        CommandLineRun run = run("train", project, "--no-quality", "--balance");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("2,278 pixels on 5 images", "240 feature channels", "classes balanced");
        assertThat(work.resolve("bench6.ilp.bak")).hasSameBinaryContentAs(Shared.path("data/bench/bench6.ilp"));
        Path script = Path.of(System.getProperty("pixelforest.root", ".."), "core/src/test/scripts/check_ilp.py");
        assertThat(Python.run(List.of("h5py", "numpy"), Files.readString(script), project, "trained"))
                .isEmpty();
    }
}
