package org.pixelforest.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.ArrayImage;
import org.pixelforest.feature.FeatureSelection.Scale;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Block;
import org.pixelforest.image.Halo;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Features against the slow, obvious version, bit for bit (eigenvalues in 3D: to a part in a million). */
class FeaturesTest {

    private static List<Scale> scales(boolean in2d, double... sigmas) {
        return DoubleStream.of(sigmas).mapToObj(s -> new Scale(s, in2d)).toList();
    }

    private static Block plane(
            ArrayImage image, FeatureSelection selection, boolean[] needed, Rows rows, int w, int h, int s)
            throws IOException {
        PlaneTile tile = new PlaneTile(selection, image.shape(), needed, rows, w, h, s);
        return RowsTest.compute(image, tile, selection.count(image.shape()));
    }

    private static void assertSame(Block actual, List<float[]> expected, String what) {
        int pixels = Math.toIntExact(actual.region().pixels());
        assertThat(expected).hasSize(actual.channels());
        for (int f = 0; f < expected.size(); f++) {
            for (int i = 0; i < pixels; i++) {
                float a = actual.samples()[f * pixels + i];
                float e = expected.get(f)[i];
                if (a != e && !(Float.isNaN(a) && Float.isNaN(e))) {
                    throw new AssertionError(
                            what + ": feature " + f + " of pixel " + i + " is " + a + " instead of " + e);
                }
            }
        }
    }

    static Stream<double[]> sigmas() {
        return Stream.of(
                new double[] {0.2, 0.3},
                new double[] {0.4, 0.5, 0.6},
                new double[] {0.7, 0.74, 0.76},
                new double[] {0.9, 1, 1.3},
                new double[] {2.5, 4.2});
    }

