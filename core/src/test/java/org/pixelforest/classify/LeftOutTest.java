package org.pixelforest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pixelforest.classify.QualityReport.Question;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.CrossValidation;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.TrainedForest;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/** What is counted of labels left out of training, by hand. */
class LeftOutTest {

    private static final FeatureSelection FEATURES = FeatureSelection.from(5);
    private static final ForestOptions OPTIONS =
            ForestOptions.ILASTIK.withTrees(9).withSeed(3);

    /** Noise with a step in the middle, so that forests are right often and not always. */
    private record Stack(Shape shape) implements ImageSource {
        @Override
        public SampleType sampleType() {
            return SampleType.FLOAT32;
        }

        @Override
        public String axes() {
            return "yx";
        }

        @Override
        public List<String> channelNames() {
            return List.of();
        }

        @Override
        public Block read(Region region) {
            Block block = Block.zeros(region, 1);
            for (int y = region.minY(); y < region.maxY(); y++) {
                for (int x = region.minX(); x < region.maxX(); x++) {
                    block.samples()[block.index(0, 0, y - region.minY(), x - region.minX())] =
                            (x < shape.x() / 2 ? 0 : 2) + 3 * new Random(31L * y + x).nextFloat();
                }
            }
            return block;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static Labels bar(Labels labels, int cls, int y, int x) {
        byte[] classes = new byte[4 * 20];
        java.util.Arrays.fill(classes, (byte) cls);
        return labels.with(new Region(0, 0, y, x, 1, y + 4, x + 20), classes);
    }

    private static TrainingSet set(Labels labels) throws IOException {
        return TrainingSet.of(
                FEATURES, List.of(new LabeledImage("a", new Stack(labels.shape()), labels)), 1, () -> false);
    }

    private static QualityReport judge(TrainingSet set) {
        TrainedForest trained = RandomForest.trainWithReport(set.samples(), OPTIONS, 1, (done, total) -> true);
        return QualityReport.of(set, OPTIONS, trained.report(), Set.of(Question.STROKES), 1, (done, total) -> true);
    }

    @Test
    void everyPixelOfAClassWithSeveralStrokesIsCountedOnce() throws IOException {
        Labels labels = Labels.empty(Shape.of(1, 120, 160));
        for (int y = 5; y < 110; y += 20) {
            labels = bar(labels, 1, y, 20);
            labels = bar(labels, 3, y, 100);
        }
        labels = bar(labels, 4, 90, 60); // a single stroke
        TrainingSet set = set(labels);
        int[] groups = set.strokeGroups();
        LeftOut leftOut = judge(set).byStroke().orElseThrow();
        CrossValidation validation =
                CrossValidation.run(set.samples(), groups, QualityReport.FOLDS, OPTIONS, 1, (done, total) -> true);
        Map<List<Integer>, Long> counts = new HashMap<>();
        long wrong = 0;
        long all = 0;
        for (int row = 0; row < set.count(); row++) {
            int painted = set.samples().classOf(row);
            if (painted != 4) {
                counts.merge(List.of(painted, validation.predicted(row)), 1L, Long::sum);
                wrong += painted == validation.predicted(row) ? 0 : 1;
                all++;
            }
        }
        assertThat(all).isEqualTo(12 * 80);
        assertThat(leftOut.groups()).isEqualTo(13);
        assertThat(leftOut.folds()).isEqualTo(5);
        assertThat(leftOut.classesOfOneGroup()).containsExactly(4);
        assertThat(leftOut.confusion().labels()).containsExactly(1, 3, 4);
        assertThat(leftOut.error()).isCloseTo((double) wrong / all, org.assertj.core.api.Assertions.within(1e-12));
        int[] classes = {1, 3, 4};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                long count = counts.getOrDefault(List.of(classes[i], classes[j]), 0L);
                assertThat(leftOut.confusion().count(i, j)).isEqualTo(count);
                List<LeftOut.Pixel> pixels = leftOut.pixels(classes[i], classes[j]);
                assertThat(pixels).hasSize((int) Math.min(count, LeftOut.MOST)).doesNotHaveDuplicates();
                for (LeftOut.Pixel pixel : pixels) {
                    assertThat(labels.get(pixel.t(), pixel.z(), pixel.y(), pixel.x()))
                            .isEqualTo(classes[i]);
                }
            }
        }
        assertThat(leftOut.pixels(2, 1)).isEmpty();
        assertThat(wrong).as("something to count").isPositive();
    }

    @Test
    void singleStrokesCannotBeJudged() throws IOException {
        Labels labels = bar(bar(Labels.empty(Shape.of(1, 60, 160)), 1, 5, 20), 2, 5, 100);
        QualityReport report = judge(set(labels));
        assertThat(report.byStroke()).isEmpty();
        assertThat(report.slips()).isEmpty();
        assertThat(report.outOfBag()).isBetween(0.0, 1.0);
    }
}
