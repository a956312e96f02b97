package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.Images;

/** Exporting the project's images: nothing that somebody needs is replaced, and what is there already is known. */
class ExportRoutesTest {

    @TempDir
    private Path scratch;

    private static List<String> words(JsonObject state, String field) {
        List<String> words = new ArrayList<>();
        for (JsonElement output : state.getAsJsonObject("export").getAsJsonArray("outputs")) {
            JsonElement word = output.getAsJsonObject().get(field);
            words.add(word.isJsonNull() ? null : word.isJsonObject() ? word.toString() : word.getAsString());
        }
        return words;
    }

    private static void settings(PageClient page, String source, String file) {
        PageClient.Answer answer = page.send("PUT", "/api/export/settings", Painted.settings(source, file));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    private static JsonObject exported(PageClient page) throws InterruptedException {
        PageClient.Answer answer = page.post("/api/export", "{}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return page.await(s ->
                !words(s, "state").contains("waiting") && !words(s, "state").contains("running"));
    }

    @Test
    void noExportReplacesAnotherOrAnImage() throws Exception {
        try (PageClient page = Painted.trained(scratch, 2)) {
            settings(page, "Probabilities", "{dataset_dir}/result.tiff");
            JsonObject done = exported(page);
            assertThat(words(done, "state")).containsExactly("current", "failed");
            assertThat(words(done, "error").get(1)).contains("would overwrite the output of", "{nickname}");
            Path raw = scratch.resolve("study/0.npy");
            byte[] before = Files.readAllBytes(raw);
            page.send(
                    "PUT",
                    "/api/export/settings",
                    Painted.settings("Probabilities", "{dataset_dir}/{nickname}.npy")
                            .replace("\"tiff\"", "\"numpy\""));
            done = exported(page);
            assertThat(words(done, "state")).containsOnly("failed");
            assertThat(words(done, "error").get(0)).contains("would overwrite an image of the project");
            assertThat(raw).hasBinaryContent(before);
            assertThat(page.send("DELETE", "/api/export", null).status()).isEqualTo(200);
            assertThat(raw).exists();
        }
    }

    @Test
    void whatIsDeletedIsWhatWasWritten() throws Exception {
        try (PageClient page = Painted.trained(scratch, 1)) {
            Path foreign = Files.writeString(scratch.resolve("study/renamed_Probabilities.tiff"), "of somebody");
            settings(page, "Probabilities", "{dataset_dir}/{nickname}_{result_type}.tiff");
            JsonObject done = exported(page);
            Path written = Path.of(words(done, "file").get(0));
            assertThat(written).exists();
            page.send("PATCH", "/api/images/" + page.image(0), "{\"name\": \"renamed\"}");
            assertThat(page.send("DELETE", "/api/export", null).status()).isEqualTo(200);
            assertThat(written).doesNotExist();
            assertThat(foreign).hasContent("of somebody");
        }
    }

    @Test
    void whatIsUpToDateIsKnownAndKept() throws Exception {
        Painted.assumeMarks(scratch);
        Path project;
        Path written;
        try (PageClient page = Painted.trained(scratch, 1)) {
            written = Path.of(words(exported(page), "file").get(0));
            page.post("/api/save", "{}");
            project =
                    Path.of(page.state().getAsJsonObject("project").get("path").getAsString());
        }
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(written, old);
        try (PageClient page = PageClient.of(scratch, Optional.of(project))) {
            page.await(s -> words(s, "state").contains("current"));
            assertThat(words(exported(page), "state")).containsExactly("current");
            assertThat(Files.getLastModifiedTime(written)).as("kept").isEqualTo(old);
            page.paint(page.image(0), 1, 20, 40, 40, 40);
            page.post("/api/update", "{}");
            page.await(s -> words(s, "state").contains("old"));
            assertThat(words(exported(page), "state")).containsExactly("current");
            assertThat(Files.getLastModifiedTime(written)).as("written again").isNotEqualTo(old);
        }
    }

    @Test
    void labelsAndFeaturesNeedNoForest() throws Exception {
        Painted.images(scratch.resolve("study"), 1);
        try (PageClient page = PageClient.of(scratch, Optional.of(scratch.resolve("study")))) {
            page.paint(page.image(0), 2, 10, 10, 20, 10);
            assertThat(page.post("/api/export", "{}").status())
                    .as("nothing is trained")
                    .isEqualTo(409);
            settings(page, "Labels", "{dataset_dir}/{nickname}_{result_type}.tiff");
            JsonObject done = exported(page);
            assertThat(words(done, "state")).containsExactly("current");
            Path labels = Path.of(words(done, "file").get(0));
            assertThat(highest(labels)).isEqualTo(2);
            page.paint(page.image(0), 3, 10, 40, 20, 40);
            exported(page);
            assertThat(highest(labels)).as("labels changed: not kept").isEqualTo(3);
            settings(page, "Features", "{dataset_dir}/{nickname}_{result_type}.tiff");
            assertThat(words(exported(page), "state")).containsExactly("current");
        }
    }

    private static float highest(Path file) throws IOException {
        try (ImageSource image = Images.open(file)) {
            float highest = 0;
            for (float sample : image.read(image.shape().whole(0)).samples()) {
                highest = Math.max(highest, sample);
            }
            return highest;
        }
    }
}
