package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the input: one clear line, an exit status, nothing half-written, and the other images done. */
class BadInputTest {

    @TempDir
    private Path work;

    private Path project;
    private Path image;

    @BeforeEach
    void copies() {
        project = Golden.copy("golden.ilp", work);
        image = Golden.copy("img2d.h5", work);
    }

    @Test
    void oneBadImageDoesNotStopTheOthers() throws Exception {
        Path cut = work.resolve("cut.h5");
        byte[] bytes = Files.readAllBytes(image);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 3));
        Path text = Files.writeString(work.resolve("text.tiff"), "not a picture");
        Path missing = work.resolve("missing.h5");
        Path empty = Files.createFile(work.resolve("empty.h5"));
        Path report = work.resolve("report.json");
        CommandLineRun run = CommandLineRun.of(
                "classify", "--project", project, "--report", report, cut, image, text, missing, empty);
        assertThat(run.status()).isEqualTo(CommandTree.FAILED);
        assertThat(run.errors()).hasSize(4);
        for (Path bad : List.of(cut, text, missing, empty)) {
            assertThat(run.errors())
                    .filteredOn(e -> e.startsWith("error: " + bad))
                    .as(bad + " in " + run.err())
                    .hasSize(1);
        }
        assertThat(run.err())
                .doesNotContain("\tat ")
                .doesNotContain("unexpected")
                .contains("1 written, 4 failed");
        assertThat(run.errors()).contains("error: " + missing + ": there is no such file");
        assertThat(Files.readString(report)).contains("\"failed\": 4");
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "golden.ilp",
                        "img2d.h5",
                        "cut.h5",
                        "text.tiff",
                        "empty.h5",
                        "report.json",
                        "img2d_Probabilities.tiff");
    }

    @Test
    void verboseShowsWhereItHappened() throws Exception {
        Path text = Files.writeString(work.resolve("text.tiff"), "not a picture");
        assertThat(CommandLineRun.of("classify", "--project", project, "--verbose", text)
                        .err())
                .contains("\tat org.pixelforest");
    }

    @Test
    void projectsThatAreNone() throws Exception {
        Path text = Files.writeString(work.resolve("text.ilp"), "not a project");
        for (Path bad : List.of(text, work.resolve("missing.ilp"), image, work)) {
            CommandLineRun run = CommandLineRun.of("classify", "--project", bad, image);
            assertThat(run.status()).isEqualTo(CommandTree.FAILED);
            assertThat(run.errors())
                    .as(run.err())
                    .singleElement()
                    .asString()
                    .contains(bad.getFileName().toString());
            assertThat(run.err()).hasLineCount(1).doesNotContain("unexpected");
        }
        assertThat(names()).noneMatch(n -> n.contains("Probabilities"));
    }

    @Test
    void imagesThatAreTooSmallOrHaveOtherChannels() throws Exception {
        Path small = npy("small.npy", 2, 8, 7);
        Path channels = npy("channels.npy", 5, 97, 131);
        CommandLineRun run = CommandLineRun.of("classify", "--project", project, "--input_axes=cyx", small, channels);
        assertThat(run.status()).isEqualTo(CommandTree.FAILED);
        assertThat(run.errors())
                .hasSize(2)
                .anyMatch(e -> e.contains("small.npy") && e.contains("sigma"))
                .anyMatch(e -> e.contains("channels.npy") && e.contains("5 channels") && e.contains("trained on 2"));
        assertThat(names()).noneMatch(n -> n.contains("Probabilities"));
    }

    @Test
    void anOutputFolderThatCannotBeMade() throws Exception {
        Path file = Files.writeString(work.resolve("file"), "in the way");
        CommandLineRun run = CommandLineRun.of(
                "classify", "--project", project, "--output_filename_format", file + "/sub/{nickname}.tiff", image);
        assertThat(run.status()).isEqualTo(CommandTree.FAILED);
        assertThat(run.errors()).singleElement().asString().contains(file.toString());
        assertThat(run.err()).doesNotContain("unexpected");
        assertThat(Files.readString(file)).isEqualTo("in the way");
    }

    @Test
    void anOlderOutputSurvivesAFailure() throws Exception {
        Path output = Files.writeString(work.resolve("cut_Probabilities.tiff"), "older");
        byte[] bytes = Files.readAllBytes(image);
        Path cut = work.resolve("cut.h5");
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 20_000));
        assertThat(CommandLineRun.of("classify", "--project", project, cut).status())
                .isEqualTo(CommandTree.FAILED);
        assertThat(Files.readString(output)).isEqualTo("older");
    }

    /** Damaged files either work or are refused in one line; nothing else happens, and nothing else is left. */
    @Test
    void damagedImagesAndProjects() throws Exception {
        byte[] goodImage = Files.readAllBytes(image);
        byte[] goodProject = Files.readAllBytes(project);
        Random random = new Random(20);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            boolean ofProject = i % 3 == 0;
            byte[] bytes = (ofProject ? goodProject : goodImage).clone();
            int flips = 1 + random.nextInt(8);
            // Most of what a file says about itself stands at its beginning.
            int reach = random.nextBoolean() ? 4096 : bytes.length;
            for (int f = 0; f < flips; f++) {
                bytes[random.nextInt(Math.min(reach, bytes.length))] ^= (byte) (1 << random.nextInt(8));
            }
            Path bad = work.resolve(ofProject ? "bad.ilp" : "bad.h5");
            Files.write(bad, bytes);
            CommandLineRun run =
                    CommandLineRun.of("classify", "--project", ofProject ? bad : project, ofProject ? image : bad);
            assertThat(run.err()).as("mutation " + i).doesNotContain("\tat ").doesNotContain("unexpected");
            assertThat(run.errors()).as("mutation " + i + " " + run.err()).hasSize(run.status() == 0 ? 0 : 1);
            refused += run.status();
        }
        assertThat(refused).isPositive();
        assertThat(names()).noneMatch(n -> n.startsWith(".") || n.endsWith(".tmp"));
    }

    /** Two images of the same size and time that go to the same place. */
    @Test
    void resumeTakesNoImageForAnother() throws Exception {
        Path other = Files.copy(image, work.resolve("other.h5"), StandardCopyOption.COPY_ATTRIBUTES);
        Path output = work.resolve("result.tiff");
        for (Path each : List.of(image, other)) {
            CommandLineRun run = CommandLineRun.of(
                    "classify", "--project", project, "--resume", "--output_filename_format", output, each);
            assertThat(run.out()).contains(each + " -> " + output);
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(work)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private Path npy(String name, int... shape) throws Exception {
        int count = 1;
        StringBuilder sizes = new StringBuilder();
        for (int size : shape) {
            count *= size;
            sizes.append(size).append(", ");
        }
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + sizes + "), }";
        StringBuilder padded = new StringBuilder(header);
        while ((10 + padded.length() + 1) % 64 != 0) {
            padded.append(' ');
        }
        padded.append('\n');
        byte[] bytes = new byte[10 + padded.length() + count];
        byte[] magic = {
            (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) padded.length(), (byte) (padded.length() >> 8)
        };
        System.arraycopy(magic, 0, bytes, 0, 10);
        System.arraycopy(padded.toString().getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, padded.length());
        Path file = work.resolve(name);
        Files.write(file, bytes);
        return file;
    }
}
