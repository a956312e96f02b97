package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;
import org.pixelforest.cli.Main;

/**
 * Kills the program at random moments while strokes arrive. What it had answered is there when it starts again.
 * {@code -Dpixelforest.kills=200} kills more often.
 */
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("pixelforest.kills", 3);
    private static final int WIDTH = 100;
    private static final String TOKEN = "a-token-for-this-test";

    private final HttpClient client = HttpClient.newHttpClient();

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
            Process process = start(open);
            try {
                String address = address(process);
                Set<String> kept = strokes(address);
                assertThat(kept).as("after %d kills", kill).containsAll(answered);
                assertThat(kept.size() - answered.size())
                        .as("strokes kept without an answer")
                        .isBetween(0, inFlight);
                answered = kept;
                JsonObject state =
                        JsonParser.parseString(get(address, "/api/state")).getAsJsonObject();
                assertThat(labelled(state)).isEqualTo(answered.size());
                open = Path.of(state.getAsJsonObject("project").get("path").getAsString());
                String image = state.getAsJsonArray("images")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
                inFlight = 0;
                CompletableFuture<Void> end = CompletableFuture.runAsync(
                        process::destroyForcibly,
                        CompletableFuture.delayedExecutor(random.nextInt(400), TimeUnit.MILLISECONDS));
                while (inFlight == 0) {
                    String id = new UUID(kill, sent).toString();
                    try {
                        paint(address, id, image, 16 * (sent % WIDTH) + 8, 16 * (sent / WIDTH) + 8);
                        answered.add(id);
                    } catch (IOException killed) {
                        inFlight = 1;
                    }
                    sent++;
                }
                end.join();
            } finally {
                process.destroyForcibly().waitFor();
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

    private Process start(Path open) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-Duser.home=" + temp,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "open",
                "--no-browser",
                "--token",
                TOKEN,
                open.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String address(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).startsWith("PixelForest is at ");
        return line.substring("PixelForest is at ".length());
    }

    /** One pixel of its own, so that the number of labelled pixels is the number of strokes. */
    private void paint(String address, String id, String image, int x, int y) throws IOException, InterruptedException {
        String stroke = "{\"id\":\"" + id + "\",\"page\":\"test\",\"image\":\"" + image
                + "\",\"t\":0,\"z\":0,\"class\":1,\"className\":\"nucleus\",\"brush\":1,\"points\":[" + x + "," + y
                + "],\"fill\":false}";
        HttpResponse<String> answer = send(request(address, "/api/strokes")
                .POST(BodyPublishers.ofString(stroke))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private Set<String> strokes(String address) throws IOException, InterruptedException {
        Set<String> all = new LinkedHashSet<>();
        String before = "";
        while (true) {
            int known = all.size();
            for (JsonElement stroke : JsonParser.parseString(get(address, "/api/strokes?limit=1000" + before))
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

    private String get(String address, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(address, path).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpRequest.Builder request(String address, String path) {
        return HttpRequest.newBuilder(URI.create(address).resolve(path)).header("X-PixelForest-Token", TOKEN);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
