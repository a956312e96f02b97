package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
                "POST   | /api/live          | {\"on\": 1}",
                "POST   | /api/watch         | {}",
                "POST   | /api/prepare       | {\"folder\": 1}",
                "POST   | /api/labels/export | {}",
                "POST   | /api/reveal        | {}",
                "PUT    | /api/view          | {",
                "POST   | /api/images        | {\"paths\": \"a\"}",
                "GET    | /api/quality/pixels?painted=0&predicted=x | ",
                "GET    | /api/strokes?limit=-1 | "
            })
    void aMalformedRequestSaysWhatIsWrong(String method, String path, String body) {
        PageClient.Answer answer = page.send(method, path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.object().get("title").getAsString()).isNotBlank();
        assertThat(answer.object().get("message").getAsString())
                .isNotBlank()
                .doesNotContain("Exception", "org.pixelforest");
        assertThat(page.painted(page.image(0))).isZero();
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
}
