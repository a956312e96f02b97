package org.pixelforest.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class ExportPlanTest {

    private static final Shape PLANE = Shape.of(3, 40, 50);
    private static final ExportSettings TEST_DATA_PROJECT =
            settings(null, "tiff", SampleType.UINT16, null, "0,1", "0,65535");

    @Test
    void contractHoldsWhereNobodySpeaks() {
        ExportPlan plan = ExportPlan.of(ExportSettings.NONE, ExportSettings.NONE, ExportSettings.IMC, PLANE, "zyxc");
        assertThat(plan.source()).isEqualTo(Export.PROBABILITIES);
        assertThat(plan.format()).isEqualTo(Format.TIFF);
        assertThat(plan.axes()).isEqualTo("yxc");
        assertThat(plan.conversion())
                .isEqualTo(new Conversion(
                        SampleType.UINT16,
                        Optional.of(new Conversion.Rescale(Range.UNIT, new Range(0, 65535))),
                        Rounding.NEAREST));
        assertThat(plan.shape()).isEqualTo(PLANE);
    }

    @Test
    void ilastikWritesNumbersAsTheyAre() {
        ExportPlan plan = ExportPlan.of(ExportSettings.NONE, ExportSettings.NONE, ExportSettings.ILASTIK, PLANE, "zyx");
        assertThat(plan.format()).isEqualTo(Format.COMPRESSED_HDF5);
        assertThat(plan.axes()).isEqualTo("zyxc");
        assertThat(plan.conversion().type()).isEqualTo(SampleType.FLOAT32);
        assertThat(plan.conversion().rescale()).isEmpty();
    }

    @Test
    void commandLineGoesOverProjectGoesOverContract() {
        ExportSettings line = settings(null, "hdf5", null, null, null, "0,1000");
        ExportPlan plan = ExportPlan.of(line, TEST_DATA_PROJECT, ExportSettings.ILASTIK, PLANE, "yxc");
        assertThat(plan.format()).isEqualTo(Format.HDF5);
        assertThat(plan.conversion().type()).isEqualTo(SampleType.UINT16);
        assertThat(plan.conversion().rescale()).contains(new Conversion.Rescale(Range.UNIT, new Range(0, 1000)));
    }

    @Test
    void anotherTypeBringsItsOwnRange() {
        ExportSettings line = settings(null, null, SampleType.UINT8, null, null, null);
        for (ExportSettings project : new ExportSettings[] {ExportSettings.NONE, TEST_DATA_PROJECT}) {
            ExportPlan plan = ExportPlan.of(line, project, ExportSettings.IMC, PLANE, "yxc");
            assertThat(plan.conversion().rescale()).contains(new Conversion.Rescale(Range.UNIT, new Range(0, 255)));
        }
        ExportSettings floats = settings(null, null, SampleType.FLOAT32, null, null, null);
        assertThat(ExportPlan.of(floats, ExportSettings.NONE, ExportSettings.IMC, PLANE, "yxc")
                        .conversion()
                        .rescale())
                .isEmpty();
    }

    @Test
    void aRangeThatDoesNotFitIsRefused() {
        ExportSettings line = settings(null, null, SampleType.UINT8, null, "0,1", "0,65535");
        assertThatThrownBy(() -> ExportPlan.of(line, ExportSettings.NONE, ExportSettings.IMC, PLANE, "yxc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit into uint8");
    }

    @Test
    void classNumbersAreNeverRescaled() {
        for (Export source : new Export[] {Export.SIMPLE_SEGMENTATION, Export.LABELS}) {
            ExportPlan plan = ExportPlan.of(
                    settings(source, null, null, null, null, null),
                    TEST_DATA_PROJECT,
                    ExportSettings.IMC,
                    PLANE.withChannels(1),
                    "yxc");
            assertThat(plan.conversion().rescale()).isEmpty();
            Block block = new Block(Region.of(0, 0, 1, 3), 1, new float[] {1, 2, 3});
            assertThat(plan.convert(block).orElseThrow().samples()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void featuresStayFloatsWhateverTheProjectSays() {
        ExportPlan plan = ExportPlan.of(
                settings(Export.FEATURES, null, null, null, null, null),
                TEST_DATA_PROJECT,
                ExportSettings.IMC,
                PLANE.withChannels(160),
                "yxc");
        assertThat(plan.conversion().type()).isEqualTo(SampleType.FLOAT32);
        assertThat(plan.conversion().rescale()).isEmpty();
    }

    @Test
    void contractAddsTheAxesThatAVolumeNeeds() {
        Shape volume = new Shape(4, 3, 5, 40, 50);
        assertThat(ExportPlan.of(ExportSettings.NONE, ExportSettings.NONE, ExportSettings.IMC, volume, "tzyxc")
                        .axes())
                .isEqualTo("tzyxc");
        ExportSettings line = settings(null, null, null, "yxc", null, null);
        assertThatThrownBy(() -> ExportPlan.of(line, ExportSettings.NONE, ExportSettings.IMC, volume, "tzyxc"))
                .hasMessageContaining("leaves out t");
    }

    @Test
    void axisOrdersThatMakeNoSenseAreRefused() {
        for (String axes : new String[] {"yxq", "yyxc", "yc", ""}) {
            ExportSettings line = settings(null, null, null, axes, null, null);
            assertThatThrownBy(() -> ExportPlan.of(line, ExportSettings.NONE, ExportSettings.IMC, PLANE, "yxc"))
                    .as(axes)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Every tile cut apart and put together again equals the crop of the whole. */
    @Test
    void tilesOfACutoutMakeTheCropOfTheWhole() {
        ExportSettings line = with(Cutout.of("[(7, 11, 1), (33, 48, 3)]"));
        ExportPlan plan = ExportPlan.of(line, ExportSettings.NONE, ExportSettings.ILASTIK, PLANE, "yxc");
        assertThat(plan.shape()).isEqualTo(Shape.of(2, 26, 37));
        float[] written = new float[2 * 26 * 37];
        for (Region tile : PLANE.tiles(9, 16)) {
            Block block = Block.zeros(tile, 3);
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < tile.height(); y++) {
                    for (int x = 0; x < tile.width(); x++) {
                        block.samples()[block.index(c, 0, y, x)] = number(c, y + tile.minY(), x + tile.minX());
                    }
                }
            }
            plan.convert(block).ifPresent(part -> {
                for (int c = 0; c < 2; c++) {
                    for (int y = 0; y < part.region().height(); y++) {
                        for (int x = 0; x < part.region().width(); x++) {
                            int at = (c * 26 + y + part.region().minY()) * 37
                                    + x
                                    + part.region().minX();
                            written[at] += part.samples()[part.index(c, 0, y, x)];
                        }
                    }
                }
            });
        }
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 26; y++) {
                for (int x = 0; x < 37; x++) {
                    assertThat(written[(c * 26 + y) * 37 + x]).isEqualTo(number(c + 1, y + 7, x + 11));
                }
            }
        }
    }

    @Test
    void aStoredCutoutForAnotherImageIsDropped() {
        ExportSettings project = with(Cutout.of("[(0,0,0),(100,100,3)]"));
        ExportPlan plan = ExportPlan.of(ExportSettings.NONE, project, ExportSettings.IMC, PLANE, "yxc");
        assertThat(plan.shape()).isEqualTo(PLANE);
    }

    private static float number(int c, int y, int x) {
        return 10_000 * c + 100 * y + x + 1;
    }

    private static ExportSettings with(Cutout cutout) {
        ExportSettings none = ExportSettings.NONE;
        return new ExportSettings(
                none.source(),
                none.format(),
                none.type(),
                none.axes(),
                none.inputRange(),
                none.outputRange(),
                none.fileName(),
                none.innerPath(),
                Optional.of(cutout),
                none.rounding());
    }

    private static ExportSettings settings(
            Export source, String format, SampleType type, String axes, String input, String output) {
        return new ExportSettings(
                Optional.ofNullable(source),
                Optional.ofNullable(format),
                Optional.ofNullable(type),
                Optional.ofNullable(axes),
                Optional.ofNullable(input).map(Range::of),
                Optional.ofNullable(output).map(Range::of),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
