package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no page sends are answered with what is wrong with them, and change nothing. */
class RequestTest {

    @TempDir
    private static Path scratch;

    private static PageClient page;

    @BeforeAll
    static void start() throws IOException {
        page = PageClient.of(scratch, Optional.of(Study.withCrops(scratch, 1)));
    }

    @AfterAll
    static void stop() throws IOException {
        if (page != null) {
            page.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /api/strokes       | not json",
                "POST   | /api/strokes       | []",
                "POST   | /api/strokes       | {}",
                "POST   | /api/strokes       | {\"id\": \"12345678\", \"image\": 5, \"class\": 1, \"brush\": 3, \"points\": [1, 1]}",
                "POST   | /api/strokes       | {\"id\": \"12345678\", \"image\": \"a\", \"class\": 1, \"brush\": 200, \"points\": [1, 1]}",
                "POST   | /api/strokes       | {\"id\": \"12345678\", \"image\": \"a\", \"class\": 1, \"brush\": 3, \"points\": [1]}",
                "POST   | /api/strokes       | {\"id\": \"12345678\", \"image\": \"a\", \"class\": 1, \"brush\": 3, \"points\": [1.5, 1]}",
                "POST   | /api/strokes       | {\"id\": \"../../etc\", \"image\": \"a\", \"class\": 1, \"brush\": 3, \"points\": [1, 1]}",
                "POST   | /api/classes       | {\"colour\": \"red\"}",
                "PATCH  | /api/classes/x     | {\"name\": \"a\"}",
                "POST   | /api/classes       | {\"name\": \"  \"}",
                "PATCH  | /api/classes/1     | {\"name\": \"\"}",
                "PATCH  | /api/images/{image} | {\"name\": \" \"}",
                "PATCH  | /api/images/{image} | {\"name\": \"a/b\"}",
                "PATCH  | /api/images/{image} | {\"name\": \"{long}\"}",
                "PUT    | /api/channels/used | {\"used\": [true, false]}",
                "PUT    | /api/features      | {\"scales\": {scales}, \"selected\": []}",
                "POST   | /api/find          | {\"files\": {files}}",
                "PUT    | /api/export/settings | {\"renormalize\": true}",
                "POST   | /api/live          | {\"on\": 1}",
                "POST   | /api/watch         | {}",
                "POST   | /api/prepare       | {\"folder\": 1}",
                "POST   | /api/labels/export | {}",
                "POST   | /api/reveal        | {}",
                "PUT    | /api/channels/used | {\"used\": [null, {}]}",
                "PUT    | /api/features      | {\"scales\": [{\"sigma\": null}], \"selected\": []}",
                "PUT    | /api/export/settings | {\"renormalize\": true, \"source\": \"Probabilities\", \"format\": \"tiff\", \"type\": \"uint8\", \"axes\": \"yxc\", \"input\": [0], \"output\": [], \"file\": \"\", \"internal\": \"\"}",
                "PUT    | /api/view          | {",
                "POST   | /api/images        | {\"paths\": \"a\"}",
                "GET    | /api/quality/pixels?painted=0&predicted=x | ",
                "GET    | /api/strokes?limit=-1 | "
            })
    void aMalformedRequestSaysWhatIsWrong(String method, String path, String body) {
        String asked = body == null
                ? null
                : body.replace("{long}", "x".repeat(201))
                        .replace("{scales}", list("{\"sigma\": %d, \"in2d\": true}", 33))
                        .replace("{files}", list("{\"name\": \"%d\", \"size\": 1}", 501));
        PageClient.Answer answer = page.send(method, path.replace("{image}", page.image(0)), asked);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.object().get("title").getAsString()).isNotBlank();
        assertThat(answer.object().get("message").getAsString())
                .isNotBlank()
                .doesNotContain("Exception", "org.pixelforest", "because");
        assertThat(page.painted(page.image(0))).isZero();
    }

    private static String list(String each, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> String.format(Locale.ROOT, each, i))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void aWholeDiskIsNotOpened() throws IOException {
        try (PageClient all = PageClient.of(scratch, List.of(Path.of("/")), Optional.empty())) {
            PageClient.Answer answer = all.post("/api/open", "{\"path\": \"/\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.object().get("message").getAsString()).contains("folder");
        }
    }

    @Test
    void filesOutsideTheNamedFoldersAreRefused() {
        for (String path : new String[] {"/api/prepare", "/api/labels/export"}) {
            assertThat(page.post(path, "{\"folder\": \"/\"}").status()).isEqualTo(403);
        }
        assertThat(page.post("/api/reveal", "{\"path\": \"/etc/../etc/passwd\"}")
                        .status())
                .isEqualTo(403);
        String image = page.image(0);
        assertThat(page.post("/api/images/" + image + "/labels/import", "{\"path\": \"/etc/passwd\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void noPathLeadsOutOfTheNamedFolders() throws IOException {
        Path secret = Files.createTempDirectory("elsewhere").toRealPath();
        Files.copy(Study.crops().get(0), secret.resolve("secret.h5"));
        Path study = scratch.toRealPath().resolve("study");
        Files.createSymbolicLink(study.resolve("link.h5"), secret.resolve("secret.h5"));
        Files.createSymbolicLink(study.resolve("out"), secret);
        List<String> paths = List.of(
                secret + "/secret.h5",
                study + "/../.." + secret + "/secret.h5",
                study + "/link.h5",
                study + "/out/secret.h5",
                study + "/out",
                "/",
                "/etc/passwd");
        try (LogLines log = new LogLines()) {
            for (String path : paths) {
                String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
                for (PageClient.Answer answer : List.of(
                        page.get("/api/files?path=" + encoded),
                        page.get(
                                "/api/files?path=" + encoded.replace("%2F", "/").replace(".", "%2e")),
                        page.post("/api/open", "{\"path\": \"" + path + "\"}"),
                        page.post("/api/images", "{\"paths\": [\"" + path + "\"]}"),
                        page.post("/api/batch/files", "{\"paths\": [\"" + path + "\"]}"),
                        page.send("PATCH", "/api/images/" + page.image(0), "{\"path\": \"" + path + "\"}"),
                        page.post("/api/save", "{\"path\": \"" + path + "/new.ilp\"}"))) {
                    assertThat(answer.status()).as(path).isEqualTo(403);
                    assertThat(log.take()).startsWith("refused (403)").doesNotContain("\n");
                }
            }
            JsonArray listed = page.get(
                            "/api/files?path=" + URLEncoder.encode(study.toString(), StandardCharsets.UTF_8))
                    .object()
                    .getAsJsonArray("entries");
            assertThat(listed.toString()).doesNotContain("link.h5", "\"out\"");
        }
        try (Stream<Path> files = Files.list(secret)) {
            assertThat(files).hasSize(1);
        }
        Files.delete(secret.resolve("secret.h5"));
        Files.delete(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1007 | not json",
                "1007 | []",
                "1007 | {}",
                "1007 | {\"event\": \"view\", \"image\": \"a\"}",
                "1007 | {\"event\": \"view\", \"image\": \"a\", \"level\": -1, \"box\": [0, 0, 1, 1]}",
                "1007 | {\"event\": \"view\", \"image\": \"a\", \"level\": 0, \"box\": [0, 0, 1e999, 1]}",
                "1008 | {\"event\": \"format the disk\"}",
            })
    void aMalformedMessageClosesItsSocketAlone(int status, String message) throws Exception {
        try (LogLines log = new LogLines();
                PageEvents well = page.listen("well");
                PageEvents ill = page.listen("ill")) {
            ill.send(message);
            assertThat(ill.closed()).isEqualTo(status);
            assertThat(log.take()).startsWith("refused (" + status + ") a message");
            well.send("{\"event\": \"ping\"}");
            assertThat(well.next("pong")).isNotNull();
        }
    }

    @Test
    void aMessageThatIsTooLongClosesItsSocketAlone() throws Exception {
        try (LogLines log = new LogLines();
                PageEvents well = page.listen("well");
                PageEvents ill = page.listen("ill")) {
            ill.send("{\"event\": \"" + "x".repeat(Server.MAX_MESSAGE) + "\"}");
            assertThat(ill.closed()).isEqualTo(1009);
            assertThat(log.take()).startsWith("refused (1009) a message");
            well.send("{\"event\": \"ping\"}");
            assertThat(well.next("pong")).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"1003, 5", "1009, 65537"})
    void aBinaryMessageClosesItsSocketAlone(int status, int bytes) throws Exception {
        try (LogLines log = new LogLines();
                PageEvents well = page.listen("well");
                PageEvents ill = page.listen("ill")) {
            ill.send(new byte[bytes]);
            assertThat(ill.closed()).isEqualTo(status);
            assertThat(log.take()).startsWith("refused (" + status + ") a message");
            well.send("{\"event\": \"ping\"}");
            assertThat(well.next("pong")).isNotNull();
        }
    }

    /** Deep nesting is the cheapest way to exhaust a parser. */
    @Test
    void nestingThatHasNoEndIsRefused() throws Exception {
        String nested = "[".repeat(60_000);
        assertThat(page.post("/api/strokes", nested).status()).isEqualTo(400);
        try (PageEvents ill = page.listen("ill")) {
            ill.send(nested);
            assertThat(ill.closed()).isEqualTo(1007);
        }
    }
}
