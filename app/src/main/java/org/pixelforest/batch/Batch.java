package org.pixelforest.batch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pixelforest.image.Region;

/**
 * Classifies the images of a plan. Threads take tile after tile; when those of one image run out they begin the next, so that
 * small images run side by side and large ones are shared. Memory: for each thread what a tile needs; at most one image more than
 * there are threads is open.
 */
public final class Batch {

    private final BatchListener listener;
    private final ImageWork.Maker maker;
    private final Deque<PlannedImage> waiting;
    private final List<Outcome> outcomes;
    private final CountDownLatch running;
    private ImageWork current;
    private volatile boolean cancelled;

    /** @param maker opens an image and its output */
    Batch(BatchPlan plan, ImageWork.Maker maker, int threads, BatchListener listener) {
        this.maker = maker;
        this.listener = listener;
        this.waiting = new ArrayDeque<>(plan.images());
        this.outcomes = new ArrayList<>(plan.settled());
        this.running = new CountDownLatch(threads);
        plan.settled().forEach(listener::finished);
    }

    /**
     * Works until all images are done with.
     *
     * @return an outcome an image, in the order in which they were finished
     */
    public List<Outcome> run() {
        int threads = (int) running.getCount();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "classify-" + (i + 1));
            worker.setDaemon(true);
            worker.start();
        }
        boolean interrupted = false;
        while (true) {
            try {
                running.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                cancelled = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(outcomes);
    }

    /** Lets every thread finish its tile and then stop; outputs that are not complete leave no trace. */
    public void cancel() {
        cancelled = true;
    }

    /** Waits until no thread works any more; false when that takes too long. */
    public boolean awaitStop(long seconds) throws InterruptedException {
        return running.await(seconds, TimeUnit.SECONDS);
    }

    private void work() {
        try {
            TileScratch scratch = new TileScratch();
            for (Piece piece = next(); piece != null; piece = next()) {
                long pixels = cancelled ? 0 : piece.work.compute(piece.tile, scratch);
                boolean last = piece.work.done();
                synchronized (this) {
                    listener.advanced(pixels);
                }
                if (last) {
                    finish(piece.work);
                }
            }
        } finally {
            running.countDown();
        }
    }

    private record Piece(ImageWork work, Region tile) {}

    /** The next tile; opens the next image when the one at hand has no more. */
    private synchronized Piece next() {
        while (true) {
            if (current != null) {
                Region tile = current.nextTile();
                if (tile != null) {
                    return new Piece(current, tile);
                }
                current = null;
            }
            PlannedImage image = waiting.poll();
            if (image == null) {
                return null;
            }
            if (cancelled) {
                report(Outcomes.cancelled(image));
                continue;
            }
            listener.started(image);
            try {
                current = maker.open(image);
            } catch (IOException | RuntimeException | Error e) {
                report(Outcomes.failed(image, 0, e));
            }
        }
    }

    private void finish(ImageWork work) {
        Outcome outcome = work.finish(cancelled);
        synchronized (this) {
            report(outcome);
        }
    }

    private void report(Outcome outcome) {
        outcomes.add(outcome);
        listener.finished(outcome);
    }
}
