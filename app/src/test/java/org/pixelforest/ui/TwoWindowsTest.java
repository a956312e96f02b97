package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two windows on one project, through sockets as browsers open them: each sees what the other does. */
@Timeout(120)
class TwoWindowsTest {

    @TempDir
    private Path scratch;

    private Path study;
    private PageClient server;
    private PageEvents left;
    private PageEvents right;
    private String image;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        study = Study.withCrops(scratch, 1);
        server = PageClient.of(scratch, Optional.of(study));
        left = server.listen("left");
        right = server.listen("right");
        assertThat(left.next("hello").get("session"))
                .isEqualTo(right.next("hello").get("session"));
        image = server.image(0);
    }

    @AfterEach
    void close() throws IOException {
        left.close();
        right.close();
        server.close();
    }

    private String paint(String page, int cls, int y) {
        String id = UUID.randomUUID().toString();
        String stroke = PageClient.stroke(id, image, cls, 20, y, 40, y).replace("page-1", page);
        assertThat(server.post("/api/strokes", stroke).status()).isEqualTo(200);
        return id;
    }

    /** What a window has that reads the box of labels that an event names. */
    private byte[] read(JsonObject event) {
        JsonArray box = event.getAsJsonArray("box");
        return server.get("/api/images/" + image + "/labels?t=0&z=0&x0=" + box.get(0) + "&y0=" + box.get(1) + "&x1="
                        + box.get(2) + "&y1=" + box.get(3))
                .bytes();
    }

    @Test
    void aStrokeOfOneIsSeenByTheOther() throws InterruptedException {
        String stroke = paint("left", 2, 30);
        for (PageEvents window : List.of(left, right)) {
            JsonObject event = window.next("labels");
            assertThat(event.get("page").getAsString()).isEqualTo("left");
            assertThat(event.get("stroke").getAsString()).isEqualTo(stroke);
            assertThat(event.get("image").getAsString()).isEqualTo(image);
            assertThat(event.getAsJsonObject("counts")
                            .getAsJsonArray(image)
                            .get(1)
                            .getAsLong())
                    .isEqualTo(server.painted(image));
            JsonArray box = event.getAsJsonArray("box");
            assertThat(box.get(0).getAsInt()).isLessThanOrEqualTo(20);
            assertThat(box.get(2).getAsInt()).isGreaterThan(40);
            assertThat(read(event)).contains((byte) 2);
        }
    }

    @Test
    void strokesOfBothAtOnceAreAllThere() throws InterruptedException {
        Thread other = new Thread(() -> {
            for (int i = 0; i < 8; i++) {
                paint("right", 1, 2 + 10 * i);
            }
        });
        other.start();
        for (int i = 0; i < 8; i++) {
            paint("left", 2, 7 + 10 * i);
        }
        other.join(TimeUnit.MINUTES.toMillis(1));
        for (PageEvents window : List.of(left, right)) {
            int ofLeft = 0;
            long counted = 0;
            for (int i = 0; i < 16; i++) {
                JsonObject event = window.next("labels");
                ofLeft += event.get("page").getAsString().equals("left") ? 1 : 0;
                counted = 0;
                for (var count : event.getAsJsonObject("counts").getAsJsonArray(image)) {
                    counted += count.getAsLong();
                }
            }
            assertThat(ofLeft).isEqualTo(8);
            assertThat(counted).isEqualTo(server.painted(image));
        }
        assertThat(server.get("/api/strokes?limit=100").json().getAsJsonArray()).hasSize(16);
    }

    @Test
    void undoOfOneIsSeenByTheOther() throws InterruptedException {
        paint("left", 1, 30);
        right.next("labels");
        assertThat(server.post("/api/undo", "{}").status()).isEqualTo(200);
        JsonObject undone = right.next("labels");
        assertThat(undone.get("stroke").isJsonNull()).isTrue();
        assertThat(undone.getAsJsonObject("counts").getAsJsonArray(image).get(0).getAsLong())
                .isZero();
        assertThat(read(undone)).doesNotContain((byte) 1);
        JsonObject history = right.next(m -> m.has("parts")
                        && m.getAsJsonObject("parts").has("history")
                        && !m.getAsJsonObject("parts")
                                .getAsJsonObject("history")
                                .get("redo")
                                .isJsonNull())
                .getAsJsonObject("parts")
                .getAsJsonObject("history");
        assertThat(history.get("undo").isJsonNull()).isTrue();
    }

    @Test
    void classesOfOneAreSeenByTheOther() throws InterruptedException {
        assertThat(server.send("PATCH", "/api/classes/1", "{\"name\": \"DNA\", \"colour\": \"#102030\"}")
                        .status())
                .isEqualTo(200);
        for (PageEvents window : List.of(left, right)) {
            JsonObject first =
                    window.nextWith("classes").getAsJsonArray("classes").get(0).getAsJsonObject();
            assertThat(first.get("name").getAsString()).isEqualTo("DNA");
            assertThat(first.get("colour").getAsString()).isEqualTo("#102030");
        }
        // The other window did not hear of it yet and names the class as it was: its stroke still finds the class.
        String id = UUID.randomUUID().toString();
        String stale = PageClient.stroke(id, image, 1, 20, 20, 40, 20)
                .replace("\"class\":1", "\"class\":1,\"className\":\"nucleus\"");
        assertThat(server.post("/api/strokes", stale).status()).isEqualTo(200);
        assertThat(server.painted(image)).isPositive();
        assertThat(server.post(
                                "/api/strokes",
                                stale.replace("nucleus", "unheard-of").replace(id, id + "0"))
                        .status())
                .isEqualTo(409);
        assertThat(server.send("DELETE", "/api/classes/2", null).status()).isEqualTo(200);
        assertThat(right.nextWith("classes").getAsJsonArray("classes")).hasSize(2);
    }

    @Test
    void anotherProgramOnTheSameProjectIsToldThatItReadsOnly() throws Exception {
        paint("left", 1, 30);
        try (PageProcess second = PageProcess.start(scratch, "-Xmx300m", study)) {
            JsonObject project = second.state().getAsJsonObject("project");
            assertThat(project.get("readOnly").getAsBoolean()).isTrue();
            assertThat(project.get("readOnlyReason").getAsString()).contains("open in another program");
            PageProcess.Answer refused = second.send(
                    "POST",
                    "/api/strokes",
                    PageClient.stroke(
                            UUID.randomUUID().toString(),
                            second.state()
                                    .getAsJsonArray("images")
                                    .get(0)
                                    .getAsJsonObject()
                                    .get("id")
                                    .getAsString(),
                            1,
                            20,
                            20,
                            40,
                            20));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("Read-only").contains("Save it under another name");
            assertThat(second.send("POST", "/api/save", "{}").status()).isEqualTo(409);
            assertThat(second.send("POST", "/api/undo", "{}").status()).isEqualTo(409);
        }
        paint("left", 1, 50);
        assertThat(server.painted(image)).isPositive();
    }
}
