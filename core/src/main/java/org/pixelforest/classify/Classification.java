package org.pixelforest.classify;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;

/**
 * Predicts a region of a stack tile by tile on several threads. The result does not depend on the number of threads.
 *
 * <p>Memory: what {@link org.pixelforest.feature.FeatureTile} states, the source of a tile with its halo, and the probabilities
 * of a tile, all a thread, whatever the size of the image: for 2D features of 6 channels, 240 features and 3 classes about
 * 10 MB a thread.
 */
public final class Classification {

    /** Takes finished tiles: disjoint, in any order, from several threads at a time. */
    @FunctionalInterface
    public interface Output {

        /** {@code probabilities} has a channel a class; it is written over when this returns. */
        void write(Block probabilities) throws IOException;
    }

    /** Hears of finished tiles; called by one thread at a time. */
    @FunctionalInterface
    public interface Progress {

        Progress NONE = (done, total) -> true;

        /** Whether to go on: false cancels. */
        boolean tiles(int done, int total);
    }

    private final PixelClassifier classifier;
    private final ImageSource stack;
    private final Output output;
    private final Progress progress;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Region> tiles;
    private int done;

    private Classification(
            PixelClassifier classifier, ImageSource stack, Output output, Progress progress, List<Region> tiles) {
        this.classifier = classifier;
        this.stack = stack;
        this.output = output;
        this.progress = progress;
        this.tiles = tiles;
    }

    /**
     * Predicts all pixels of a region.
     *
     * @param threads 1 or more; the calling thread is one of them
     * @throws IllegalArgumentException when the stack is too small or has the wrong number of channels, with the reason in words
     * @throws IOException when reading or writing failed; nothing is written any more then
     * @throws CancellationException when {@code progress} cancelled
     */
    public static void run(
            PixelClassifier classifier, ImageSource stack, Region region, int threads, Output output, Progress progress)
            throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("at least 1 thread is needed (got: " + threads + ")");
        }
        TilePrediction own = new TilePrediction(classifier, stack.shape());
        List<Region> tiles = own.tiles(region);
        Classification classification = new Classification(classifier, stack, output, progress, tiles);
        classification.run(own, Math.min(threads, tiles.size()));
    }

    private void run(TilePrediction own, int threads) throws IOException {
        Thread[] others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(this::work, "classify-" + (i + 2));
            others[i].setDaemon(true);
            others[i].start();
        }
        work(own);
        boolean interrupted = false;
        for (Thread other : others) {
            while (other.isAlive()) {
                try {
                    other.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, new CancellationException("interrupted"));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow(failure.get());
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void work() {
        try {
            work(new TilePrediction(classifier, stack.shape()));
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void work(TilePrediction prediction) {
        try {
            int tile = next.getAndIncrement();
            while (tile < tiles.size() && failure.get() == null) {
                output.write(prediction.predict(stack, tiles.get(tile)));
                finished();
                tile = next.getAndIncrement();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private synchronized void finished() {
        done++;
        if (failure.get() == null && !progress.tiles(done, tiles.size())) {
            failure.compareAndSet(null, new CancellationException("cancelled"));
        }
    }
}
