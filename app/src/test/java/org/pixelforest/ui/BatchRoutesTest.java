package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.cli.CommandLineRun;

/** Files of the batch list: one that fails never stops the rest, and the list is there after a restart. */
class BatchRoutesTest {

    private static final String FEW_FEATURES =
            "{\"scales\": [{\"sigma\": 1.0, \"in2d\": true}], \"selected\": [[true], [false], [false], [false], [false], [true]]}";

    @TempDir
    private Path scratch;

    private static JsonObject file(JsonObject state, int place) {
        return state.getAsJsonObject("batch").getAsJsonArray("files").get(place).getAsJsonObject();
    }

    private static String word(JsonObject state, int place) {
        return file(state, place).get("state").getAsString();
    }

    @Test
    void filesAreClassifiedAsTheCommandLineDoesAndTheListStays() throws IOException, InterruptedException {
        Path study = Study.withCrops(scratch, 1);
        Path others = scratch.resolve("others");
        Study.copy(Study.crops().subList(1, 3), others);
        Path broken = Files.writeString(others.resolve("a_broken.h5"), "no image");
        Path project;
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            assertThat(page.post("/api/batch/run", "{}").status())
                    .as("no forest")
                    .isEqualTo(409);
            page.send("PUT", "/api/features", FEW_FEATURES);
            for (int y = 10; y < 90; y += 20) {
                page.paint(page.image(0), 1, 10, y, 30, y);
                page.paint(page.image(0), 2, 50, y, 80, y);
            }
            page.post("/api/update", "{}");
            page.await(s -> s.getAsJsonObject("training").get("model").getAsLong() > 0);
            JsonArray paths = new JsonArray();
            List<Path> files = List.of(
                    broken,
                    others.resolve(Study.crops().get(1).getFileName()),
                    others.resolve(Study.crops().get(2).getFileName()));
            files.forEach(f -> paths.add(f.toString()));
            JsonObject request = new JsonObject();
            request.add("paths", paths);
            assertThat(page.post("/api/batch/files", request.toString()).status())
                    .isEqualTo(200);
            assertThat(page.post("/api/save", "{}").status()).isEqualTo(200);
            assertThat(page.post("/api/batch/run", "{}").status()).isEqualTo(200);
            JsonObject done = page.await(
                    s -> s.getAsJsonObject("batch").get("state").getAsString().equals("idle")
                            && !word(s, 2).equals("waiting"));
            assertThat(word(done, 0)).isEqualTo("failed");
            assertThat(file(done, 0).getAsJsonObject("error").get("message").getAsString())
                    .contains("a_broken.h5");
            project = Path.of(done.getAsJsonObject("project").get("path").getAsString());
            for (int i = 1; i < 3; i++) {
                assertThat(word(done, i)).isEqualTo("done");
                assertThat(file(done, i).get("uncertainty").getAsDouble()).isBetween(0.0, 1.0);
                Path output = Path.of(file(done, i).get("output").getAsString());
                byte[] fromPage = Files.readAllBytes(output);
                Files.delete(output);
                assertThat(CommandLineRun.of("classify", "--project", project, files.get(i))
                                .status())
                        .isZero();
                assertThat(Files.readAllBytes(output)).isEqualTo(fromPage);
                String id = file(done, i).get("id").getAsString();
                assertThat(page.get("/api/batch/" + id + "/raw?c=0&level=2").bytes())
                        .isNotEmpty();
                assertThat(page.get("/api/batch/" + id + "/probabilities?level=2")
                                .bytes())
                        .isNotEmpty();
            }
            assertThat(page.get("/api/batch/" + file(done, 0).get("id").getAsString() + "/probabilities")
                            .status())
                    .isEqualTo(204);
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(project))) {
            JsonObject state = page.state();
            assertThat(state.getAsJsonObject("batch").getAsJsonArray("files")).hasSize(3);
            assertThat(word(state, 0)).as("what failed is tried again").isEqualTo("waiting");
            assertThat(word(state, 2)).isEqualTo("done");
            assertThat(page.send("DELETE", "/api/batch/files", null).status()).isEqualTo(200);
            assertThat(page.state().getAsJsonObject("batch").getAsJsonArray("files"))
                    .isEmpty();
        }
    }

    @Test
    void anImageThatIsFarLessCertainStandsOut() {
        double[] usual = {0.10, 0.11, 0.12, 0.10, 0.11, 0.40};
        OutputUncertainty.Usual known = OutputUncertainty.Usual.of(usual);
        assertThat(known.isOutlier(0.40)).isTrue();
        assertThat(known.isOutlier(0.12)).isFalse();
        assertThat(known.isOutlier(0.05)).isFalse();
        assertThat(OutputUncertainty.Usual.of(0.1, 0.1, 0.1, 0.4).isOutlier(0.40))
                .as("too few to know")
                .isFalse();
    }

    @Test
    void aSequenceIsRefusedInWords() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            PageClient.Answer answer =
                    page.post("/api/images", "{\"sequence\": [\"a.png\", \"b.png\"], \"axis\": \"z\"}");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.object().get("action").getAsString()).contains("one file");
        }
    }
}
