package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page does with folders: preparing, watching, label images. */
class FolderRoutesTest {

    @TempDir
    private Path scratch;

    @Test
    void rawImagesArePreparedAndTheirCropsAdded() throws IOException, InterruptedException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.raw(scratch)))) {
            JsonObject unprepared = page.state().getAsJsonObject("unprepared");
            assertThat(unprepared.get("count").getAsInt()).isEqualTo(1);
            assertThat(page.state().getAsJsonArray("images")).isEmpty();
            JsonObject request = new JsonObject();
            request.add("folder", unprepared.get("folder"));
            assertThat(page.post("/api/prepare", request.toString()).status()).isEqualTo(200);
            JsonObject state = page.await(s ->
                    !s.getAsJsonObject("prepare").get("state").getAsString().equals("running"));
            assertThat(state.getAsJsonObject("prepare").get("state").getAsString())
                    .isEqualTo("done");
            assertThat(state.getAsJsonArray("images")).hasSize(1);
            assertThat(page.await(s -> s.get("unprepared").isJsonNull())).isNotNull();
            assertThat(state.getAsJsonArray("channels").asList())
                    .extracting(c -> c.getAsJsonObject().get("name").getAsString())
                    .as("the first images bring the panel")
                    .hasSize(4)
                    .doesNotContain("Channel 0");
            Path crop = Path.of(state.getAsJsonArray("images")
                    .get(0)
                    .getAsJsonObject()
                    .get("path")
                    .getAsString());
            // The crop of the original program, to the byte of every sample, is what PrepareCommandTest asks for.
            assertThat(crop.getParent().getFileName()).hasToString("crops");
            assertThat(Study.crops().stream().map(c -> c.getFileName().toString()))
                    .contains(crop.getFileName().toString());
            page.post("/api/close", "");
            JsonObject recent = page.state().getAsJsonArray("recent").get(0).getAsJsonObject();
            assertThat(recent.get("images").getAsInt()).isEqualTo(1);
            assertThat(recent.get("ilastik").getAsBoolean()).isFalse();
        }
    }

    @Test
    void imagesThatAppearInAWatchedFolderAreAdded() throws IOException, InterruptedException {
        Path study = Study.withCrops(scratch, 1);
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            assertThat(page.post("/api/watch", "{\"on\": true}").status()).isEqualTo(200);
            assertThat(page.state().getAsJsonObject("watch").get("folder").getAsString())
                    .endsWith("crops");
            Study.copy(List.of(Study.crops().get(1)), study.resolve("analysis/crops"));
            JsonObject state = page.await(s -> s.getAsJsonArray("images").size() == 2);
            assertThat(state.getAsJsonArray("images")
                            .get(1)
                            .getAsJsonObject()
                            .get("file")
                            .getAsString())
                    .isEqualTo(Study.crops().get(1).getFileName().toString());
            page.post("/api/watch", "{\"on\": false}");
            assertThat(page.state().get("watch").isJsonNull()).isTrue();
        }
    }

    @Test
    void labelsGoToAFileAndBack() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            String image = page.image(0);
            page.paint(image, 1, 20, 20, 40, 20);
            page.paint(image, 3, 20, 50, 40, 50);
            byte[] before = page.get("/api/images/" + image + "/labels").bytes();
            Path folder = Files.createDirectory(scratch.resolve("labels"));
            JsonObject request = new JsonObject();
            request.addProperty("folder", folder.toString());
            String file = page.post("/api/labels/export", request.toString())
                    .object()
                    .getAsJsonArray("files")
                    .get(0)
                    .getAsString();
            page.post("/api/undo", "");
            page.post("/api/undo", "");
            assertThat(page.painted(image)).isZero();
            JsonObject read = new JsonObject();
            read.addProperty("path", file);
            assertThat(page.post("/api/images/" + image + "/labels/import", read.toString())
                            .status())
                    .isEqualTo(200);
            assertThat(page.get("/api/images/" + image + "/labels").bytes()).isEqualTo(before);
            page.post("/api/undo", "");
            assertThat(page.painted(image)).isZero();

            read.addProperty(
                    "path",
                    scratch.resolve("study/analysis/crops")
                            .resolve(Study.crops().get(0).getFileName())
                            .toString());
            PageClient.Answer refused = page.post("/api/images/" + image + "/labels/import", read.toString());
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.object().get("message").getAsString()).contains("channels");
        }
    }
}
