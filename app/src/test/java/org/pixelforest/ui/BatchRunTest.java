package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.io.DatasetPlace;

/** Runs over the batch list: stopped, gone on with, done again in part, and never over a file that somebody needs. */
class BatchRunTest {

    @TempDir
    private Path scratch;

    private PageClient page;
    private List<Path> files;

    @BeforeEach
    void train() throws IOException, InterruptedException {
        files = Painted.images(scratch.resolve("others"), 4);
        page = Painted.trained(scratch, 1);
        add(files);
    }

    @AfterEach
    void stop() throws IOException {
        page.close();
    }

    private void add(List<Path> paths) {
        List<String> names = paths.stream().map(Path::toString).toList();
        assertThat(page.post("/api/batch/files", new Gson().toJson(Map.of("paths", names)))
                        .status())
                .isEqualTo(200);
    }

    private static JsonObject batch(JsonObject state) {
        return state.getAsJsonObject("batch");
    }

    private static List<String> words(JsonObject state, String field) {
        List<String> words = new ArrayList<>();
        for (JsonElement file : batch(state).getAsJsonArray("files")) {
            JsonElement word = file.getAsJsonObject().get(field);
            words.add(word.isJsonNull() ? null : word.getAsString());
        }
        return words;
    }

    private static Predicate<JsonObject> idle() {
        return s -> batch(s).get("state").getAsString().equals("idle")
                && !words(s, "state").contains("running");
    }

    private JsonObject ask(String what, int... places) throws InterruptedException {
        List<String> ids = words(page.state(), "id");
        List<String> chosen = new ArrayList<>();
        for (int place : places) {
            chosen.add(ids.get(place));
        }
        String body = places.length == 0 ? "{}" : new Gson().toJson(Map.of("ids", chosen));
        assertThat(page.post("/api/batch/" + what, body).status()).isEqualTo(200);
        return page.await(idle());
    }

    /** Why a file failed. */
    private static JsonObject error(JsonObject state, int place) {
        return batch(state).getAsJsonArray("files").get(place).getAsJsonObject().getAsJsonObject("error");
    }

    @Test
    void whatFailedIsTriedAgainAndNothingElse() throws Exception {
        byte[] whole = Files.readAllBytes(files.get(1));
        Files.writeString(files.get(1), "no image");
        JsonObject done = ask("run");
        assertThat(words(done, "state")).containsExactly("done", "failed", "done", "done");
        assertThat(error(done, 1).get("title").getAsString()).isIn("File is damaged", "Kind of file not supported");
        Files.write(files.get(1), whole);
        Path first = Path.of(words(done, "output").get(0));
        Files.writeString(first, "changed by somebody");
        done = ask("retry", 1);
        assertThat(words(done, "state")).containsExactly("done", "done", "done", "done");
        assertThat(first).as("done ones stay").hasContent("changed by somebody");
    }

    @Test
    void aSkippedFileIsLeftOutAndOneThatWasStoppedWaits() throws Exception {
        page.post(
                "/api/batch/skip",
                new Gson().toJson(Map.of("ids", words(page.state(), "id").subList(0, 2))));
        JsonObject done = ask("run");
        assertThat(words(done, "state")).containsExactly("skipped", "skipped", "done", "done");
        assertThat(page.post("/api/batch/pause", "{}").status()).isEqualTo(200);
        assertThat(batch(page.state()).get("state").getAsString()).isEqualTo("idle");
        done = ask("retry", 0);
        assertThat(words(done, "state")).containsExactly("done", "skipped", "done", "done");
        assertThat(ask("cancel")).isNotNull();
        Files.delete(Path.of(words(done, "output").get(3)));
        done = ask("run");
        assertThat(words(done, "state")).as("a result that is gone").containsExactly("done", "skipped", "done", "done");
        assertThat(Path.of(words(done, "output").get(3))).exists();
    }

    @Test
    void aRunCanPauseGoOnAndEnd() throws Exception {
        List<Path> more = Painted.images(scratch.resolve("more"), 12);
        add(more);
        page.post("/api/batch/run", "{}");
        page.post("/api/batch/pause", "{}");
        JsonObject paused = page.await(s -> !words(s, "state").contains("running"));
        long done = batch(paused).get("done").getAsLong();
        assumeThat(done).as("files done before the pause").isLessThan(16);
        assertThat(batch(paused).get("state").getAsString()).isEqualTo("paused");
        page.post("/api/batch/resume", "{}");
        page.await(s -> batch(s).get("done").getAsLong() > done);
        JsonObject cancelled = ask("cancel");
        assertThat(words(cancelled, "state")).doesNotContain("failed");
        assertThat(words(ask("run"), "state")).containsOnly("done");
    }

