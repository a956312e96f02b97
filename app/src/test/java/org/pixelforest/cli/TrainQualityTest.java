package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.Images;
import org.pixelforest.project.Project;

/** What training says of its quality, and what it leaves out: figures that add up, and choices that are kept. */
class TrainQualityTest {

    @TempDir
    private Path work;

    private Path image;
    private Path labels;

    @BeforeEach
    void imageAndLabels() throws Exception {
        image = Textures.image(work);
        labels = Textures.labels(work);
    }

    private CommandLineRun train(Path out, Object... more) {
        CommandLineRun run = Textures.train(image, labels, out, more);
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private static JsonObject json(Path file) throws Exception {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static String forest(Path project) throws Exception {
        return Project.read(project).forest().orElseThrow().sha256();
    }

    /** Two slips of the brush: one pixel a side is painted as the other class, far from the strokes. */
    private void paintSlips() throws Exception {
        StringBuilder table = new StringBuilder("x,y,class\n");
        try (ImageSource painted = Images.open(labels)) {
            float[] classes = painted.read(Textures.SHAPE.whole(0)).samples();
            for (int i = 0; i < classes.length; i++) {
                if (classes[i] > 0) {
                    table.append(i % 64 + "," + i / 64 + "," + (int) classes[i] + "\n");
                }
            }
        }
        labels = Files.writeString(work.resolve("slips.csv"), table + "10,30,right\n50,30,left\n");
    }

    @Test
    void figuresOfTheReportAddUp() throws Exception {
        paintSlips();
        Path report = work.resolve("report.json");
        Path project = work.resolve("p.ilp");
        train(project, "--report", report, "--learning-curve", "--seed", 4);
        JsonObject all = json(report);
        assertThat(all.get("forest").getAsString()).isEqualTo(forest(project));
        assertThat(all.get("labels").getAsString())
                .isEqualTo(Project.read(project).labelsSha256());
        JsonArray classes = all.getAsJsonArray("classes");
        assertThat(classes.get(0).getAsJsonObject().get("labelledPixels").getAsInt())
                .isEqualTo(46);
        assertThat(classes.get(1).getAsJsonObject().get("labelledPixels").getAsInt())
                .isEqualTo(58);
        assertThat(all.has("byImage")).as("one image cannot be left out").isFalse();
        JsonObject byStroke = all.getAsJsonObject("byStroke");
        assertThat(byStroke.get("groups").getAsInt())
                .as("six strokes and two slips")
                .isEqualTo(8);
        assertAddsUp(byStroke, classes, all.get("outOfBag").getAsDouble());
        assertThat(byStroke.get("error").getAsDouble()).isEqualTo(2 / 104.0, within(1e-12));

        JsonObject importance = all.getAsJsonObject("importance");
        for (String kind : List.of("channels", "filters", "features")) {
            assertThat(sum(importance.getAsJsonObject(kind))).as(kind).isEqualTo(1, within(1e-9));
        }
        assertThat(importance.getAsJsonObject("channels").get("channel 1").getAsDouble())
                .as("the second channel says nothing")
                .isGreaterThan(0.9);
        assertThat(importance.getAsJsonObject("features").size()).isEqualTo(3);

        List<String> slips = StreamSupport.stream(all.getAsJsonArray("slips").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(s -> s.get("x") + " " + s.get("y") + " " + s.get("painted").getAsString())
                .toList();
        assertThat(slips).containsExactlyInAnyOrder("10 30 right", "50 30 left");
    }

    private static void assertAddsUp(JsonObject leftOut, JsonArray classes, double outOfBag) {
        JsonArray rows = leftOut.getAsJsonArray("confusion");
        int size = rows.size();
        double right = 0;
        double total = 0;
        for (int i = 0; i < size; i++) {
            double painted = 0;
            double predicted = 0;
            for (int j = 0; j < size; j++) {
                painted += count(rows, i, j);
                predicted += count(rows, j, i);
            }
            double hits = count(rows, i, i);
            JsonObject cls = leftOut.getAsJsonArray("classes").get(i).getAsJsonObject();
            assertThat(painted)
                    .isEqualTo(classes.get(i)
                            .getAsJsonObject()
                            .get("labelledPixels")
                            .getAsInt());
            assertThat(cls.get("recall").getAsDouble()).isEqualTo(hits / painted, within(1e-12));
            assertThat(cls.get("precision").getAsDouble()).isEqualTo(hits / predicted, within(1e-12));
            assertThat(cls.get("f1").getAsDouble()).isEqualTo(2 * hits / (painted + predicted), within(1e-12));
            right += hits;
            total += painted;
        }
        double error = leftOut.get("error").getAsDouble();
        assertThat(error).isEqualTo(1 - right / total, within(1e-12));
        assertThat(leftOut.get("gapToOutOfBag").getAsDouble()).isEqualTo(error - outOfBag, within(1e-12));
    }

    private static double count(JsonArray rows, int row, int column) {
        return rows.get(row).getAsJsonArray().get(column).getAsDouble();
    }

    private static double sum(JsonObject shares) {
        return shares.entrySet().stream()
                .map(Map.Entry::getValue)
                .mapToDouble(JsonElement::getAsDouble)
                .sum();
    }

    /** With all labels the curve must arrive at what the cross-validation found. */
    @Test
    void theLearningCurveEndsAtTheCrossValidation() throws Exception {
        paintSlips();
        Path report = work.resolve("report.json");
        CommandLineRun run = train(work.resolve("p.ilp"), "--report", report, "--learning-curve");
        assertThat(run.out()).contains("labels used     pixels   accuracy    mean F1");
        JsonArray curve = json(report).getAsJsonArray("learningCurve");
        assertThat(curve).hasSize(5);
        double before = 0;
        for (JsonElement point : curve) {
            double pixels = point.getAsJsonObject().get("pixels").getAsDouble();
            assertThat(pixels).isGreaterThan(before);
            before = pixels;
        }
        JsonObject last = curve.get(4).getAsJsonObject();
        JsonObject byStroke = json(report).getAsJsonObject("byStroke");
        assertThat(last.get("share").getAsDouble()).isEqualTo(1);
        assertThat(last.get("accuracy").getAsDouble())
                .isEqualTo(1 - byStroke.get("error").getAsDouble(), within(1e-12));
        assertThat(last.get("meanF1").getAsDouble())
                .isEqualTo(byStroke.get("meanF1").getAsDouble(), within(1e-12));

        train(work.resolve("q.ilp"), "--report", work.resolve("without.json"));
        assertThat(json(work.resolve("without.json")).has("learningCurve")).isFalse();
    }

    @Test
    void thePageShowsTheFiguresAndNeedsNothingElse() throws Exception {
        paintSlips();
        Path page = work.resolve("report.html");
        train(work.resolve("p.ilp"), "--report", page, "--learning-curve", "--classes", "left,right", "--seed", 4);
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "1.9 %</b>of the pixels of unseen strokes misjudged", "percentage points ", " than out of bag")
                .contains(
                        "<td>left</td><td class=\"hit\">45</td><td class=\"miss\">1</td><td>97.8 %</td><td>97.8 %</td>")
                .contains("<td>a</td><td>10</td><td>30</td><td>right</td><td>left</td>")
                .contains("<polyline class=\"accuracy\"", "<td>100.0 %</td>")
                .contains("prefers-color-scheme: dark")
                .contains(forest(work.resolve("p.ilp")));
        assertThat(html).doesNotContainPattern("(src|href)=|https?:|url\\(|NaN|null");
    }

    @Test
    void namesAreNoMarkup() throws Exception {
        labels = Files.writeString(work.resolve("l.csv"), "x,y,class\n3,3,1\n40,3,2\n3,20,1\n40,20,2\n");
        Path page = work.resolve("report.html");
        train(work.resolve("p.ilp"), "--report", page, "--classes", "<i>\"a\"</i>,b & c");
        assertThat(Files.readString(page))
                .contains("&lt;i&gt;&quot;a&quot;&lt;/i&gt;", "b &amp; c")
                .doesNotContain("<i>\"a\"", "b & c");
    }

    @Test
    void aClassOfOneStrokeIsNotJudged() throws Exception {
        labels = Files.writeString(work.resolve("l.csv"), "x,y,class\n3,3,1\n40,3,2\n50,20,2\n");
        Path report = work.resolve("report.json");
        CommandLineRun run = train(work.resolve("p.ilp"), "--report", report, "--learning-curve");
        assertThat(run.out()).contains("class left is painted in one stroke only and cannot be judged");
        JsonArray classes = json(report).getAsJsonObject("byStroke").getAsJsonArray("classes");
        assertThat(classes.get(0).getAsJsonObject().get("judged").getAsBoolean())
                .isFalse();
        assertThat(classes.get(1).getAsJsonObject().get("judged").getAsBoolean())
                .isTrue();

        labels = Files.writeString(work.resolve("l.csv"), "x,y,class\n3,3,1\n40,3,2\n");
        run = train(work.resolve("q.ilp"), "--report", report);
        assertThat(run.out()).contains("cannot be judged: each class is painted in a single stroke");
        assertThat(json(report).has("byStroke")).isFalse();
    }

    /** One class is labelled sixteen times as often: drawn equally often, it gives way to the other. */
    @Test
    void balancedClassesAreDrawnEquallyOften() throws Exception {
        StringBuilder table = new StringBuilder("x,y,class\n");
        for (int y = 0; y < 48; y += 3) {
            for (int x = 1; x < 64; x += 4) {
                table.append(x).append(',').append(y).append(y == 24 ? ",2\n" : ",1\n");
            }
        }
        labels = Files.writeString(work.resolve("l.csv"), table);
        Path usual = work.resolve("usual.ilp");
        Path balanced = work.resolve("balanced.ilp");
        // Noise alone, so that the votes follow the numbers of labels.
        train(usual, "--channels", "2");
        train(balanced, "--channels", "2", "--balance", "--report", work.resolve("report.json"));
        assertThat(json(work.resolve("report.json"))
                        .getAsJsonObject("options")
                        .get("balance")
                        .getAsBoolean())
                .isTrue();
        double rare = meanProbability(usual, 1);
        assertThat(rare).isLessThan(0.2);
        assertThat(meanProbability(balanced, 1)).isGreaterThan(2 * rare);
    }

    private double meanProbability(Path project, int cls) throws Exception {
        PixelClassifier classifier = Project.read(project).classifier().orElseThrow();
        try (ImageSource source = Images.open(image)) {
            float[] samples =
                    classifier.probabilities(source, Textures.SHAPE.whole(0)).samples();
            int pixels = 48 * 64;
            double sum = 0;
            for (int i = 0; i < pixels; i++) {
                sum += samples[cls * pixels + i];
            }
            return sum / pixels;
        }
    }

    @Test
    void suggestLeavesOutWhatSaysNothing() throws Exception {
        Path project = work.resolve("p.ilp");
        train(project, "--features", "all sigma>=1.6", "--channels", "1,2");
        Path small = work.resolve("small.ilp");
        Path report = work.resolve("suggest.json");
        CommandLineRun run = CommandLineRun.of(
                "suggest", project, "--margin", "0.02", "--trees", 20, "--out", small, "--report", report);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("keep       1 channel: channel 1", "ms a megapixel", "MB of features");

        Project pruned = Project.read(small);
        int kept = pruned.features().orElseThrow().features().size();
        assertThat(kept).isLessThan(24);
        assertThat(pruned.additions().unusedChannels()).containsExactly(1);
        JsonObject json = json(report);
        JsonArray tried = json.getAsJsonArray("features");
        assertThat(tried.get(0).getAsJsonObject().get("count").getAsInt()).isEqualTo(24);
        assertThat(tried.get(tried.size() - 1).getAsJsonObject().get("count").getAsInt())
                .isEqualTo(1);
        double best = 0;
        double chosen = 0;
        for (JsonElement step : tried) {
            double f1 = step.getAsJsonObject().get("meanF1").getAsDouble();
            best = Math.max(best, f1);
            chosen = step.getAsJsonObject().get("count").getAsInt() == kept ? f1 : chosen;
        }
        assertThat(chosen).isGreaterThanOrEqualTo(best - 0.02);
        double before = json.getAsJsonObject("before").get("megabytes").getAsDouble();
        double after = json.getAsJsonObject("after").get("megabytes").getAsDouble();
        assertThat(after).isLessThan(before);
        boolean[] columns = pruned.forest().orElseThrow().usedFeatures();
        int used = 0;
        for (boolean column : columns) {
            used += column ? 1 : 0;
        }
        assertThat(after).isEqualTo(4.0 * used);

        CommandLineRun applied = CommandLineRun.of("classify", "--project", small, image);
        assertThat(applied.status()).as(applied.err()).isZero();
    }

    /** The same margin, seed and trees: the same forest as 'suggest' writes. */
    @Test
    void suggestedFeaturesAreAppliedByTraining() throws Exception {
        Path project = work.resolve("p.ilp");
        train(project, "--features", "all sigma>=1.6");
        Path small = work.resolve("small.ilp");
        assertThat(CommandLineRun.of("suggest", project, "--trees", 20, "--out", small)
                        .status())
                .isZero();
        Path trained = work.resolve("trained.ilp");
        Path report = work.resolve("report.json");
        CommandLineRun run = CommandLineRun.of(
                "train", project, "--features", "suggested", "--trees", 20, "--out", trained, "--report", report);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("ms a megapixel", "flatters them a little");
        assertThat(json(report).getAsJsonArray("notes")).hasSize(1);
        FeatureSelection all = Project.read(project).features().orElseThrow();
        FeatureSelection some = Project.read(trained).features().orElseThrow();
        assertThat(some.features()).hasSizeLessThan(all.features().size());
        assertThat(some).isEqualTo(Project.read(small).features().orElseThrow());
        assertThat(forest(trained)).isEqualTo(forest(small)).isNotEqualTo(forest(project));
    }

    @Test
    void retrainingForOneRunAndForGood() throws Exception {
        Path project = work.resolve("p.ilp");
        train(project, "--seed", 3, "--trees", 10);
        Path trained = work.resolve("trained.ilp");
        assertThat(CommandLineRun.of("train", project, "--out", trained, "--no-quality")
                        .status())
                .isZero();
        assertThat(forest(trained)).isNotEqualTo(forest(project));
        byte[] before = Files.readAllBytes(project);
        classify("expected", "--project", trained);
        classify("once", "--project", project, "--retrain");
        assertThat(Files.readAllBytes(project)).as("only read").isEqualTo(before);
        assertThat(pixels("once")).isEqualTo(pixels("expected"));
        classify("stored", "--project", project);
        assertThat(pixels("stored")).isNotEqualTo(pixels("expected"));

        classify("kept", "--project", project, "--retrain", "--readonly=false");
        assertThat(forest(project)).isEqualTo(forest(trained));
        assertThat(pixels("kept")).isEqualTo(pixels("expected"));
        assertThat(Files.readAllBytes(work.resolve("p.ilp.bak"))).isEqualTo(before);

        classify(
                "few",
                "--project",
                project,
                "--retrain",
                "--readonly=false",
                "--tree-count",
                7,
                "--label-proportion",
                0.5);
        assertThat(Project.read(project).forest().orElseThrow().trees()).isEqualTo(7);
    }

    private void classify(String name, Object... options) {
        List<Object> all = new java.util.ArrayList<>(List.of("classify"));
        all.addAll(List.of(options));
        all.addAll(List.of("--output_filename_format", work + "/" + name + ".npy", "--output_format", "npy", image));
        CommandLineRun run = CommandLineRun.of(all.toArray());
        assertThat(run.status()).as(run.err()).isZero();
    }

    private byte[] pixels(String name) throws Exception {
        return Files.readAllBytes(work.resolve(name + ".npy"));
    }
}
