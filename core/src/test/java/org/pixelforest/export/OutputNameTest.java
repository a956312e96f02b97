package org.pixelforest.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.image.Shape;

class OutputNameTest {

    @ParameterizedTest
    @CsvSource({
        "a.h5, '', a",
        "a.h5, img, a-img",
        "a.h5, /sub/img, a-sub-img",
        "a.b.c_x.h5, '', a.b.c_x",
        ".h5, '', .h5"
    })
    void nickname(String file, String inner, String nickname) {
        assertThat(name("dir/" + file, inner).nickname()).isEqualTo(nickname);
    }

    @Test
    void imcContract() {
        Path folder = Path.of("dir").toAbsolutePath();
        assertThat(named("dir/s1_a1_ilastik_s2.h5", "", "{dataset_dir}/{nickname}_{result_type}.tiff", "tiff"))
                .isEqualTo(folder.resolve("s1_a1_ilastik_s2_Probabilities.tiff"));
    }

    @Test
    void steinbocksCall() {
        assertThat(named("out/x.h5", "img", "ilastik_probabilities/{nickname}.tiff", "tiff"))
                .isEqualTo(Path.of("ilastik_probabilities/x-img.tiff"));
    }

    /** The extension replaces whatever stands after the last dot, also when the dot came from the nickname. */
    @Test
    void dotsInNames() {
        Path folder = Path.of("dir").toAbsolutePath();
        assertThat(named("dir/a.b.c_x.h5", "", "{dataset_dir}/{nickname}_{result_type}", "hdf5"))
                .isEqualTo(folder.resolve("a.b.h5"));
        assertThat(named("dir/a.b.c_x.h5", "", "{dataset_dir}/{nickname}_{result_type}.tiff", "tiff"))
                .isEqualTo(folder.resolve("a.b.c_x_Probabilities.tiff"));
        assertThat(named("di.r/a.h5", "", "{dataset_dir}/{nickname}", "numpy").toString())
                .endsWith(Path.of("di.r", "a.npy").toString());
    }

    @Test
    void partsAndUnknownKeys() {
        assertThat(named("a.h5", "", "{nickname}_{x_start}-{x_stop}_{y_stop}_{c_stop}_{other}{}_{z_start}.png", "png"))
                .isEqualTo(Path.of("a_0-50_40_3_{other}{}_{z_start}.png"));
        assertThat(named("a.h5", "", "{nickname}_{roi}.png", "png"))
                .isEqualTo(Path.of("a_[(0, 0, 0), (40, 50, 3)].png"));
    }

    @Test
    void keysWithinValuesAreNotReplacedAgain() {
        assertThat(named("{result_type}$1.h5", "", "{nickname}.png", "png")).isEqualTo(Path.of("{result_type}$1.png"));
    }

    @Test
    void titlesWithSpaces() {
        ExportSettings line = new ExportSettings(
                Optional.of(Export.SIMPLE_SEGMENTATION),
                Optional.of("png"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        ExportPlan plan = ExportPlan.of(line, ExportSettings.NONE, ExportSettings.IMC, Shape.of(1, 4, 5), "yxc");
        assertThat(name("a.h5", "").of("{nickname}_{result_type}.x", plan))
                .isEqualTo(Path.of("a_Simple Segmentation.png"));
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> named("a.h5", "", "out/", "tiff")).isInstanceOf(IllegalArgumentException.class);
    }

    private static OutputName name(String file, String inner) {
        return new OutputName(Path.of(file), Optional.of(inner).filter(s -> !s.isEmpty()));
    }

    private static Path named(String file, String inner, String pattern, String format) {
        ExportSettings line = new ExportSettings(
                Optional.empty(),
                Optional.of(format),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return name(file, inner)
                .of(pattern, ExportPlan.of(line, ExportSettings.NONE, ExportSettings.IMC, Shape.of(3, 40, 50), "yxc"));
    }
}
