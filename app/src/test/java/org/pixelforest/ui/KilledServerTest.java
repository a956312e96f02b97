package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;

/**
 * Kills the program at random moments while strokes arrive. What it had answered is there when it starts again.
 * {@code -Dpixelforest.kills=200} kills more often.
 */
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("pixelforest.kills", 3);
    private static final int WIDTH = 100;

    @TempDir
    private Path temp;

    @Test
    void anAnsweredStrokeIsNeverLost() throws Exception {
        Path crop = crop();
        Random random = new Random(11);
        Set<String> answered = new LinkedHashSet<>();
        int sent = 0;
        int inFlight = 0;
        Path open = crop;
        for (int kill = 0; kill <= KILLS; kill++) {
            try (PageProcess program = PageProcess.start(temp, "-Xmx300m", open)) {
                Set<String> kept = strokes(program);
                assertThat(kept).as("after %d kills", kill).containsAll(answered);
                assertThat(kept.size() - answered.size())
                        .as("strokes kept without an answer")
                        .isBetween(0, inFlight);
                answered = kept;
                JsonObject state = program.state();
                assertThat(labelled(state)).isEqualTo(answered.size());
                open = Path.of(state.getAsJsonObject("project").get("path").getAsString());
                String image = state.getAsJsonArray("images")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
                inFlight = 0;
                CompletableFuture<Void> end = CompletableFuture.runAsync(
                        program::close, CompletableFuture.delayedExecutor(random.nextInt(400), TimeUnit.MILLISECONDS));
                while (inFlight == 0) {
                    String id = new UUID(kill, sent).toString();
                    try {
                        paint(program, id, image, 16 * (sent % WIDTH) + 8, 16 * (sent / WIDTH) + 8);
                        answered.add(id);
                    } catch (IOException killed) {
                        inFlight = 1;
                    }
                    sent++;
                }
                end.join();
            }
        }
        assertThat(answered).as("strokes of the whole test").isNotEmpty();
    }

    private Path crop() throws IOException {
        Path crops = Shared.path("data/imc-testdata/analysis/crops");
        try (Stream<Path> files = Files.list(crops)) {
            Path crop = files.filter(f -> f.toString().contains("mockData2_s0_a1"))
                    .findFirst()
                    .orElseThrow();
            return Files.copy(crop, temp.toRealPath().resolve(crop.getFileName()));
        }
    }

    /** One pixel of its own, so that the number of labelled pixels is the number of strokes. */
    private static void paint(PageProcess program, String id, String image, int x, int y)
            throws IOException, InterruptedException {
        String stroke = "{\"id\":\"" + id + "\",\"page\":\"test\",\"image\":\"" + image
                + "\",\"t\":0,\"z\":0,\"class\":1,\"className\":\"nucleus\",\"brush\":1,\"points\":[" + x + "," + y
                + "],\"fill\":false}";
        ok(program.send("POST", "/api/strokes", stroke));
    }

    private static Set<String> strokes(PageProcess program) throws IOException, InterruptedException {
        Set<String> all = new LinkedHashSet<>();
        String before = "";
        while (true) {
            int known = all.size();
            for (JsonElement stroke : JsonParser.parseString(
                            ok(program.send("GET", "/api/strokes?limit=1000" + before, null)))
                    .getAsJsonArray()) {
                all.add(stroke.getAsJsonObject().get("id").getAsString());
                before = "&before=" + stroke.getAsJsonObject().get("id").getAsString();
            }
            if (all.size() == known) {
                return all;
            }
        }
    }

    private static int labelled(JsonObject state) {
        int sum = 0;
        for (String image : state.getAsJsonObject("counts").keySet()) {
            for (JsonElement count : state.getAsJsonObject("counts").getAsJsonArray(image)) {
                sum += count.getAsInt();
            }
        }
        return sum;
    }

    private static String ok(PageProcess.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }
}
