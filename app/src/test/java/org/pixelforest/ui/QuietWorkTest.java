package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pixelforest.classify.PixelClassifier;

/** Quiet work gives way to painting, and to what pages wait for. */
@Timeout(60)
class QuietWorkTest {

    private static final Trainer.Result RESULT = new Trainer.Result(null, null);

    /** What pages wait for, as the test says. */
    private static final class Given implements Foreground {
        private volatile boolean rested = true;
        private volatile long target;

        @Override
        public boolean rested(long millis) {
            return rested;
        }

        @Override
        public long model() {
            return target;
        }

        @Override
        public long target() {
            return target;
        }

        @Override
        public Optional<PixelClassifier> classifier(OpenProject project) {
            return Optional.empty();
        }
    }

    private final Given given = new Given();
    private final QuietWork quiet = new QuietWork(given);
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        quiet.close();
    }

    private void trained(long model) {
        given.target = model;
        quiet.trained(null, RESULT, model);
    }

    private String next() throws InterruptedException {
        return said.poll(30, TimeUnit.SECONDS);
    }

    /** Nothing is said for long enough that something would have been said by then. */
    private void assertQuiet() throws InterruptedException {
        assertThat(said.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void everyTaskIsDoneOnceForEachForestInOrder() throws InterruptedException {
        quiet.add((newest, proceed) -> said.add("a" + newest.model()));
        quiet.add((newest, proceed) -> said.add("b" + newest.model()));
        trained(1);
        assertThat(next()).isEqualTo("a1");
        assertThat(next()).isEqualTo("b1");
        assertQuiet();
        trained(2);
        assertThat(next()).isEqualTo("a2");
        assertThat(next()).isEqualTo("b2");
    }

    @Test
    void nothingBeginsBeforePagesHaveRested() throws InterruptedException {
        given.rested = false;
        quiet.add((newest, proceed) -> said.add("begun"));
        trained(1);
        assertQuiet();
        given.rested = true;
        assertThat(next()).isEqualTo("begun");
    }

    /** Work of which a page makes a pause after it has begun. */
    private void begunAndPaused() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        quiet.add((newest, proceed) -> {
            said.add("begun");
            await(busy);
            said.add(proceed.getAsBoolean() ? "on" : "given up");
        });
        trained(1);
        assertThat(next()).isEqualTo("begun");
        given.rested = false;
        busy.countDown();
        assertQuiet();
    }

    @Test
    void workPausesWhilePagesWaitAndGoesOn() throws InterruptedException {
        begunAndPaused();
        given.rested = true;
        assertThat(next()).isEqualTo("on");
    }

    @Test
    void aNewStrokeEndsTheWorkAndWhatFollowsIt() throws InterruptedException {
        CountDownLatch painted = new CountDownLatch(1);
        quiet.add((newest, proceed) -> {
            said.add("a" + newest.model());
            if (newest.model() == 1) {
                await(painted);
                if (!proceed.getAsBoolean()) {
                    said.add("given up");
                    throw new CancellationException();
                }
            }
        });
        quiet.add((newest, proceed) -> said.add("b" + newest.model()));
        trained(1);
        assertThat(next()).isEqualTo("a1");
        given.target = 2; // the page painted
        painted.countDown();
        assertThat(next()).isEqualTo("given up");
        assertQuiet();
        trained(2);
        assertThat(next()).isEqualTo("a2");
        assertThat(next()).isEqualTo("b2");
    }

    @Test
    void aStrokeDuringAPauseEndsTheWorkAtOnce() throws InterruptedException {
        begunAndPaused();
        given.target = 2;
        assertThat(next()).isEqualTo("given up");
    }

    @Test
    void anotherProjectEndsTheWork() throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        quiet.add((newest, proceed) -> {
            said.add("begun");
            await(opened);
            said.add(proceed.getAsBoolean() ? "on" : "given up");
        });
        trained(1);
        assertThat(next()).isEqualTo("begun");
        quiet.opened(Optional.empty());
        opened.countDown();
        assertThat(next()).isEqualTo("given up");
    }

    @Test
    void aTaskThatFailsDoesNotTakeTheNextWithIt() throws InterruptedException {
        quiet.add((newest, proceed) -> {
            throw new IllegalStateException("on purpose, in a test");
        });
        quiet.add((newest, proceed) -> said.add("b"));
        trained(1);
        assertThat(next()).isEqualTo("b");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
