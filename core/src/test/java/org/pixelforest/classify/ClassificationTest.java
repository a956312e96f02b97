package org.pixelforest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.ArrayImage;
import org.pixelforest.Npy;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.project.Project;

class ClassificationTest {

    private static PixelClassifier golden;
    private static ArrayImage image;

    @BeforeAll
    static void read() throws IOException {
        golden = Project.read(Shared.path("golden/synthetic/golden.ilp"))
                .classifier()
                .orElseThrow();
        image = ArrayImage.channelLast(
                Shape.of(2, 97, 131),
                Npy.read(Shared.path("golden/synthetic/img2d_yxc_u16.npy")).values());
    }

    private static Block classify(PixelClassifier classifier, ArrayImage image, int threads) throws IOException {
        Block whole = Block.zeros(image.shape().whole(0), classifier.classes().size());
        Classification.run(
                classifier, image, whole.region(), threads, block -> copy(block, whole), Classification.Progress.NONE);
        return whole;
    }

    private static void copy(Block from, Block to) {
        Region r = from.region();
        for (int c = 0; c < from.channels(); c++) {
            for (int y = 0; y < r.height(); y++) {
                System.arraycopy(
                        from.samples(),
                        from.index(c, 0, y, 0),
                        to.samples(),
                        to.index(c, r.minZ(), r.minY() + y, r.minX()),
                        r.width());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void probabilitiesEqualTheOriginalsBitForBitOnAnyNumberOfThreads(int threads) throws IOException {
        Npy expected = Npy.read(Shared.path("golden/synthetic/prob_yxc_f32.npy"));
        Block actual = classify(golden, image, threads);
        int pixels = 97 * 131;
        for (int i = 0; i < expected.values().length; i++) {
            assertThat(actual.samples()[i % 3 * pixels + i / 3]).as("%d", i).isEqualTo(expected.values()[i]);
        }
    }

    @Test
    void probabilitiesOfARegionAreTheCropOfTheWhole() throws IOException {
        ArrayImage large = ArrayImage.random(7, Shape.of(2, 301, 523));
        Block whole = classify(golden, large, 2);
        for (Region region :
                List.of(Region.of(0, 0, 1, 1), Region.of(120, 250, 140, 266), Region.of(290, 1, 301, 523))) {
            Block part = golden.probabilities(large, region);
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < region.height(); y++) {
                    for (int x = 0; x < region.width(); x++) {
                        assertThat(part.samples()[part.index(c, 0, y, x)])
                                .isEqualTo(whole.samples()[whole.index(c, 0, region.minY() + y, region.minX() + x)]);
                    }
                }
            }
        }
    }

    @Test
    void cancelsAndSaysSo() {
        ArrayImage large = ArrayImage.random(7, Shape.of(2, 600, 600));
        AtomicInteger written = new AtomicInteger();
        assertThatThrownBy(() -> Classification.run(
                        golden,
                        large,
                        large.shape().whole(0),
                        2,
                        block -> written.incrementAndGet(),
                        (done, total) -> done < 3))
                .isInstanceOf(CancellationException.class);
        assertThat(written.get()).isBetween(3, 5);
    }

    @Test
    void progressCountsEveryTileOnce() throws IOException {
        ArrayImage large = ArrayImage.random(7, Shape.of(2, 300, 600));
        List<Integer> heard = new ArrayList<>();
        Classification.run(golden, large, large.shape().whole(0), 3, block -> {}, (done, total) -> {
            heard.add(done);
            assertThat(total).isGreaterThan(5);
            return true;
        });
        for (int i = 0; i < heard.size(); i++) {
            assertThat(heard.get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void aFailureOfTheOutputEndsTheRun() {
        ArrayImage large = ArrayImage.random(7, Shape.of(2, 600, 600));
        assertThatThrownBy(() -> Classification.run(
                        golden,
                        large,
                        large.shape().whole(0),
                        2,
                        block -> {
                            throw new IOException("disk full");
                        },
                        Classification.Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void refusesImagesThatDoNotFit() {
        assertThatThrownBy(() -> classify(golden, ArrayImage.random(1, Shape.of(3, 100, 100)), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 channels")
                .hasMessageContaining("trained on 2");
        assertThatThrownBy(() -> classify(golden, ArrayImage.random(1, Shape.of(2, 100, 10)), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 x 100 pixels");
    }
}
