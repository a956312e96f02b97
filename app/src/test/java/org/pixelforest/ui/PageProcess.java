package org.pixelforest.ui;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.pixelforest.cli.Main;

/** {@code pixelforest open} as a program of its own. */
final class PageProcess implements Closeable {

    private static final String TOKEN = "a-token-for-this-test";

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private PageProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    record Answer(int status, String text) {}

    /** Starts the program on a folder or project; {@code heap} is an option of Java such as {@code "-Xmx256m"}. */
    static PageProcess start(Path home, String heap, Path open) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "open",
                        "--no-browser",
                        "--token",
                        TOKEN,
                        open.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        String said = "PixelForest is at ";
        if (line == null || !line.startsWith(said)) {
            process.destroyForcibly();
            throw new IOException("the server did not start: " + line);
        }
        return new PageProcess(process, URI.create(line.substring(said.length())));
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("X-PixelForest-Token", TOKEN)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Answer(answer.statusCode(), answer.body());
    }

    JsonObject state() throws IOException, InterruptedException {
        return JsonParser.parseString(send("GET", "/api/state", null).text()).getAsJsonObject();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
