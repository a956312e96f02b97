package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The tests of the page's own modules, which are scripts, run by Node where there is one. */
class PageScriptsTest {

    private static final Path TESTS = Path.of("src/test/web");

    @Test
    void theModulesOfThePagePassTheirTests() throws IOException, InterruptedException {
        if (!answers(List.of("node", "--version"))) {
            System.err.println("SKIPPED: no Node on this machine; the tests in app/src/test/web were not run.");
            Assumptions.abort("no Node on this machine");
        }
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.filter(f -> f.toString().endsWith(".test.js"))
                    .sorted()
                    .map(Path::toString)
                    .forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(5);
        Path log = Files.createTempFile("page-scripts", ".log");
        try {
            Process process = start(command, log);
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).as("ended within five minutes").isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(log, StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static boolean answers(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
