package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.io.Images;

/** A small image and project of ours, judged by what real ilastik wrote for them. */
class GoldenRunTest {

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
    void truncatedTiffHasTheBytesOfIlastik140() {
        CommandLineRun run =
                CommandLineRun.of("classify", "--project", project, "--rounding", "truncate", image + "/img");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(work.resolve("img2d-img_Probabilities.tiff"))
                .hasSameBinaryContentAs(Golden.copy("prob_trunc.tiff", work));
    }

    @ParameterizedTest
    @CsvSource({
        "tiff, tiff, yxc",
        "multipage tiff, tiff, yxc",
        "numpy, npy, cyx",
        "hdf5, h5, cyx",
        "compressed hdf5, h5, yxc",
        "png, png, yxc"
    })
    void everyFormatHoldsTheNumbersOfIlastik142(String format, String extension, String axes) throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "classify",
                "--project",
                project,
                "--output_format",
                format,
                "--output_axis_order",
                axes,
                "--output_filename_format",
                work + "/out",
                image);
        assertThat(run.status()).as(run.err()).isZero();
        try (ImageSource ours = Images.open(
                        work + "/out." + extension,
                        format.equals("numpy") ? java.util.Optional.of(axes) : java.util.Optional.empty());
                ImageSource theirs = Images.open(Golden.copy("prob_rint_u16.npy", work))) {
            assertThat(ours.shape()).isEqualTo(theirs.shape());
            Region whole = theirs.shape().whole(0);
            assertThat(ours.read(whole).samples()).isEqualTo(theirs.read(whole).samples());
        }
    }

    @Test
    void theProjectIsOnlyRead() throws Exception {
        var before = java.nio.file.Files.getLastModifiedTime(project);
        CommandLineRun.of("classify", "--project", project, image);
        assertThat(java.nio.file.Files.getLastModifiedTime(project)).isEqualTo(before);
        assertThat(project).hasSameBinaryContentAs(Golden.copy("golden.ilp", work, "again.ilp"));
    }

    @Test
    void masksClearProbabilities() throws Exception {
        Path mask = Golden.copy("prob_rint_u16.npy", work, "mask.npy");
        float[] zeroOutside = new float[97 * 131];
        try (var sink = Images.create(
                work.resolve("mask.tiff"),
                org.pixelforest.io.ImageFormat.TIFF,
                org.pixelforest.image.Shape.of(1, 97, 131),
                org.pixelforest.image.SampleType.UINT8,
                "yxc",
                org.pixelforest.io.ImageMetadata.NONE)) {
            for (int i = 0; i < zeroOutside.length; i++) {
                zeroOutside[i] = i % 131 < 60 ? 0 : 1 + i % 2;
            }
            sink.write(new org.pixelforest.image.Block(Region.of(0, 0, 97, 131), 1, zeroOutside));
            sink.commit();
        }
        CommandLineRun run = CommandLineRun.of(
                "classify", "--project", project, image, "--prediction_mask", work.resolve("mask.tiff"));
        assertThat(run.status()).as(run.err()).isZero();
        try (ImageSource ours = Images.open(work.resolve("img2d_Probabilities.tiff"));
                ImageSource theirs = Images.open(mask)) {
            Region whole = theirs.shape().whole(0);
            float[] expected = theirs.read(whole).samples();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = zeroOutside[i % zeroOutside.length] == 0 ? 0 : expected[i];
            }
            assertThat(ours.read(whole).samples()).isEqualTo(expected);
        }
        CommandLineRun wrong = CommandLineRun.of(
                "classify", "--project", project, image, "--prediction_mask", work.resolve("mask.npy"));
        assertThat(wrong.errors())
                .singleElement()
                .asString()
                .contains("mask.npy")
                .contains("one channel");
    }
}
