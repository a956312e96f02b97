package org.pixelforest.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class PreparationTest {

    private static float[] all(PreparedStack stack) throws IOException {
        return stack.read(stack.shape().whole(0)).samples();
    }

    @Test
    void theWorkedExampleOfTheSpecificationComesOut() throws IOException {
        JsonObject example = TestVectors.read().getAsJsonObject("prepare_3x4");
        MemoryImage raw = TestVectors.image(example.get("in_uint16"), example.get("in_shape_cyx"), SampleType.UINT16);
        PreparedStack stack = Preparation.IMC.of(raw);
        assertThat(stack.shape()).isEqualTo(Shape.of(4, 6, 8));
        assertThat(stack.sampleType()).isEqualTo(SampleType.UINT16);
        assertThat(stack.axes()).isEqualTo("zyxc");
        assertThat(all(stack)).isEqualTo(TestVectors.floats(example.get("out_uint16")));
    }

    @Test
    void theMeanAddsInTheOrderOfNumpy() throws IOException {
        for (JsonElement one : TestVectors.read().getAsJsonArray("mean_order")) {
            float[] counts = TestVectors.floats(one.getAsJsonObject().get("in_uint16"));
            Block pixel = new Block(Region.of(0, 0, 1, 1), counts.length, counts);
            float mean = new CellProfilerArithmetic(SampleType.UINT16, true, 100)
                    .stack(pixel)
                    .samples()[0];
            assertThat(mean)
                    .as(counts.length + " channels")
                    .isEqualTo(Float.parseFloat(
                            one.getAsJsonObject().get("mean100_float32").getAsString()));
        }
    }

    @Test
    void onePixelShowsWhyTheLoneRoundingMatters() throws IOException {
        MemoryImage raw = new MemoryImage(Shape.of(2, 1, 2), SampleType.UINT16, new float[] {108, 174, 0, 1});
        PreparedStack stack = new Preparation(Preparation.Format.IMC, List.of("1"), false, 100, 2, 500).of(raw);
        assertThat(all(stack)).containsExactly(108, 124, 157, 174, 108, 124, 157, 174);
    }

    @Test
    void theWorkedExampleOfSteinbockComesOut() throws IOException {
        JsonObject example = TestVectors.read().getAsJsonObject("steinbock_2x3");
        MemoryImage raw =
                new MemoryImage(Shape.of(2, 2, 3), SampleType.FLOAT32, TestVectors.floats(example.get("in_cyx")));
        PreparedStack stack = Preparation.STEINBOCK.of(raw);
        assertThat(stack.sampleType()).isEqualTo(SampleType.FLOAT32);
        assertThat(stack.axes()).isEqualTo("cyx");
        assertThat(all(stack)).isEqualTo(TestVectors.floats(example.get("ipp_model")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 7, 9, 2", "2, 33, 20, 2", "3, 1, 13, 2", "3, 13, 1, 2", "2, 1, 1, 2", "8, 6, 5, 2", "41, 9, 8, 2",
        "130, 3, 4, 2", "300, 2, 3, 2", "3, 11, 8, 1", "3, 11, 8, 3", "3, 11, 8, 1.5", "3, 7, 5, 2.7", "2, 1, 9, 1.5"
    })
    void equalsTheSlowVersion(int channels, int height, int width, double scale) throws IOException {
        MemoryImage raw = MemoryImage.counts(channels, height, width, SampleType.UINT16, 7L * channels + height);
        Preparation preparation = new Preparation(Preparation.Format.IMC, List.of(), true, 100, scale, 500);
        PreparedStack stack = preparation.of(raw);
        assertThat(stack.shape().y()).isEqualTo((int) Math.rint(height * scale));
        assertThat(stack.shape().x()).isEqualTo((int) Math.rint(width * scale));
        assertThat(all(stack)).isEqualTo(slow(raw, 65535, 0, 100, stack.shape()));
    }

    /** One channel counts as three, as in CellProfiler. */
    private static float[] slow(MemoryImage raw, float by, float shift, float factor, Shape prepared) {
        Shape shape = raw.shape();
        int channels = shape.c() == 1 ? 3 : shape.c();
        float[][][] scaled = new float[channels][shape.y()][shape.x()];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < shape.y(); y++) {
                for (int x = 0; x < shape.x(); x++) {
                    int at = ((c % shape.c()) * shape.y() + y) * shape.x() + x;
                    scaled[c][y][x] = (raw.samples()[at] + shift) / by;
                }
            }
        }
        float[][][] stack = SlowPreparation.withMean(scaled, factor);
        int[][][] out = SlowPreparation.enlarged(stack, prepared.y(), prepared.x());
        float[] flat = new float[Math.toIntExact(prepared.samples())];
        int i = 0;
        for (int[][] plane : out) {
            for (int[] row : plane) {
                for (int v : row) {
                    flat[i++] = v;
                }
            }
        }
        return flat;
    }

    @ParameterizedTest
    @EnumSource(names = {"UINT8", "UINT16", "UINT32", "INT16", "FLOAT32", "FLOAT64"})
    void everySampleTypeIsScaledByItsRule(SampleType type) throws IOException {
        MemoryImage raw = MemoryImage.counts(3, 8, 9, type, 5);
        float by =
                switch (type) {
                    case UINT8 -> 255f;
                    case UINT32 -> 4294967296f;
                    case FLOAT32, FLOAT64 -> 1f;
                    default -> 65535f;
                };
        float shift = type == SampleType.INT16 ? 32768 : 0;
        PreparedStack stack = new Preparation(Preparation.Format.IMC, List.of(), true, 0.5, 2, 500).of(raw);
        assertThat(all(stack)).isEqualTo(slow(raw, by, shift, 0.5f, stack.shape()));
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        MemoryImage counts = new MemoryImage(Shape.of(2, 1, 1), SampleType.FLOAT32, new float[] {0.5f, 7});
        assertThatThrownBy(() -> Preparation.IMC.of(counts).read(Region.of(0, 0, 1, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7.0")
                .hasMessageContaining("uint16");
        MemoryImage nan = new MemoryImage(Shape.of(2, 1, 1), SampleType.FLOAT32, new float[] {Float.NaN, 0});
        assertThatThrownBy(() -> Preparation.IMC.of(nan).read(Region.of(0, 0, 1, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Preparation.IMC.of(MemoryImage.counts(2, 2, 2, SampleType.INT32, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("int32");
    }

    @Test
    void channelsAreChosenByNameOrPosition() throws IOException {
        MemoryImage raw = new MemoryImage(Shape.of(3, 1, 1), SampleType.UINT16, new float[] {10, 20, 30})
                .named("Ag107", "2", "Yb172");
        Preparation plain = new Preparation(Preparation.Format.IMC, List.of(), false, 100, 1, 500);
        PreparedStack byName = plain.withChannels(List.of("Yb172", "2")).of(raw);
        assertThat(byName.channelNames()).containsExactly("Yb172", "2");
        assertThat(all(byName)).containsExactly(30, 20);
        assertThat(all(plain.withChannels(List.of("3", "1")).of(raw))).containsExactly(30, 10);
        assertThat(Preparation.IMC.withChannels(List.of("3")).of(raw).channelNames())
                .containsExactly("mean", "Yb172");
        assertThatThrownBy(() -> plain.withChannels(List.of("Ir191")).of(raw))
                .hasMessage("no channel \"Ir191\"; there are 3: Ag107, 2, Yb172");
        assertThatThrownBy(() -> plain.withChannels(List.of("0")).of(raw)).hasMessageContaining("\"0\"");
        assertThatThrownBy(() -> plain.withChannels(List.of("3", "Yb172")).of(raw))
                .hasMessageContaining("twice");
    }

    @Test
    void aFileOfOnePlaneBecomesThreeEqualChannels() throws IOException {
        MemoryImage raw = new MemoryImage(Shape.of(1, 1, 1), SampleType.UINT16, new float[] {9}).named("DNA");
        PreparedStack stack = new Preparation(Preparation.Format.IMC, List.of(), true, 2, 1, 500).of(raw);
        assertThat(stack.channelNames()).containsExactly("mean", "DNA", "DNA (2)", "DNA (3)");
        assertThat(all(stack)).containsExactly(18, 9, 9, 9);
    }

    @Test
    void steinbocksScale1IsACopy() throws IOException {
        float[] samples = {1, Float.POSITIVE_INFINITY, -0f, 2, Float.NEGATIVE_INFINITY, 3};
        MemoryImage raw = new MemoryImage(Shape.of(1, 2, 3), SampleType.FLOAT32, samples);
        PreparedStack stack = new Preparation(Preparation.Format.STEINBOCK, List.of(), false, 100, 1, 512).of(raw);
        assertThat(all(stack)).isEqualTo(samples);
        assertThat(stack.read(Region.of(1, 1, 2, 3)).samples()).isEqualTo(new float[] {Float.NEGATIVE_INFINITY, 3});
    }

    @Test
    void moreThanAnArrayHoldsIsRefusedWithASentence() {
        assertThatThrownBy(() -> Block.zeros(Region.of(0, 0, 65536, 65536), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read it in parts");
    }

    @ParameterizedTest
    @CsvSource({"IMC, 2", "IMC, 1.5", "IMC, 3", "STEINBOCK, 2", "STEINBOCK, 3"})
    void aRegionsAnswerEqualsTheCropOfTheWhole(Preparation.Format format, double scale) throws IOException {
        MemoryImage raw = MemoryImage.counts(3, 14, 11, SampleType.UINT16, 3);
        PreparedStack stack = new Preparation(format, List.of(), true, 100, scale, 500).of(raw);
        MemoryImage whole = new MemoryImage(stack.shape(), stack.sampleType(), all(stack));
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            int y = random.nextInt(stack.shape().y());
            int x = random.nextInt(stack.shape().x());
            Region region = Region.of(
                    y,
                    x,
                    y + 1 + random.nextInt(stack.shape().y() - y),
                    x + 1 + random.nextInt(stack.shape().x() - x));
            assertThat(stack.read(region).samples())
                    .as(region.toString())
                    .isEqualTo(whole.read(region).samples());
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsDoNotChangeANumber(Preparation.Format format) throws IOException {
        MemoryImage raw = MemoryImage.counts(40, 113, 171, SampleType.UINT16, 17);
        Preparation preparation = new Preparation(format, List.of(), true, 100, 2, 500);
        MemoryImage one = MemoryImage.empty(preparation.of(raw));
        MemoryImage four = MemoryImage.empty(preparation.of(raw));
        PreparedStack stack = preparation.of(raw);
        long[] written = new long[1];
        stack.write(stack.shape().whole(0), one, 1, pixels -> written[0] += pixels);
        preparation.of(raw).write(stack.shape().whole(0), four, 4, pixels -> {});
        assertThat(one.samples()).isEqualTo(all(stack));
        assertThat(four.samples()).isEqualTo(one.samples());
        assertThat(written[0]).isEqualTo(stack.shape().pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aSinkThatFailsEndsTheWriting(int threads) throws IOException {
        MemoryImage raw = MemoryImage.counts(40, 113, 171, SampleType.UINT16, 17);
        PreparedStack stack = Preparation.IMC.of(raw);
        AtomicInteger writing = new AtomicInteger();
        ImageSink full = new MemoryImage(stack.shape(), SampleType.UINT16, new float[0]) {
            @Override
            public void write(Block block) {
                writing.incrementAndGet();
                try {
                    throw new UncheckedIOException(new IOException("the disk is full"));
                } finally {
                    writing.decrementAndGet();
                }
            }
        };
        assertThatThrownBy(() -> stack.write(stack.shape().whole(0), full, threads, pixels -> {}))
                .hasMessageContaining("the disk is full");
        assertThat(writing).hasValue(0);
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new Preparation(Preparation.Format.IMC, List.of(), true, 100, 0.5, 500))
                .hasMessageContaining("0.5");
        assertThatThrownBy(() -> new Preparation(Preparation.Format.STEINBOCK, List.of(), true, 100, 1.5, 500))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Preparation(Preparation.Format.IMC, List.of(), true, Double.NaN, 2, 500))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Preparation(Preparation.Format.IMC, List.of(), true, 100, 2, 0))
                .hasMessageContaining("(got: 0)");
    }

    @Test
    void groupsAreAveragedFromLeftToRight() throws IOException {
        MemoryImage raw = new MemoryImage(Shape.of(3, 1, 1), SampleType.FLOAT32, new float[] {1, 1e8f, -1e8f})
                .named("a", "b", "c");
        var grouped = ChannelGroups.of(raw, List.of(List.of(0, 1, 2), List.of(1)));
        assertThat(grouped.read(Region.of(0, 0, 1, 1)).samples()).containsExactly(0, 1e8f);
        assertThat(grouped.channelNames()).containsExactly("a / b / c", "b");
        assertThat(grouped.sampleType()).isEqualTo(SampleType.FLOAT32);
    }
}
