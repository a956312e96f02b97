package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.Samples;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;

/** Tiles come whatever becomes of one of them, of the project, or of another page. */
@Timeout(60)
class VisibleTilesTest {

    private static final FeatureSelection FEATURES = new FeatureSelection(
            List.of(Filter.GAUSSIAN_SMOOTHING), List.of(new FeatureSelection.Scale(0.3, true)), List.of(List.of(true)));
    private static final RandomForest FOREST = RandomForest.trainWithReport(
                    Samples.of(new float[][] {{0, 1, 2, 3}}, new int[] {1, 1, 2, 2}),
                    new ForestOptions(2, 1, 0, false, 0, List.of()),
                    1,
                    Progress.NONE)
            .forest();

    /** Four tiles of 256 x 128 pixels, of which some cannot be read. */
    private static final class Given implements ImageSource {

        private volatile Throwable failure; // of the tile at the top left
        private volatile CountDownLatch held;
        private final Semaphore begun = new Semaphore(0); // reads that are held

        @Override
        public Shape shape() {
            return Shape.of(1, 256, 512);
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
        public Block read(Region region) throws IOException {
            CountDownLatch latch = held;
            if (latch != null) {
                begun.release();
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            Throwable now = failure;
            if (now != null && region.minX() < 200 && region.minY() < 100) {
                if (now instanceof Error error) {
                    throw error;
                }
                throw (IOException) now;
            }
            return Block.zeros(region, 1);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Given image = new Given();
    private VisibleTiles.Forest forest; // guarded by the lock
    private final VisibleTiles tiles =
            new VisibleTiles(lock, changed, () -> Optional.ofNullable(forest), () -> told.add(failure()));

    @BeforeEach
    void start() {
        forest = forest(1, 2, image);
        tiles.start();
    }

    @AfterEach
    void end() {
        locked(tiles::end);
    }

    private static VisibleTiles.Forest forest(long model, int classes, ImageSource stack) {
        return new VisibleTiles.Forest(
                id -> Optional.of(stack),
                new PixelClassifier(LabelClass.TISSUE.subList(0, classes), FEATURES, FOREST, List.of(), 1),
                model);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private String failure() {
        lock.lock();
        try {
            return String.valueOf(tiles.failure());
        } finally {
            lock.unlock();
        }
    }

    private GivenPage look(GivenPage page) {
        look(page, 0, 512);
        tiles.connected(page.connection);
        locked(() -> {});
        return page;
    }

    private static void look(GivenPage page, double x0, double x1) {
        page.connection.view(new ViewedPart("a", 0, 0, 0, List.of(x0, 0.0, x1, 256.0), Optional.empty()));
    }

    private static Set<String> places(GivenPage page, int count) throws InterruptedException {
        Set<String> places = new HashSet<>();
        for (int i = 0; i < count; i++) {
            places.add(place(page.next()));
        }
        return places;
    }

    private static String place(JsonObject tile) {
        return tile.get("x") + " " + tile.get("y");
    }

    private String told() throws InterruptedException {
        return String.valueOf(told.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void aTileThatFailsHidesNoOtherAndComesWhenItIsTriedAgain() throws InterruptedException {
        for (Throwable failure : List.of(new IOException("on purpose"), new StackOverflowError("on purpose"))) {
            image.failure = failure;
            GivenPage page = look(new GivenPage());
            assertThat(places(page, 3)).containsExactlyInAnyOrder("256 0", "0 128", "256 128");
            while (!failure().contains("on purpose")) {
                Thread.sleep(5);
            }
            image.failure = null;
            locked(tiles::retry);
            assertThat(place(page.next())).as("without another view").isEqualTo("0 0");
            tiles.disconnected(page.connection);
        }
    }

    @Test
    void whereMemoryIsNotEnoughNothingIsTriedBeforeAnotherForest() throws InterruptedException {
        image.failure = new OutOfMemoryError("on purpose");
        GivenPage page = new GivenPage();
        page.connection.view(new ViewedPart("a", 0, 0, 0, List.of(0.0, 0.0, 10.0, 10.0), Optional.empty()));
        tiles.connected(page.connection);
        locked(() -> {});
        assertThat(told()).contains("not enough memory");
        look(page, 0, 512);
        locked(() -> assertThat(tiles.complete()).isTrue());
        image.failure = null;
        locked(() -> {
            forest = forest(2, 2, image);
            tiles.retry();
        });
        assertThat(places(page, 4)).hasSize(4);
    }

    @Test
    void whatFailsOfAClosedProjectIsNotTold() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        image.held = closed;
        image.failure = new IOException("the image was closed");
        Given other = new Given();
        GivenPage page = look(new GivenPage());
        image.begun.acquire();
        locked(() -> {
            forest = forest(2, 2, other);
            tiles.forget();
        });
        closed.countDown();
        assertThat(places(page, 4)).hasSize(4);
        assertThat(told).allMatch("null"::equals);
        assertThat(failure()).isEqualTo("null");
    }

    @Test
    void aSlowPageGetsOnlySoMuchAtATime() throws InterruptedException {
        GivenPage slow = look(new GivenPage().stalled());
        GivenPage well = look(new GivenPage());
        for (int model = 1; model <= 8; model++) {
            long newest = model;
            locked(() -> forest = forest(newest, 2, image));
            for (int seen = 0; seen < 4; ) {
                seen += well.next().get("model").getAsLong() == newest ? 1 : 0;
            }
        }
        int most = 8 + Runtime.getRuntime().availableProcessors();
        assertThat(slow.sent()).isLessThanOrEqualTo(most);
        slow.resume();
        for (int seen = 0; seen < 4; ) {
            seen += slow.next().get("model").getAsLong() == 8 ? 1 : 0;
        }
    }

    @Test
    void aTileGoesOnlyToPagesThatSeeIt() throws InterruptedException {
        GivenPage left = new GivenPage();
        look(left, 0, 200);
        tiles.connected(left.connection);
        GivenPage whole = look(new GivenPage());
        assertThat(places(whole, 4)).hasSize(4);
        assertThat(places(left, 2)).containsExactlyInAnyOrder("0 0", "0 128");
        assertThat(left.sent()).isZero();
    }

    @Test
    void anotherNumberOfClassesOrAnotherFileBringsEveryTileAnew() throws InterruptedException {
        GivenPage page = look(new GivenPage());
        assertThat(places(page, 4)).hasSize(4);
        locked(() -> {
            forest = new VisibleTiles.Forest(
                    forest.images(),
                    new PixelClassifier(LabelClass.TISSUE, FEATURES, FOREST, List.of(), 1),
                    forest.model());
            tiles.resend();
        });
        for (int i = 0; i < 4; i++) {
            assertThat(page.next().get("classes").getAsInt()).isEqualTo(3);
        }
        locked(() -> tiles.resend("b"));
        locked(() -> tiles.resend("a"));
        assertThat(places(page, 4)).hasSize(4);
    }
}
