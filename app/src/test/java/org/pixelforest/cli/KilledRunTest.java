package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that ends before it should: what stands under a final name is complete. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no gentle kill")
class KilledRunTest {

    private static final int IMAGES = 40;

    @TempDir
    private Path work;

    @Test
    void whatIsSeenIsCompleteWheneverTheRunIsKilled() throws Exception {
        Path project = Golden.copy("golden.ilp", work);
        Path expected = Golden.copy("prob_trunc.tiff", work);
        Path images = Files.createDirectory(work.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            Golden.copy("img2d.h5", images, "image" + i + "_s2.h5");
        }
        Random random = new Random(3);
        int seen = 0;
        for (int i = 0; i < 8; i++) {
            boolean gently = i % 2 == 0;
            Process process = start(project, images);
            // Some are killed while they start, most in the midst of their work.
            while (i > 1
                    && process.isAlive()
                    && filesIn(images).stream().noneMatch(f -> f.toString().endsWith(".tiff"))) {
                Thread.sleep(5);
            }
            boolean over = process.waitFor(random.nextInt(i > 1 ? 150 : 1000), TimeUnit.MILLISECONDS);
            if (gently) {
                process.destroy();
            } else {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (Path file : filesIn(images)) {
                String name = file.getFileName().toString();
                if (name.endsWith("_Probabilities.tiff")) {
                    assertThat(file).hasSameBinaryContentAs(expected);
                    seen++;
                    Files.delete(file);
                } else if (!name.endsWith("_s2.h5")) {
                    assertThat(gently && !over).as("a gentle end left " + name).isFalse();
                    assertThat(name).startsWith(".");
                    Files.delete(file);
                }
            }
        }
        assertThat(seen).as("outputs that were complete").isPositive();
    }

    @Test
    void resumeFinishesWhatAKillCutShort() throws Exception {
        Path project = Golden.copy("golden.ilp", work);
        Path expected = Golden.copy("prob_trunc.tiff", work);
        Path images = Files.createDirectory(work.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            Golden.copy("img2d.h5", images, "image" + i + "_s2.h5");
        }
        Process process = start(project, images);
        while (process.isAlive()
                && filesIn(images).stream().noneMatch(f -> f.toString().endsWith(".tiff"))) {
            Thread.sleep(10);
        }
        process.destroyForcibly().waitFor();
        CommandLineRun run =
                CommandLineRun.of("classify", "--project", project, "--rounding=truncate", "--resume", images);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("up to date");
        List<Path> outputs = filesIn(images).stream()
                .filter(f -> f.toString().endsWith(".tiff"))
                .toList();
        assertThat(outputs).hasSize(IMAGES).allSatisfy(f -> assertThat(f).hasSameBinaryContentAs(expected));
    }

    private static Process start(Path project, Path images) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "classify",
                "--project",
                project.toString(),
                "--rounding=truncate",
                images.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<Path> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