    /** One batch has one classifier: what is trained, or taken away, while it runs is for the next. */
    @Test
    void aClassThatIsDeletedMeanwhileDoesNotChangeTheRun() throws Exception {
        page.post("/api/batch/run", "{}");
        page.send("DELETE", "/api/classes/3", null);
        JsonObject done = page.await(idle());
        assertThat(words(done, "state")).containsOnly("done");
        for (String output : words(done, "output")) {
            try (org.pixelforest.image.ImageSource image = org.pixelforest.io.Images.open(Path.of(output))) {
                assertThat(image.shape().c()).isEqualTo(3);
            }
        }
        assertThat(page.post("/api/batch/run", "{}").status())
                .as("nothing is trained")
                .isEqualTo(409);
        assertThat(batch(page.state()).get("state").getAsString()).isEqualTo("idle");
    }

    @Test
    void whatIsUpToDateIsKept() throws Exception {
        Painted.assumeMarks(scratch);
        JsonObject done = ask("run");
        Path list;
        try (var found = Files.list(scratch.resolve("study"))) {
            list = found.filter(f -> f.toString().endsWith(".batch"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(list).content().contains("made");
        assertThat(words(ask("run"), "kept")).as("nothing is due").containsOnly("false");
        page.send("DELETE", "/api/batch/files", null);
        add(files);
        JsonObject again = ask("run");
        assertThat(words(again, "state")).containsOnly("done");
        assertThat(words(again, "output")).isEqualTo(words(done, "output"));
        assertThat(words(again, "kept")).containsOnly("true");
    }

    @Test
    void noResultReplacesAnotherOrAFileOfTheList() throws Exception {
        page.send("PUT", "/api/export/settings", Painted.settings("Probabilities", "{dataset_dir}/result.tiff"));
        JsonObject done = ask("run");
        assertThat(words(done, "state")).containsExactly("done", "failed", "failed", "failed");
        assertThat(error(done, 1).get("message").getAsString()).contains("would overwrite the output of", "0.npy");
        page.send(
                "PUT",
                "/api/export/settings",
                Painted.settings("Probabilities", "{dataset_dir}/{nickname}.npy")
                        .replace("\"tiff\"", "\"numpy\""));
        byte[] before = Files.readAllBytes(files.get(0));
        done = ask("run");
        assertThat(words(done, "state")).containsOnly("failed");
        assertThat(files.get(0)).hasBinaryContent(before);
        assertThat(ask("retry", 1).toString()).contains("would overwrite a file of the list");
    }

    @Test
    void pagesAreToldWhatChangedAlone() throws Exception {
        try (PageEvents window = page.listen("window")) {
            page.post("/api/batch/run", "{}");
            window.next(m -> {
                JsonObject told = m;
                if (m.get("event").getAsString().equals("batch")) {
                    assertThat(m.getAsJsonObject("summary").has("files")).isFalse();
                    assertThat(m.getAsJsonArray("files").size()).isLessThanOrEqualTo(4);
                    told = m.getAsJsonObject("summary");
                } else if (m.has("parts") && m.getAsJsonObject("parts").has("batch")) {
                    told = m.getAsJsonObject("parts").getAsJsonObject("batch");
                }
                return told.has("done") && told.get("done").getAsInt() == 4;
            });
        }
    }

    @Test
    void whatIsUsualIsFoundOncePerChange() {
        BatchItems items = new BatchItems();
        for (int i = 0; i < 5000; i++) {
            BatchFile file = new BatchFile(DatasetPlace.of("/images/" + i + ".h5"));
            assertThat(items.add(file)).isPresent();
            items.uncertainty(file, Optional.of(i % 7 / 100.0));
        }
        OutputUncertainty.Usual usual = items.usual();
        assertThat(items.usual()).isSameAs(usual);
        assertThat(items.add(new BatchFile(DatasetPlace.of("/images/17.h5")))).isEmpty();
        assertThat(items.usual()).as("nothing changed").isSameAs(usual);
        items.uncertainty(items.all().iterator().next(), Optional.of(0.9));
        assertThat(items.usual()).isNotSameAs(usual);
    }
}
