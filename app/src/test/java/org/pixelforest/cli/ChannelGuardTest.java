package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.DatasetLayout;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.project.Additions;
import org.pixelforest.project.Project;

/** A project that knows its channels' names, and images of other panels. */
class ChannelGuardTest {

    @TempDir
    private Path work;

    private Path project;
    private Path expected;

    @BeforeEach
    void nameTheChannels() throws Exception {
        project = work.resolve("named.ilp");
        Project.read(Golden.copy("golden.ilp", work))
                .withAdditions(Additions.NONE.withChannelNames(List.of("Ir191", "CD3")))
                .write(project);
        expected = Golden.copy("prob_trunc.tiff", work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ir191,CD3", "CD3,Ir191", "Tb159,CD3,Ir191", "CD3,Tb159,Ir191,Tb159"})
    void channelsAreFoundByName(String panel) throws Exception {
        Path image = image(List.of(panel.split(",")));
        CommandLineRun run = CommandLineRun.of("classify", "--project", project, "--rounding=truncate", image);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("by position");
        assertThat(work.resolve("panel_Probabilities.tiff")).hasSameBinaryContentAs(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ir191,CD4", "CD3,Tb159", "Ir193,CD20,CD45", "CD3,CD3,Ir191"})
    void aMissingOrDoubledChannelIsRefusedBeforeAnyPixel(String panel) throws Exception {
        Path image = image(List.of(panel.split(",")));
        CommandLineRun run = CommandLineRun.of("classify", "--project", project, image);
        assertThat(run.status()).isEqualTo(CommandTree.FAILED);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .contains("panel.h5")
                .containsAnyOf("lacks", "more than one");
        try (Stream<Path> files = Files.list(work)) {
            assertThat(files).noneMatch(f -> f.toString().contains("Probabilities"));
        }
    }

    @Test
    void withoutNamesPositionDecidesAndTheRunSaysSo() {
        Path image = Golden.copy("img2d.h5", work);
        CommandLineRun run = CommandLineRun.of("classify", "--project", project, "--rounding=truncate", image);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("img2d.h5 carries no channel names").contains("by position");
        assertThat(work.resolve("img2d_Probabilities.tiff")).hasSameBinaryContentAs(expected);
    }

    /** The golden image with its channels where the panel has them, other channels filled with something else. */
    private Path image(List<String> panel) throws Exception {
        Path file = work.resolve("panel.h5");
        try (ImageSource golden = Images.open(Golden.copy("img2d.h5", work))) {
            var shape = golden.shape();
            int pixels = (int) shape.pixels();
            float[] in = golden.read(shape.whole(0)).samples();
            float[] out = new float[panel.size() * pixels];
            for (int c = 0; c < panel.size(); c++) {
                int from = List.of("Ir191", "CD3").indexOf(panel.get(c));
                for (int i = 0; i < pixels; i++) {
                    out[c * pixels + i] = from < 0 ? (i * 7 + c) % 300 : in[from * pixels + i];
                }
            }
            try (ImageSink sink = Images.createDataset(
                    file,
                    DatasetLayout.prepared("panel"),
                    shape.withChannels(panel.size()),
                    golden.sampleType(),
                    "zyxc",
                    ImageMetadata.ofChannels(panel))) {
                sink.write(new Block(shape.whole(0), panel.size(), out));
                sink.commit();
            }
        }
        return file;
    }
}
