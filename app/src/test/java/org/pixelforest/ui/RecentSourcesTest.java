package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class RecentSourcesTest {

    private static final Region PIXEL = Region.of(0, 0, 1, 1);

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void fewFilesAreOpenHoweverManyAreRead() throws IOException {
        RecentSources recent = new RecentSources(3);
        List<ImageSource> sources = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            float value = i;
            sources.add(recent.of(() -> new OnePixel(value, 1)));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20; i++) {
                assertThat(sources.get(i).read(PIXEL).samples()).containsExactly(i);
                assertThat(opened.get() - closed.get()).isEqualTo(3).isEqualTo(recent.open());
            }
        }
        int before = opened.get();
        sources.get(18).read(PIXEL);
        assertThat(opened.get()).as("one of the last three is open still").isEqualTo(before);
        for (ImageSource source : sources) {
            source.close();
        }
        assertThat(opened.get()).isEqualTo(closed.get());
        assertThat(recent.open()).isZero();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> sources.get(0).read(PIXEL))
                .withMessageContaining("closed");
    }

    @Test
    void manyThreadsNeverMeetAClosedFile() throws Exception {
        RecentSources recent = new RecentSources(2);
        List<ImageSource> sources = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            float value = i;
            sources.add(recent.of(() -> new OnePixel(value, 1)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            Random random = new Random(t);
            all.add(threads.submit(() -> {
                for (int i = 0; i < 2000; i++) {
                    int n = random.nextInt(8);
                    assertThat(sources.get(n).read(PIXEL).samples()).containsExactly(n);
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        sources.get(0).read(PIXEL);
        assertThat(opened.get() - closed.get()).isEqualTo(recent.open());
    }

    @Test
    void aFileThatBecameAnotherIsNamedNotShown() throws IOException {
        RecentSources recent = new RecentSources(1);
        AtomicInteger height = new AtomicInteger(1);
        ImageSource source = recent.of(() -> new OnePixel(1, height.get()));
        recent.of(() -> new OnePixel(2, 1));
        height.set(2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source.read(PIXEL))
                .withMessageContaining("when the project was opened");
        assertThat(opened.get() - closed.get()).isEqualTo(1);
    }

    /** Fails when it is read after it was closed. */
    private final class OnePixel implements ImageSource {

        private final float value;
        private final int height;
        private volatile boolean open = true;

        OnePixel(float value, int height) {
            this.value = value;
            this.height = height;
            opened.incrementAndGet();
        }

        @Override
        public Shape shape() {
            return Shape.of(1, height, 1);
        }

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
        public Block read(Region region) throws IOException {
            Thread.yield();
            if (!open) {
                throw new IOException("read after it was closed");
            }
            return new Block(region, 1, new float[] {value});
        }

        @Override
        public void close() {
            open = false;
            closed.incrementAndGet();
        }
    }
}
