package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.cli.CommandLineRun;

/** From strokes to a forest, its quality, where to paint next, and the files it makes. */
class TrainingRoutesTest {

    private static final String FEW_FEATURES =
            "{\"scales\": [{\"sigma\": 1.0, \"in2d\": true}, {\"sigma\": 1.6, \"in2d\": true}], \"selected\": "
                    + "[[true, true], [true, false], [false, false], [false, false], [false, false], [true, false]]}";

    @TempDir
    private Path scratch;

    @Test
    void whatIsTrainedOnThePageIsWhatTheCommandLineWrites() throws IOException, InterruptedException {
        Path study = Study.withCrops(scratch, 2);
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            String image = page.image(0);
            assertThat(page.send("PUT", "/api/features", FEW_FEATURES).status()).isEqualTo(200);
            assertThat(page.get("/api/images/" + image + "/probabilities?x0=0&y0=0&x1=8&y1=8")
                            .status())
                    .as("no forest yet")
                    .isEqualTo(204);
            for (int y = 10; y < 90; y += 20) {
                page.paint(image, 1, 10, y, 30, y);
                page.paint(image, 2, 50, y, 80, y);
            }
            page.post("/api/live", "{\"on\": true}");
            JsonObject state = page.await(s -> !s.get("quality").isJsonNull()
                    && !s.getAsJsonObject("quality").get("leftOut").isJsonNull()
                    && !s.getAsJsonArray("places").isEmpty());
            quality(page, state.getAsJsonObject("quality"));
            places(page, state);

            byte[] planes = page.get("/api/images/" + image + "/probabilities?x0=0&y0=0&x1=8&y1=8")
                    .bytes();
            int classes = state.getAsJsonArray("classes").size();
            assertThat(planes).hasSize(2 * 8 * 8 * classes);

            assertThat(page.post("/api/save", "{}").status()).isEqualTo(200);
            assertThat(page.post("/api/export", "{}").status()).isEqualTo(200);
            JsonObject done = page.await(s -> written(s));
            Path project = Path.of(done.getAsJsonObject("project").get("path").getAsString());
            for (JsonElement output : done.getAsJsonObject("export").getAsJsonArray("outputs")) {
                Path file = Path.of(output.getAsJsonObject().get("file").getAsString());
                byte[] fromPage = Files.readAllBytes(file);
                Files.delete(file);
                Path input = file.resolveSibling(file.getFileName().toString().replace("_Probabilities.tiff", ".h5"));
                assertThat(CommandLineRun.of("classify", "--project", project, input)
                                .status())
                        .isZero();
                assertThat(Files.readAllBytes(file)).isEqualTo(fromPage);
            }
        }
    }

    @Test
    void aForestGoesWithTheNumbersOfItsClasses() throws Exception {
        Path study = Study.withCrops(scratch, 1);
        String file;
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            String image = page.image(0);
            page.send("PUT", "/api/features", FEW_FEATURES);
            for (int cls = 1; cls <= 3; cls++) {
                page.paint(image, cls, 10, 20 * cls, 80, 20 * cls);
            }
            page.post("/api/update", "");
            page.await(s -> s.getAsJsonObject("training").get("model").getAsLong() > 0);
            page.post("/api/classes", "{}");
            assertThat(model(page)).as("a class more changes no number").isPositive();
            page.send("DELETE", "/api/classes/1", null);
            assertThat(model(page)).isZero();
            assertThat(page.post("/api/export", "{}").status()).isEqualTo(409);
            assertThat(page.post("/api/save", "{}").status()).isEqualTo(200);
            file = page.state().getAsJsonObject("project").get("path").getAsString();
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(Path.of(file)))) {
            assertThat(page.state().getAsJsonArray("classes")).hasSize(3);
            assertThat(model(page)).isZero();
            page.post("/api/update", "");
            page.await(s -> s.getAsJsonObject("training").get("model").getAsLong() > 0);
            page.post("/api/save", "{}");
            page.send("DELETE", "/api/classes/1", null);
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(Path.of(file)))) {
            assertThat(page.state().getAsJsonArray("classes")).hasSize(2);
            assertThat(model(page)).as("not saved, but in the journal").isZero();
        }
    }

    @Test
    void aNewClassKeepsThePrediction() throws Exception {
        Path study = Study.withCrops(scratch, 1);
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            String image = page.image(0);
            page.send("PUT", "/api/features", FEW_FEATURES);
            page.paint(image, 1, 10, 20, 80, 20);
            page.paint(image, 2, 10, 60, 80, 60);
            page.post("/api/update", "");
            page.await(s -> s.getAsJsonObject("training").get("model").getAsLong() > 0);
            String part = "/api/images/" + image + "/probabilities?x0=8&y0=8&x1=24&y1=24";
            byte[] before = page.get(part).bytes();
            try (PageEvents window = page.listen("looking")) {
                window.next("hello");
                window.send("{\"event\": \"view\", \"image\": \"" + image
                        + "\", \"level\": 0, \"box\": [0, 0, 64, 64], \"pointer\": null}");
                assertThat(window.tile().get("classes").getAsInt()).isEqualTo(3);
                page.post("/api/classes", "{}");
                JsonObject tile = window.tile();
                assertThat(tile.get("classes").getAsInt()).isEqualTo(4);
                assertThat(tile.get("known").getAsInt())
                        .as("the page was told of the class before")
                        .isEqualTo(4);
            }
            byte[] after = page.get(part).bytes();
            assertThat(after).hasSize(2 * 16 * 16 * 4);
            assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
            assertThat(Arrays.copyOfRange(after, before.length, after.length)).containsOnly(0);

            assertThat(page.post("/api/save", "{}").status()).isEqualTo(200);
            page.post("/api/export", "{}");
            JsonObject done = page.await(TrainingRoutesTest::written);
            JsonObject export = done.getAsJsonObject("export");
            assertThat(export.getAsJsonObject("check")
                            .getAsJsonArray("size")
                            .get(2)
                            .getAsInt())
                    .isEqualTo(4);
            Path file = Path.of(export.getAsJsonArray("outputs")
                    .get(0)
                    .getAsJsonObject()
                    .get("file")
                    .getAsString());
            byte[] fromPage = Files.readAllBytes(file);
            Files.delete(file);
            Path input = file.resolveSibling(file.getFileName().toString().replace("_Probabilities.tiff", ".h5"));
            String project = done.getAsJsonObject("project").get("path").getAsString();
            assertThat(CommandLineRun.of("classify", "--project", Path.of(project), input)
                            .status())
                    .isZero();
            assertThat(Files.readAllBytes(file)).isEqualTo(fromPage);

            page.send("PUT", "/api/view", "{\"zoom\": 2}");
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            JsonObject training = page.state().getAsJsonObject("training");
            assertThat(training.get("target"))
                    .as("a view is nothing that a forest should know")
                    .isEqualTo(training.get("model"));
        }
    }

    private static long model(PageClient page) {
        return page.state().getAsJsonObject("training").get("model").getAsLong();
    }

    @Test
    void qualityWaitsWhileSomebodyPaints() throws Exception {
        Path study = Study.withCrops(scratch, 1);
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            try (PageEvents window = page.listen("painter")) {
                window.next("hello");
                page.send("PUT", "/api/features", FEW_FEATURES);
                for (int y = 10; y < 90; y += 20) {
                    page.paint(page.image(0), 1, 10, y, 30, y);
                    page.paint(page.image(0), 2, 50, y, 80, y);
                }
                window.send("{\"event\": \"hand\", \"down\": true}");
                page.post("/api/live", "{\"on\": true}");
                page.await(s ->
                        s.getAsJsonObject("training").get("state").getAsString().equals("current"));
                Thread.sleep(1500);
                assertThat(judged(page.state())).as("a hand is on the image").isFalse();
                window.send("{\"event\": \"hand\", \"down\": false}");
                page.await(TrainingRoutesTest::judged);
            }
        }
    }

    @Test
    void aStoredForestIsJudgedAndAsksWhenItsProjectIsOpened() throws IOException, InterruptedException {
        Path study = Study.withCrops(scratch, 2);
        JsonObject before;
        Path project;
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            page.send("PUT", "/api/features", FEW_FEATURES);
            for (int y = 10; y < 90; y += 20) {
                page.paint(page.image(0), 1, 10, y, 30, y);
                page.paint(page.image(0), 2, 50, y, 80, y);
            }
            page.post("/api/live", "{\"on\": true}");
            before = page.await(s -> judged(s) && !s.getAsJsonArray("places").isEmpty());
            assertThat(page.post("/api/save", "{}").status()).isEqualTo(200);
            project = Path.of(before.getAsJsonObject("project").get("path").getAsString());
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(project))) {
            JsonObject after =
                    page.await(s -> judged(s) && !s.getAsJsonArray("places").isEmpty());
            for (String number : new String[] {"outOfBag", "leftOut", "confusion", "importance", "slips", "judgedBy"}) {
                assertThat(after.getAsJsonObject("quality").get(number))
                        .as(number)
                        .isEqualTo(before.getAsJsonObject("quality").get(number));
            }
            assertThat(after.get("channels")).isEqualTo(before.get("channels"));
            JsonObject training = after.getAsJsonObject("training");
            assertThat(training.get("fingerprint"))
                    .as("the stored forest stays")
                    .isEqualTo(before.getAsJsonObject("training").get("fingerprint"));
            assertThat(training.get("state").getAsString()).isEqualTo("off");
            places(page, after);
            page.paint(page.image(1), 1, 10, 50, 30, 50);
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(project))) {
            JsonObject training = page.state().getAsJsonObject("training");
            assertThat(training.get("target").getAsLong())
                    .as("the stored forest does not know what only the journal has")
                    .isGreaterThan(training.get("model").getAsLong());
            page.await(TrainingRoutesTest::judged);
        }
    }

    private static boolean judged(JsonObject state) {
        return !state.get("quality").isJsonNull()
                && !state.getAsJsonObject("quality").get("leftOut").isJsonNull();
    }

    private static boolean written(JsonObject state) {
        for (JsonElement output : state.getAsJsonObject("export").getAsJsonArray("outputs")) {
            String is = output.getAsJsonObject().get("state").getAsString();
            assertThat(is).isNotEqualTo("failed");
            if (!is.equals("current")) {
                return false;
            }
        }
        return true;
    }

    private static void quality(PageClient page, JsonObject quality) {
        assertThat(quality.get("outOfBag").getAsDouble()).isBetween(0.0, 1.0);
        long all = 0;
        long wrong = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                long count = quality.getAsJsonArray("confusion")
                        .get(i)
                        .getAsJsonArray()
                        .get(j)
                        .getAsLong();
                all += count;
                wrong += i == j ? 0 : count;
                int listed = page.get("/api/quality/pixels?painted=" + (i + 1) + "&predicted=" + (j + 1))
                        .json()
                        .getAsJsonArray()
                        .size();
                assertThat((long) listed).isEqualTo(Math.min(200, count));
            }
        }
        assertThat(all).as("every labelled pixel is judged once").isEqualTo(page.painted(page.image(0)));
        assertThat(quality.get("leftOut").getAsDouble())
                .isCloseTo((double) wrong / all, org.assertj.core.api.Assertions.within(1e-12));
    }

    private static void places(PageClient page, JsonObject state) {
        assertThat(state.getAsJsonArray("places").size()).isBetween(1, 24);
        for (JsonElement element : state.getAsJsonArray("places")) {
            JsonObject place = element.getAsJsonObject();
            assertThat(place.getAsJsonArray("classes")).hasSize(2);
            assertThat(place.get("reason").getAsString()).contains(" or ");
            assertThat(place.getAsJsonArray("box").get(2).getAsInt())
                    .isGreaterThan(place.getAsJsonArray("box").get(0).getAsInt());
        }
    }

    @Test
    void aSuggestionNeedsLabels() throws IOException, InterruptedException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            assertThat(page.post("/api/suggestion", "{}").status()).isEqualTo(200);
            JsonObject failed = page.await(s -> !s.get("suggestion").isJsonNull()
                            && s.getAsJsonObject("suggestion")
                                    .get("state")
                                    .getAsString()
                                    .equals("failed"))
                    .getAsJsonObject("suggestion");
            assertThat(failed.get("message").getAsString()).contains("two classes");
            assertThat(page.send("DELETE", "/api/suggestion", null).status()).isEqualTo(200);
            assertThat(page.state().get("suggestion").isJsonNull()).isTrue();
        }
    }

    @Test
    void aSuggestionTicksSomeOfTheSelectedFeatures() throws IOException, InterruptedException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            String image = page.image(0);
            page.send("PUT", "/api/features", FEW_FEATURES);
            for (int y = 10; y < 90; y += 20) {
                page.paint(image, 1, 10, y, 30, y);
                page.paint(image, 2, 50, y, 80, y);
            }
            page.post("/api/suggestion", "{}");
            JsonObject done = page.await(s -> {
                        JsonObject now = s.getAsJsonObject("suggestion");
                        assertThat(now.get("state").getAsString()).isIn("running", "done");
                        return now.get("state").getAsString().equals("done");
                    })
                    .getAsJsonObject("suggestion");
            assertThat(done.get("outOfBag").getAsDouble()).isBetween(0.0, 1.0);
            assertThat(done.get("before").getAsDouble()).isBetween(0.0, 1.0);
            assertThat(done.get("microseconds").getAsDouble()).isPositive();
            int ticked = 0;
            for (int row = 0; row < 6; row++) {
                for (int column = 0; column < 2; column++) {
                    boolean tick = done.getAsJsonArray("selected")
                            .get(row)
                            .getAsJsonArray()
                            .get(column)
                            .getAsBoolean();
                    boolean before = row == 0 || column == 0 && (row == 1 || row == 5);
                    assertThat(tick && !before).isFalse();
                    ticked += tick ? 1 : 0;
                }
            }
            assertThat(ticked).isBetween(1, 4);
        }
    }
}
