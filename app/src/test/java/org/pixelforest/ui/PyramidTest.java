package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.image.Block;
import org.pixelforest.image.ForwardedSource;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class PyramidTest {

    /** The obvious mean over the obvious pixels, for sizes that are no multiple of anything. */
    @ParameterizedTest
    @CsvSource({"300,517,0", "300,517,1", "300,517,2", "1,1,3", "700,3,3", "517,300,9"})
    void aPixelIsTheMeanOfWhatItStandsFor(int height, int width, int level) throws IOException {
        Shape shape = Shape.of(3, height, width);
        float[] samples = new float[3 * height * width];
        Random random = new Random(level);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(1000);
        }
        Pyramid pyramid = new Pyramid(new Memory(shape, samples), new RecentTiles(1 << 20));
        int rows = Pyramid.size(height, level);
        int columns = Pyramid.size(width, level);
        int y0 = rows / 3;
        int x0 = columns / 4;
        int[] channels = {2, 0};
        float[] read = pyramid.read(channels, level, Region.of(y0, x0, rows, columns));
        int i = 0;
        for (int c : channels) {
            for (int y = y0; y < rows; y++) {
                for (int x = x0; x < columns; x++) {
                    assertThat(read[i++]).isCloseTo((float) mean(samples, shape, c, level, y, x), within(1e-2f));
                }
            }
        }
        assertThat(i).isEqualTo(read.length);
    }

    @Test
    void manyImagesShareOneBound() throws IOException {
        RecentTiles tiles = new RecentTiles(1 << 20);
        Shape shape = Shape.of(1, 256, 256);
        List<Pyramid> pyramids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Pyramid pyramid = new Pyramid(new Memory(shape, new float[256 * 256]), tiles);
            pyramid.read(new int[] {0}, 2, Region.of(0, 0, 64, 64));
            pyramids.add(pyramid);
            assertThat(tiles.bytes()).isPositive().isLessThanOrEqualTo(1 << 20);
        }
        pyramids.forEach(Pyramid::forget);
        assertThat(tiles.bytes()).isZero();
    }

    @Test
    void theCoarseTilesOfALargeImageAreMadeOnce() throws IOException {
        Shape shape = Shape.of(1, 8192, 8192);
        AtomicInteger reads = new AtomicInteger();
        ImageSource counting = new ForwardedSource(new Memory(shape, new float[0])) {
            @Override
            public Block read(Region region) {
                reads.incrementAndGet();
                return Block.zeros(region, 1);
            }
        };
        // Of the 1,024 tiles of the image, 16 can be kept.
        Pyramid pyramid = new Pyramid(counting, new RecentTiles(16 * 4 * 256 * 256));
        pyramid.read(new int[] {0}, 8, Region.of(0, 0, 32, 32));
        assertThat(reads).hasValue(1024);
        pyramid.read(new int[] {0}, 4, Region.of(0, 0, 512, 512));
        pyramid.read(new int[] {0}, 5, Region.of(0, 0, 256, 256));
        assertThat(reads).hasValue(1024);
    }

    private static double mean(float[] samples, Shape shape, int c, int level, int y, int x) {
        double sum = 0;
        int n = 0;
        for (int j = y << level; j < Math.min(shape.y(), (y + 1) << level); j++) {
            for (int i = x << level; i < Math.min(shape.x(), (x + 1) << level); i++) {
                sum += samples[(c * shape.y() + j) * shape.x() + i];
                n++;
            }
        }
        return sum / n;
    }

    private record Memory(Shape shape, float[] samples) implements ImageSource {

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
            Block block = Block.zeros(region, shape.c());
            for (int c = 0; c < shape.c(); c++) {
                for (int y = region.minY(); y < region.maxY(); y++) {
                    for (int x = region.minX(); x < region.maxX(); x++) {
                        block.samples()[block.index(c, 0, y - region.minY(), x - region.minX())] =
                                samples[(c * shape.y() + y) * shape.x() + x];
                    }
                }
            }
            return block;
        }

        @Override
        public void close() {}
    }
}
