package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.project.Project;

/** Labelling through the server's routes, on crops of a real study. */
class PageServerTest {

    private static final String[] PARTS = {
        "server", "recent", "opening", "project", "history", "images", "channels", "statistics", "classes", "counts",
        "features", "suggestion", "training", "quality", "places", "export", "batch", "watch", "unprepared", "prepare",
        "view"
    };

    @TempDir
    private Path scratch;

    @Test
    void everyPartIsThereWithoutAProject() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.empty())) {
            JsonObject state = page.state();
            assertThat(state.keySet()).contains(PARTS).contains("revision", "session");
            for (String part : new String[] {
                "opening", "project", "suggestion", "quality", "watch", "unprepared", "prepare", "statistics"
            }) {
                assertThat(state.get(part).isJsonNull()).as(part).isTrue();
            }
            assertThat(state.getAsJsonArray("places")).isEmpty();
            assertThat(state.getAsJsonArray("images")).isEmpty();
        }
    }

    @Test
    void aStrokeIsCountedTakenBackAndDoneAgain() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 2)))) {
            JsonObject state = page.state();
            assertThat(state.keySet()).contains(PARTS);
            assertThat(state.getAsJsonArray("images")).hasSize(2);
            assertThat(state.getAsJsonObject("project").get("fresh").getAsBoolean())
                    .isTrue();
            String image = page.image(0);

            JsonObject answer = page.paint(image, 2, 20, 20, 40, 20);
            JsonArray counts = answer.getAsJsonObject("counts").getAsJsonArray(image);
            assertThat(counts.get(0).getAsLong()).isZero();
            assertThat(counts.get(1).getAsLong()).isBetween(60L, 80L);
            assertThat(answer.get("target").getAsLong()).isPositive();
            long painted = page.painted(image);

            assertThat(page.post("/api/undo", "").status()).isEqualTo(200);
            assertThat(page.painted(image)).isZero();
            assertThat(page.post("/api/undo", "").status()).isEqualTo(409);
            assertThat(page.post("/api/redo", "").status()).isEqualTo(200);
            assertThat(page.painted(image)).isEqualTo(painted);
            assertThat(page.post("/api/redo", "").status()).isEqualTo(409);
        }
    }

    @Test
    void aProjectWhoseViewIsDamagedOpens() throws IOException {
        Path file = scratch.resolve("a.ilp");
        Project project = Project.create();
        project.withAdditions(project.additions().withView(Optional.of("{damaged")))
                .write(file);
        try (PageClient page = PageClient.of(scratch, Optional.of(file))) {
            JsonObject state = page.state();
            assertThat(state.getAsJsonObject("project").get("name").getAsString())
                    .isEqualTo("a.ilp");
            assertThat(state.get("view").isJsonNull()).isTrue();
        }
    }

    @Test
    void aStrokeThatIsSentTwiceIsPaintedOnce() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            String image = page.image(0);
            String stroke = PageClient.stroke(UUID.randomUUID().toString(), image, 1, 20, 20, 40, 20);
            PageClient.Answer first = page.post("/api/strokes", stroke);
            page.paint(image, 2, 20, 20, 40, 20);
            PageClient.Answer again = page.post("/api/strokes", stroke);
            assertThat(first.status()).isEqualTo(200);
            assertThat(again.status()).isEqualTo(200);
            JsonArray counts = again.object().getAsJsonObject("counts").getAsJsonArray(image);
            assertThat(counts.get(0).getAsLong())
                    .as("the newer stroke stays on top")
                    .isZero();
            assertThat(counts.get(1).getAsLong()).isPositive();
        }
    }

    @Test
    void classesAreAddedRenamedMergedAndDeleted() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            String image = page.image(0);
            int before = page.state().getAsJsonArray("classes").size();
            int added = page.post("/api/classes", "{\"name\": \"vessel\", \"colour\": \"#102030\"}")
                    .object()
                    .get("class")
                    .getAsInt();
            assertThat(added).isEqualTo(before + 1);
            page.paint(image, added, 20, 20, 40, 20);
            long painted = page.painted(image);
            assertThat(page.send("PATCH", "/api/classes/" + added, "{\"name\": \"artery\"}")
                            .status())
                    .isEqualTo(200);
            JsonObject last =
                    page.state().getAsJsonArray("classes").get(added - 1).getAsJsonObject();
            assertThat(last.get("name").getAsString()).isEqualTo("artery");
            assertThat(last.get("colour").getAsString()).isEqualTo("#102030");
            assertThat(page.send("PATCH", "/api/classes/1", "{\"name\": \"artery\"}")
                            .status())
                    .as("a name is given once")
                    .isEqualTo(409);

            assertThat(page.post("/api/classes/" + added + "/merge", "{\"into\": 1}")
                            .status())
                    .isEqualTo(200);
            assertThat(page.state().getAsJsonArray("classes")).hasSize(before);
            assertThat(page.state()
                            .getAsJsonObject("counts")
                            .getAsJsonArray(image)
                            .get(0)
                            .getAsLong())
                    .isEqualTo(painted);
            assertThat(page.send("DELETE", "/api/classes/1", null).status()).isEqualTo(200);
            assertThat(page.painted(image)).isZero();
            page.post("/api/undo", "");
            assertThat(page.painted(image)).isEqualTo(painted);
        }
    }

    @Test
    void strokesAreThereAfterTheProgramStoppedWithoutSaving() throws IOException {
        Path study = Study.withCrops(scratch, 1);
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            String image = page.image(0);
            page.paint(image, 1, 20, 20, 40, 20);
            page.paint(image, 2, 20, 40, 40, 40);
            page.post("/api/undo", "");
            page.paint(image, 3, 20, 60, 40, 60);
            long painted = page.painted(image);
            // What a kill would leave: the files as they are now.
            Path left = Study.copyOf(study, scratch.resolve("left/study"));
            try (PageClient next = PageClient.of(scratch, Optional.of(left))) {
                assertThat(next.painted(next.image(0))).isEqualTo(painted);
                assertThat(next.state()
                                .getAsJsonObject("project")
                                .get("unsaved")
                                .getAsBoolean())
                        .isTrue();
                next.post("/api/undo", "");
                next.post("/api/undo", "");
                assertThat(next.painted(next.image(0))).isZero();
            }
        }
    }

    @Test
    void aStrokeThatWaitedIsNotPaintedInAnotherProject() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)))) {
            String image = page.image(0);
            JsonObject stroke = com.google.gson.JsonParser.parseString(
                            PageClient.stroke(UUID.randomUUID().toString(), image, 1, 20, 20, 40, 20))
                    .getAsJsonObject();
            stroke.addProperty("project", "another");
            PageClient.Answer answer = page.post("/api/strokes", stroke.toString());
            assertThat(answer.status()).isEqualTo(409);
            String open = page.state().getAsJsonObject("project").get("id").getAsString();
            assertThat(answer.object().getAsJsonObject("details").get("project").getAsString())
                    .isEqualTo(open);
            stroke.addProperty("project", open);
            assertThat(page.post("/api/strokes", stroke.toString()).status()).isEqualTo(200);
            page.post("/api/undo", "");
            assertThat(page.post("/api/strokes", stroke.toString()).status()).isEqualTo(200);
            assertThat(page.painted(image)).as("taken back stays taken back").isZero();
        }
    }

    @Test
    void underAnotherNameTheProjectKeepsItsImagesAndHistory() throws IOException {
        Path study = Study.withCrops(scratch, 1);
        Path folder = java.nio.file.Files.createDirectories(scratch.resolve("copies/deep"));
        Path copy = folder.resolve("copy.ilp");
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            String image = page.image(0);
            page.paint(image, 1, 20, 20, 40, 20);
            page.paint(image, 2, 20, 40, 40, 40);
            page.post("/api/undo", "");
            String path = "{\"path\": \"" + copy.toString().replace('\\', '/') + "\"}";
            assertThat(page.post("/api/save", path).status()).isEqualTo(200);
            page.post("/api/redo", "");
            page.post("/api/undo", "");
            assertThat(page.post("/api/save", "{}").status()).isEqualTo(200);
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(copy))) {
            assertThat(page.state()
                            .getAsJsonArray("images")
                            .get(0)
                            .getAsJsonObject()
                            .get("error")
                            .isJsonNull())
                    .as("the image is found from the new folder")
                    .isTrue();
            long painted = page.painted(page.image(0));
            assertThat(painted).isPositive();
            assertThat(page.post("/api/redo", "").status()).isEqualTo(200);
            assertThat(page.painted(page.image(0))).isGreaterThan(painted);
            page.post("/api/undo", "");
            page.post("/api/undo", "");
            assertThat(page.painted(page.image(0))).isZero();
        }
    }

    @Test
    void aProjectThatIsOpenElsewhereIsNotReplaced() throws IOException {
        Path one = Study.withCrops(scratch.resolve("one"), 1);
        Path two = Study.withCrops(scratch.resolve("two"), 1);
        try (PageClient first = PageClient.of(scratch, Optional.of(one));
                PageClient second = PageClient.of(scratch, Optional.of(two))) {
            Path file =
                    Path.of(first.state().getAsJsonObject("project").get("path").getAsString());
            byte[] before = java.nio.file.Files.readAllBytes(file);
            String body = "{\"path\": \"" + file.toString().replace('\\', '/') + "\", \"replace\": true}";
            assertThat(second.post("/api/save", body).status()).isEqualTo(409);
            assertThat(java.nio.file.Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void whoComesSecondReadsOnly() throws IOException {
        Path study = Study.withCrops(scratch, 1);
        try (PageClient first = PageClient.of(scratch, Optional.of(study));
                PageClient second = PageClient.of(scratch, Optional.of(study))) {
            JsonObject project = second.state().getAsJsonObject("project");
            assertThat(project.get("readOnly").getAsBoolean()).isTrue();
            assertThat(project.get("readOnlyReason").getAsString()).contains("open in another program");
            String stroke = PageClient.stroke(UUID.randomUUID().toString(), second.image(0), 1, 20, 20, 40, 20);
            PageClient.Answer refused = second.post("/api/strokes", stroke);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.object().get("title").getAsString()).isEqualTo("Read-only");
            assertThat(first.state().getAsJsonObject("project").get("readOnly").getAsBoolean())
                    .isFalse();
        }
    }
}