    @ParameterizedTest
    @MethodSource("sigmas")
    void everyFilterAtOddSigmasIn2d(double[] sigmas) throws IOException {
        FeatureSelection selection = ObviousFeatures.all(scales(true, sigmas));
        for (Shape shape : List.of(Shape.of(1, 40, 97), Shape.of(2, 33, 150), Shape.of(1, 21, 21))) {
            ArrayImage image = ArrayImage.random(3, shape);
            List<float[]> expected = ObviousFeatures.of(image, selection);
            assertSame(plane(image, selection, null, FastRows.portable(300), 64, 16, 5), expected, "portable " + shape);
            assertSame(plane(image, selection, null, RowsTest.vector(), 50, 16, 16), expected, "vectors " + shape);
            assertSame(selection.compute(image, shape.whole(0)), expected, "chosen " + shape);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3,3", "0.7,4", "1,5", "1.6,7", "3.5,14", "5,19", "10,36"})
    void imagesJustLargeEnough(double sigma, int needed) throws IOException {
        FeatureSelection selection = ObviousFeatures.all(scales(true, sigma));
        for (int[] size : new int[][] {{needed, needed}, {needed + 1, needed + 3}, {needed, 100}, {90, needed}}) {
            ArrayImage image = ArrayImage.random(needed, Shape.of(1, size[0], size[1]));
            List<float[]> expected = ObviousFeatures.of(image, selection);
            assertSame(
                    plane(image, selection, null, FastRows.portable(300), 64, 32, 8),
                    expected,
                    size[0] + "x" + size[1]);
            assertSame(
                    plane(image, selection, null, RowsTest.vector(), 256, 128, 8), expected, size[0] + "x" + size[1]);
            assertSame(plane(image, selection, null, RowsTest.vector(), 2, 2, 1), expected, size[0] + "x" + size[1]);
        }
        assertThat(selection.tooSmall(Shape.of(1, needed, needed))).isEmpty();
        assertThat(selection.tooSmall(Shape.of(1, needed - 1, 500)).orElseThrow())
                .contains("at least " + needed + " x " + needed);
        assertThatThrownBy(() ->
                        selection.compute(ArrayImage.random(1, Shape.of(1, 500, needed - 1)), Region.of(0, 0, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sigma " + (sigma == 10 ? "10.0" : ""))
                .hasMessageContaining("larger images");
    }

    @Test
    void everySigmaOnATypicalImage() throws IOException {
        FeatureSelection selection = FeatureSelection.from(0.3);
        ArrayImage image = ArrayImage.random(11, Shape.of(1, 75, 333));
        List<float[]> expected = ObviousFeatures.of(image, selection);
        assertSame(plane(image, selection, null, FastRows.portable(400), 100, 30, 7), expected, "portable");
        assertSame(plane(image, selection, null, RowsTest.vector(), 100, 30, 7), expected, "vectors");
    }

    @Test
    void aBrightPixelShowsTheKernel() throws IOException {
        float[] samples = new float[41 * 41];
        samples[20 * 41 + 20] = 1;
        ArrayImage image = new ArrayImage(Shape.of(1, 41, 41), SampleType.FLOAT32, samples);
        FeatureSelection smoothing =
                new FeatureSelection(List.of(Filter.GAUSSIAN_SMOOTHING), scales(true, 3.5), List.of(List.of(true)));
        Block block = smoothing.compute(image, image.shape().whole(0));
        for (int y = -5; y <= 5; y++) {
            for (int x = -5; x <= 5; x++) {
                double gauss = Math.exp(-(x * x + y * y) / (2 * 3.5 * 3.5)) / (2 * Math.PI * 3.5 * 3.5);
                assertThat(block.samples()[(20 + y) * 41 + 20 + x])
                        .isCloseTo((float) gauss, within(0.04f * (float) gauss));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -1e25f})
    void numbersThatAreNotOrdinary(float odd) throws IOException {
        FeatureSelection selection = ObviousFeatures.all(scales(true, 0.3, 0.7, 1, 3.5));
        ArrayImage image = ArrayImage.random(9, Shape.of(2, 60, 100));
        ArrayImage floats = new ArrayImage(image.shape(), SampleType.FLOAT32, image.samples());
        Random random = new Random(2);
        for (int i = 0; i < 4; i++) {
            floats.samples()[random.nextInt(6000)] = odd;
        }
        List<float[]> expected = ObviousFeatures.of(floats, selection);
        assertSame(plane(floats, selection, null, FastRows.portable(400), 40, 30, 7), expected, "portable");
        assertSame(plane(floats, selection, null, RowsTest.vector(), 40, 30, 7), expected, "vectors");
        boolean[] none = new boolean[selection.count(floats.shape())];
        Block block = plane(floats, selection, none, RowsTest.vector(), 40, 30, 7);
        for (int i = 0; i < 6000; i++) {
            boolean nan = false;
            boolean seen = false;
            for (int f = 0; f < expected.size(); f++) {
                nan |= Float.isNaN(expected.get(f)[i]);
                seen |= Float.isNaN(block.samples()[f * 6000 + i]);
            }
            assertThat(seen).as("pixel %d: a feature is NaN", i).isEqualTo(nan);
        }
    }

    @Test
    void featuresThatNobodyNeedsMayBeLeftOutTheOthersStay() throws IOException {
        FeatureSelection selection = FeatureSelection.from(0.7);
        ArrayImage image = ArrayImage.random(12, Shape.of(2, 60, 90));
        List<float[]> expected = ObviousFeatures.of(image, selection);
        Random random = new Random(4);
        boolean[] needed = new boolean[expected.size()];
        for (int f = 0; f < needed.length; f++) {
            needed[f] = random.nextInt(20) == 0;
        }
        Block block = plane(image, selection, needed, RowsTest.vector(), 64, 32, 8);
        for (int f = 0; f < needed.length; f++) {
            for (int i = 0; i < 5400 && needed[f]; i++) {
                assertThat(block.samples()[f * 5400 + i]).isEqualTo(expected.get(f)[i]);
            }
        }
    }

    static Stream<List<Scale>> stacks() {
        return Stream.of(
                scales(false, 0.3, 0.7, 1),
                scales(false, 1.6, 2.5),
                List.of(new Scale(0.3, false), new Scale(0.7, true), new Scale(1.6, false), new Scale(3.5, true)),
                scales(true, 0.7, 1.6));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void stacks(List<Scale> scales) throws IOException {
        FeatureSelection selection = ObviousFeatures.all(scales);
        ArrayImage image = ArrayImage.random(6, new Shape(1, 2, 13, 24, 91));
        List<float[]> expected = ObviousFeatures.of(image, selection);
        Block whole = selection.compute(image, image.shape().whole(0));
        int pixels = 13 * 24 * 91;
        List<String> names = selection.names(image.shape());
        assertThat(names).hasSize(expected.size());
        for (int f = 0; f < expected.size(); f++) {
            boolean rounded =
                    names.get(f).contains("Eigenvalues") && !names.get(f).contains("2D");
            String group = names.get(f).replaceAll(" \\[.*", "");
            float largest = 0;
            for (int g = 0; g < expected.size(); g++) {
                for (int i = 0; i < pixels && names.get(g).startsWith(group); i++) {
                    largest = Math.max(largest, Math.abs(expected.get(g)[i]));
                }
            }
            for (int i = 0; i < pixels; i++) {
                assertThat(whole.samples()[f * pixels + i])
                        .as(names.get(f))
                        .isCloseTo(expected.get(f)[i], within(rounded ? 1e-6f * largest : 0));
            }
        }
        for (Region region : List.of(new Region(0, 3, 5, 7, 4, 6, 8), new Region(0, 0, 0, 60, 13, 24, 91))) {
            Block part = selection.compute(image, region);
            for (int f = 0; f < expected.size(); f++) {
                for (int z = 0; z < region.depth(); z++) {
                    for (int y = 0; y < region.height(); y++) {
                        for (int x = 0; x < region.width(); x++) {
                            assertThat(part.samples()[part.index(f, z, y, x)])
                                    .isEqualTo(whole.samples()[
                                            whole.index(f, region.minZ() + z, region.minY() + y, region.minX() + x)]);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("filtersAndScales")
    void aRegionsFeaturesAreTheCropOfTheWhole(Filter filter, Scale scale) throws IOException {
        FeatureSelection selection = new FeatureSelection(List.of(filter), List.of(scale), List.of(List.of(true)));
        ArrayImage image = ArrayImage.random(8, new Shape(1, 1, 20, 30, 120));
        Block whole = selection.compute(image, image.shape().whole(0));
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            int z = random.nextInt(20);
            int y = random.nextInt(30);
            int x = random.nextInt(120);
            Region region = new Region(
                    0,
                    z,
                    y,
                    x,
                    z + 1 + random.nextInt(20 - z),
                    y + 1 + random.nextInt(30 - y),
                    x + 1 + random.nextInt(120 - x));
            Halo halo = selection.halo(image.shape());
            Block part = selection.compute(new Cropped(image, region.grow(halo, image.shape())), region);
            for (int f = 0; f < part.channels(); f++) {
                for (int pz = 0; pz < region.depth(); pz++) {
                    for (int py = 0; py < region.height(); py++) {
                        for (int px = 0; px < region.width(); px++) {
                            assertThat(part.samples()[part.index(f, pz, py, px)])
                                    .isEqualTo(whole.samples()[whole.index(f, z + pz, y + py, x + px)]);
                        }
                    }
                }
            }
        }
    }

    static Stream<Arguments> filtersAndScales() {
        List<Arguments> all = new ArrayList<>();
        for (Filter filter : Filter.values()) {
            for (double sigma : new double[] {0.3, 0.7, 1, 1.6, 3.5}) {
                for (boolean in2d : new boolean[] {true, false}) {
                    all.add(Arguments.of(filter, new Scale(sigma, in2d)));
                }
            }
        }
        return all.stream();
    }

    /** An image that is NaN outside a region: whoever reads too much shows it. */
    private record Cropped(ArrayImage whole, Region inside) implements ImageSource {

        @Override
        public Shape shape() {
            return whole.shape();
        }

        @Override
        public SampleType sampleType() {
            return SampleType.FLOAT32;
        }

        @Override
        public String axes() {
            return whole.axes();
        }

        @Override
        public List<String> channelNames() {
            return List.of();
        }

        @Override
        public Block read(Region region) {
            Block block = whole.read(region);
            for (int z = 0; z < region.depth(); z++) {
                for (int y = 0; y < region.height(); y++) {
                    for (int x = 0; x < region.width(); x++) {
                        if (!inside.contains(new Region(
                                0,
                                region.minZ() + z,
                                region.minY() + y,
                                region.minX() + x,
                                region.minZ() + z + 1,
                                region.minY() + y + 1,
                                region.minX() + x + 1))) {
                            block.samples()[block.index(0, z, y, x)] = Float.NaN;
                        }
                    }
                }
            }
            return block;
        }

        @Override
        public void close() {}
    }

    @Test
    void namesAreThoseOfProjects() {
        FeatureSelection selection = new FeatureSelection(
                List.of(Filter.GAUSSIAN_SMOOTHING, Filter.HESSIAN_OF_GAUSSIAN_EIGENVALUES),
                List.of(new Scale(0.3, true), new Scale(12, false), new Scale(2.35, false)),
                List.of(List.of(true, true, false), List.of(false, false, true)));
        assertThat(selection.names(Shape.of(1, 100, 100)))
                .containsExactly(
                        "Gaussian Smoothing (σ=0.3) in 2D",
                        "Gaussian Smoothing (σ=12.0)",
                        "Hessian of Gaussian Eigenvalues (σ=2.35) [0]",
                        "Hessian of Gaussian Eigenvalues (σ=2.35) [1]");
        assertThat(selection.count(new Shape(1, 2, 60, 100, 100))).isEqualTo(2 + 2 + 6);
        assertThat(selection.halo(new Shape(1, 2, 60, 100, 100))).isEqualTo(new Halo(44, 44, 44));
        assertThat(selection.tooSmall(new Shape(1, 2, 30, 100, 100)).orElseThrow())
                .isEqualTo(
                        "the image has 30 planes (z), but 3D features at sigma 12.0 need at least 43; compute that sigma in "
                                + "2D, or leave it out");
    }
}
