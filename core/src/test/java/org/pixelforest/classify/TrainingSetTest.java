package org.pixelforest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;

class TrainingSetTest {

    private static final FeatureSelection FEATURES = FeatureSelection.from(1.6);

    @Test
    void everyLabelledPixelIsARowWithItsFeatures() throws IOException {
        Noise stack = new Noise(Shape.of(2, 90, 150), 1);
        Labels labels = strokes(stack.shape(), 6, new Random(2));
        TrainingSet set = TrainingSet.of(FEATURES, List.of(new LabeledImage("a", stack, labels)), 2, () -> false);
        Block whole = FEATURES.compute(stack, stack.shape().whole(0));
        assertThat(set.count()).isEqualTo((int) labels.count());
        for (int row = 0; row < set.count(); row++) {
            assertThat(set.samples().classOf(row)).isEqualTo(labels.get(0, 0, set.y(row), set.x(row)));
            for (int f = 0; f < whole.channels(); f++) {
                assertThat(set.samples().value(f, row))
                        .isEqualTo(whole.samples()[whole.index(f, 0, set.y(row), set.x(row))]);
            }
        }
    }

    @Test
    void aSetMadeStepByStepIsTheSetMadeAtOnce() throws IOException {
        Noise a = new Noise(Shape.of(2, 90, 150), 1);
        Noise b = new Noise(Shape.of(2, 64, 64), 2);
        Random random = new Random(3);
        Labels onA = strokes(a.shape(), 3, random);
        Labels onB = Labels.empty(b.shape());
        TrainingSet set = TrainingSet.of(FEATURES, images(a, onA, b, onB), 2, () -> false);
        for (int i = 0; i < 12; i++) {
            onA = onA.with(stroke(random, 90, 150));
            onB = onB.with(stroke(random, 64, 64));
            long read = a.pixels.get();
            set = set.with(images(a, onA, b, onB), 2, () -> false);
            TrainingSet again = set.with(images(a, onA, b, onB), 2, () -> false);
            assertThat(a.pixels.get() - read).isLessThan(90L * 150 * 4);
            assertThat(again.count()).isEqualTo(set.count());
        }
        long read = a.pixels.get() + b.pixels.get();
        set = set.with(images(a, onA, b, onB), 1, () -> false);
        assertThat(a.pixels.get() + b.pixels.get())
                .as("nothing new, nothing read")
                .isEqualTo(read);
        TrainingSet atOnce = TrainingSet.of(FEATURES, images(a, onA, b, onB), 1, () -> false);
        assertThat(atOnce.count()).isEqualTo(set.count());
        assertThat(atOnce.imageGroups()).isEqualTo(set.imageGroups());
        assertThat(atOnce.strokeGroups()).isEqualTo(set.strokeGroups());
        for (int row = 0; row < set.count(); row++) {
            assertThat(set.samples().classOf(row)).isEqualTo(atOnce.samples().classOf(row));
            for (int f = 0; f < set.samples().features(); f++) {
                assertThat(set.samples().value(f, row))
                        .isEqualTo(atOnce.samples().value(f, row));
            }
        }
    }

    @Test
    void anImageThatIsReadFromAnotherFileIsReadAnew() throws IOException {
        Noise a = new Noise(Shape.of(2, 64, 64), 1);
        Noise b = new Noise(a.shape(), 2);
        Labels labels = strokes(a.shape(), 2, new Random(3));
        TrainingSet set = TrainingSet.of(FEATURES, images(a, labels, b, labels), 1, () -> false);
        Noise other = new Noise(a.shape(), 4);
        long read = b.pixels.get();
        TrainingSet changed = set.with(images(other, labels, b, labels), 1, () -> false);
        assertThat(b.pixels.get()).as("the other image stays").isEqualTo(read);
        TrainingSet atOnce = TrainingSet.of(FEATURES, images(other, labels, b, labels), 1, () -> false);
        for (int row = 0; row < atOnce.count(); row++) {
            for (int f = 0; f < atOnce.samples().features(); f++) {
                assertThat(changed.samples().value(f, row))
                        .isEqualTo(atOnce.samples().value(f, row));
            }
        }
    }

    @Test
    void whatCannotBeTrainedIsSaidInWords() {
        Noise small = new Noise(Shape.of(1, 20, 20), 1);
        Labels painted = Labels.empty(small.shape()).with(stroke(new Random(1), 20, 20));
        assertThatThrownBy(() -> TrainingSet.of(
                        FEATURES, List.of(new LabeledImage("a", small, Labels.empty(small.shape()))), 1, () -> false))
                .hasMessageContaining("nothing is labelled");
        assertThatThrownBy(() -> TrainingSet.of(
                        FEATURES, List.of(new LabeledImage("small one", small, painted)), 1, () -> false))
                .hasMessageContaining("small one")
                .hasMessageContaining("10");
        Noise other = new Noise(Shape.of(3, 90, 90), 1);
        Noise one = new Noise(Shape.of(2, 90, 90), 1);
        Labels labels = strokes(one.shape(), 2, new Random(1));
        assertThatThrownBy(() -> TrainingSet.of(
                        FEATURES,
                        List.of(new LabeledImage("one", one, labels), new LabeledImage("other", other, labels)),
                        1,
                        () -> false))
                .hasMessageContaining("other has 3 channels");
        assertThatThrownBy(() -> new LabeledImage("x", one, painted)).hasMessageContaining("x: the labels");
        assertThatThrownBy(() -> TrainingSet.of(FEATURES, List.of(new LabeledImage("one", one, labels)), 1, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private static List<LabeledImage> images(Noise a, Labels onA, Noise b, Labels onB) {
        return List.of(new LabeledImage("a", a, onA), new LabeledImage("b", b, onB));
    }

    private static Labels strokes(Shape shape, int n, Random random) {
        Labels labels = Labels.empty(shape);
        for (int i = 0; i < n; i++) {
            labels = labels.with(stroke(random, shape.y(), shape.x()));
        }
        return labels;
    }

    private static Stroke stroke(Random random, int height, int width) {
        List<Stroke.Point> points = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            points.add(new Stroke.Point(random.nextInt(width), random.nextInt(height)));
        }
        return new Stroke(1 + random.nextInt(3), 3, 0, 0, points);
    }

    /** Random numbers that depend on the place alone; counts the pixels that were read. */
    private static final class Noise implements ImageSource {

        private final Shape shape;
        private final int seed;
        private final AtomicLong pixels = new AtomicLong();

        Noise(Shape shape, int seed) {
            this.shape = shape;
            this.seed = seed;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        @Override
        public SampleType sampleType() {
            return SampleType.FLOAT32;
        }

        @Override
        public String axes() {
            return "cyx";
        }

        @Override
        public List<String> channelNames() {
            return List.of();
        }

        @Override
        public Block read(Region region) {
            pixels.addAndGet(region.pixels());
            Block block = Block.zeros(region, shape.c());
            for (int c = 0; c < shape.c(); c++) {
                for (int y = region.minY(); y < region.maxY(); y++) {
                    for (int x = region.minX(); x < region.maxX(); x++) {
                        block.samples()[block.index(c, 0, y - region.minY(), x - region.minX())] =
                                new Random(((long) seed * 31 + c) * 1_000_003 + y * 4099L + x).nextInt(200);
                    }
                }
            }
            return block;
        }

        @Override
        public void close() {}
    }
}
