package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;

/** From raw stacks to probabilities, judged by what CellProfiler and ilastik 1.4.0 made of the same stacks. */
class RunCommandTest {

    private static final String FOLDER = "data/imc-testdata/analysis/ilastik";

    @TempDir
    private Path work;

    private final Path project = Shared.path("data/imc-testdata/TestData.ilp");

    @BeforeEach
    void copyTheRawStacks() throws Exception {
        try (Stream<Path> files = Files.list(Shared.path(FOLDER))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith("_ilastik.tiff") || file.toString().endsWith(".csv")) {
                    Files.write(work.resolve(file.getFileName()), Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void withoutKeepingTheStacks() throws Exception {
        CommandLineRun run = CommandLineRun.of("run", "--project", project, "--no-keep", "--rounding=truncate", work);
        assertThat(run.status()).as(run.err()).isZero();
        assertSameAsTheOriginals();
        assertThat(ending(".h5")).isEmpty();
    }

    @Test
    void keepingTheStacksAndResuming() throws Exception {
        Object[] line = {"run", "--project", project, "--rounding=truncate", "--resume", work};
        CommandLineRun first = CommandLineRun.of(line);
        assertThat(first.status()).as(first.err()).isZero();
        assertSameAsTheOriginals();
        assertThat(ending("_s2.h5")).hasSize(9);
        Files.delete(ending("_Probabilities.tiff").get(4));
        Files.delete(ending("_s2.h5").get(2));
        CommandLineRun second = CommandLineRun.of(line);
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.err()).contains("1 prepared").contains("2 written, 7 up to date");
        assertSameAsTheOriginals();
    }

    @Test
    void aProjectThatCannotClassifyIsRefusedBeforeAnythingIsWritten() throws Exception {
        CommandLineRun run =
                CommandLineRun.of("run", "--project", Shared.path("data/zoo/steinbock_template.ilp"), work);
        assertThat(run.status()).isEqualTo(CommandTree.FAILED);
        assertThat(run.errors()).singleElement().asString().contains("no trained classifier");
        assertThat(ending(".h5")).isEmpty();
    }

    private void assertSameAsTheOriginals() throws Exception {
        List<Path> outputs = ending("_Probabilities.tiff");
        assertThat(outputs).hasSize(9);
        for (Path output : outputs) {
            assertThat(output).hasSameBinaryContentAs(Shared.path(FOLDER).resolve(output.getFileName()));
        }
    }

    private List<Path> ending(String ending) throws Exception {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }
}
