package org.pixelforest.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pixelforest.ArrayImage;
import org.pixelforest.Npy;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Features against those of the original's filter library (recipe: README of the reference data). */
class GoldenFeaturesTest {

    private static final Path GOLDEN = Path.of("golden/synthetic");

    record Tiling(boolean vector, int width, int height, int strip) {}

    static Stream<Tiling> tilings() {
        return Stream.of(true, false)
                .flatMap(vector -> Stream.of(
                        new Tiling(vector, 256, 128, 8),
                        new Tiling(vector, 40, 40, 7),
                        new Tiling(vector, 32, 5, 5),
                        new Tiling(vector, 17, 64, 1),
                        new Tiling(vector, 64, 97, 97)));
    }

    private static ArrayImage image2d() {
        return ArrayImage.channelLast(
                Shape.of(2, 97, 131), Npy.read(golden("img2d_yxc_u16.npy")).values());
    }

    private static Path golden(String name) {
        return Shared.path(GOLDEN.resolve(name).toString());
    }

    @ParameterizedTest
    @MethodSource("tilings")
    void featuresIn2dEqualTheOriginalsBitForBitWhateverTheTiles(Tiling tiling) throws IOException {
        ArrayImage image = image2d();
        FeatureSelection selection = FeatureSelection.from(0.3);
        Rows rows = tiling.vector ? RowsTest.vector() : FastRows.portable(tiling.width + 64);
        PlaneTile features =
                new PlaneTile(selection, image.shape(), null, rows, tiling.width, tiling.height, tiling.strip);
        Block block = RowsTest.compute(image, features, selection.count(image.shape()));
        assertEqual(block, Npy.read(golden("feat2d_yxF_f32.npy")));
    }

    @Test
    void computeGivesTheSame() throws IOException {
        ArrayImage image = image2d();
        Block block = FeatureSelection.from(0.3).compute(image, Region.of(0, 0, 97, 131));
        assertEqual(block, Npy.read(golden("feat2d_yxF_f32.npy")));
    }

    @Test
    void namesIn2d() throws IOException {
        String[] names = new Gson().fromJson(Files.readString(golden("feat2d_names.json")), String[].class);
        assertThat(FeatureSelection.from(0.3).names(Shape.of(2, 97, 131))).containsExactly(names);
    }

    private static void assertEqual(Block block, Npy expected) {
        int count = block.channels();
        int pixels = expected.values().length / count;
        int different = 0;
        for (int i = 0; i < expected.values().length; i++) {
            if (block.samples()[i % count * pixels + i / count] != expected.values()[i]) {
                different++;
            }
        }
        assertThat(different).isZero();
    }
}
