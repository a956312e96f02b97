package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** A server and a page without pixels: sends what the page sends. */
final class PageClient implements Closeable {

    private static final String TOKEN = "a-token-for-this-test";

    private final PageServer server;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();

    private PageClient(PageServer server) {
        this.server = server;
        base = server.address().substring(0, server.address().indexOf("/?"));
    }

    /** A server that opened {@code open}, if anything; what it remembers is kept in {@code scratch}. */
    static PageClient of(Path scratch, Optional<Path> open) throws IOException {
        return of(scratch, List.of(scratch), open);
    }

    /** The same with other folders that the page may see, besides what it opens. */
    static PageClient of(Path scratch, List<Path> folders, Optional<Path> open) throws IOException {
        PageServer.Options options = PageServer.Options.local()
                .withAddress("127.0.0.1", 0, Optional.of(TOKEN))
                .withRecent(scratch.resolve("recent.json"))
                .withFolders(folders);
        return new PageClient(PageServer.start(open.map(options::opening).orElse(options), "test"));
    }

    /** What a person opens in the browser. */
    String address() {
        return server.address();
    }

    record Answer(int status, byte[] bytes) {
        JsonElement json() {
            return JsonParser.parseString(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        }

        JsonObject object() {
            return json().getAsJsonObject();
        }
    }

    Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("X-PixelForest-Token", TOKEN)
                .timeout(Duration.ofMinutes(2))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another window on the same server. */
    PageEvents listen(String page) {
        return PageEvents.open(base, TOKEN, page);
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    JsonObject state() {
        return get("/api/state").object();
    }

    /** The state as soon as it is as wanted; fails after two minutes. */
    JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
        long end = System.nanoTime() + 120_000_000_000L;
        JsonObject state = state();
        while (!wanted.test(state)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still not as wanted: " + state);
            }
            Thread.sleep(100);
            state = state();
        }
        return state;
    }

    /** The id of an image of the project. */
    String image(int place) {
        return state().getAsJsonArray("images")
                .get(place)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    /** A stroke along a line; coordinates in pixels. */
    static String stroke(String id, String image, int cls, int... points) {
        JsonArray sixteenths = new JsonArray();
        for (int point : points) {
            sixteenths.add(16 * point + 8);
        }
        JsonObject stroke = new JsonObject();
        stroke.addProperty("id", id);
        stroke.addProperty("page", "page-1");
        stroke.addProperty("image", image);
        stroke.addProperty("class", cls);
        stroke.addProperty("brush", 3);
        stroke.add("points", sixteenths);
        return stroke.toString();
    }

    JsonObject paint(String image, int cls, int... points) {
        Answer answer = post("/api/strokes", stroke(UUID.randomUUID().toString(), image, cls, points));
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.json());
        }
        return answer.object();
    }

    /** Labelled pixels of an image in all classes. */
    long painted(String image) {
        JsonObject counts = state().getAsJsonObject("counts");
        long sum = 0;
        if (counts.has(image)) {
            for (JsonElement count : counts.getAsJsonArray(image)) {
                sum += count.getAsLong();
            }
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
