package org.pixelforest.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;

class ExportTest {

    @Test
    void segmentationEqualsIlastiks() throws Exception {
        assertThat(Export.SIMPLE_SEGMENTATION.of(golden()).samples())
                .isEqualTo(GoldenArray.read("segmentation_u8.npy").values());
    }

    @Test
    void uncertaintyEqualsIlastiks() throws Exception {
        assertThat(Export.UNCERTAINTY.of(golden()).samples())
                .isEqualTo(GoldenArray.read("uncertainty_f32.npy").values());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void agreesWithSorting(int classes) {
        Random random = new Random(classes);
        float[] p = new float[classes * 500];
        for (int i = 0; i < p.length; i++) {
            p[i] = random.nextInt(6) / 5f;
        }
        Block block = new Block(Region.of(0, 0, 20, 25), classes, p);
        float[] segmentation = Export.SIMPLE_SEGMENTATION.of(block).samples();
        float[] uncertainty = Export.UNCERTAINTY.of(block).samples();
        for (int i = 0; i < 500; i++) {
            float[] sorted = new float[classes];
            for (int k = 0; k < classes; k++) {
                sorted[k] = p[k * 500 + i];
            }
            int first = 0;
            float highest = Float.NEGATIVE_INFINITY;
            for (int k = classes - 1; k >= 0; k--) {
                first = sorted[k] >= highest ? k : first;
                highest = Math.max(highest, sorted[k]);
            }
            Arrays.sort(sorted);
            assertThat(segmentation[i]).isEqualTo(first + 1f);
            assertThat(uncertainty[i]).isEqualTo(classes == 1 ? 0 : 1 - (sorted[classes - 1] - sorted[classes - 2]));
        }
    }

    @ParameterizedTest
    @EnumSource(Export.class)
    void isFoundByItsTitleInAnyCase(Export export) {
        assertThat(Export.of(export.title())).isEqualTo(export);
        assertThat(Export.of(export.name())).isEqualTo(export);
        assertThat(Export.of(export.title().replace(' ', '-'))).isEqualTo(export);
    }

    @Test
    void unknownTitleNamesTheKnownOnes() {
        assertThatThrownBy(() -> Export.of("Objects"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Simple Segmentation")
                .hasMessageContaining("Objects");
    }

    private static Block golden() throws Exception {
        GoldenArray p = GoldenArray.read("prob_yxc_f32.npy");
        return new Block(Region.of(0, 0, p.shape()[0], p.shape()[1]), p.shape()[2], p.planar());
    }
}
