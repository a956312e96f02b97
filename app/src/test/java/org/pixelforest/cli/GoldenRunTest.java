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
}
