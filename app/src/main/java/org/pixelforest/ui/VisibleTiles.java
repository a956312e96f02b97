package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.ImageSource;

/**
 * Predicts the tiles that pages see and lack, nearest to the pointer first, on as many threads as there are processors. It works under
 * the lock of {@link LiveUpdate}, which owns the forest.
 *
 * <p>Memory: the buffers of one prediction a thread; no tile is kept, a page remembers what it was sent.
 */
final class VisibleTiles {

    private static final Logger LOG = Logger.getLogger(VisibleTiles.class.getName());

    /** The newest forest, its number, and the project it is of. */
    record Forest(OpenProject project, PixelClassifier classifier, long model) {}

    /** Hears how it goes; called without the lock. */
    interface Listener {
        /** A tile could not be predicted. */
        void failed(String reason);

        /** Every page has what it sees. */
        void complete();
    }

    /** A tile that a page lacks. */
    private record Work(PageConnection page, ViewedPart.Tile tile, Forest forest) {}

    private final ReentrantLock lock;
    private final Condition changed;
    private final Supplier<Optional<Forest>> newest;
    private final Listener listener;
    private final Set<PageConnection> pages = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<ViewedPart.Tile> underway = new HashSet<>(); // guarded by the lock
    private boolean closed; // guarded by the lock

    /**
     * {@code changed} belongs to {@code lock} and is signalled when {@code newest}, which is called with the lock, or what pages see
     * has changed.
     */
    VisibleTiles(ReentrantLock lock, Condition changed, Supplier<Optional<Forest>> newest, Listener listener) {
        this.lock = lock;
        this.changed = changed;
        this.newest = newest;
        this.listener = listener;
    }

    void start() {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(this::run, "predict-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void connected(PageConnection page) {
        pages.add(page);
    }

    void disconnected(PageConnection page) {
        pages.remove(page);
    }

    /** Another project: what is underway is of no use. Called with the lock. */
    void forget() {
        underway.clear();
    }

    /** Whether no page lacks a tile of the newest forest. Called with the lock. */
    boolean complete() {
        return next() == null;
    }

    /** Whether somebody paints or drags at this moment. */
    boolean handled() {
        return pages.stream().anyMatch(PageConnection::hand);
    }

    /** How many of the tiles that pages see they have, and how many those are. Called with the lock. */
    int[] progress(OpenProject project, long model) {
        int done = 0;
        int total = 0;
        for (PageConnection page : pages) {
            Optional<ViewedPart> view = page.view();
            if (view.isPresent() && project != null) {
                try {
                    for (ViewedPart.Tile tile :
                            view.get().tiles(project.image(view.get().image()).shape())) {
                        total++;
                        done += page.has(tile, model) ? 1 : 0;
                    }
                } catch (Problem gone) {
                    // Another image is on its way.
                }
            }
        }
        return new int[] {done, total};
    }

    private void run() {
        TilePredictor predictor = new TilePredictor();
        while (true) {
            Work work;
            lock.lock();
            try {
                // NB: asked once: pages look elsewhere and become busy without the lock.
                work = next();
                while (!closed && work == null) {
                    changed.await(1, TimeUnit.SECONDS);
                    work = next();
                }
                if (closed) {
                    return;
                }
                underway.add(work.tile);
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            predict(predictor, work);
            boolean last;
            lock.lock();
            try {
                underway.remove(work.tile);
                changed.signalAll();
                last = next() == null && underway.isEmpty();
            } finally {
                lock.unlock();
            }
            if (last) {
                listener.complete();
            }
        }
    }

    private void predict(TilePredictor predictor, Work work) {
        try {
            PixelClassifier classifier = work.forest.classifier;
            long model = work.forest.model;
            ImageSource stack = work.forest.project.image(work.tile.image()).stack();
            byte[] planes = predictor.predict(classifier, stack, work.tile);
            for (PageConnection page : pages) {
                boolean sees = page == work.page
                        || page.view()
                                .filter(v -> v.image().equals(work.tile.image()))
                                .isPresent();
                if (sees && page.open()) {
                    page.send(
                            work.tile,
                            model,
                            TileMessage.of(work.tile, classifier.classes().size(), model, planes),
                            this::signal);
                }
            }
        } catch (Problem gone) {
            work.page.view(null);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "prediction failed", e);
            work.page.view(null);
            listener.failed(LiveUpdate.reason(e));
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next tile of any page that is not there yet; null when there is nothing to do. Called with the lock. */
    private Work next() {
        Forest forest = newest.get().orElse(null);
        if (forest == null) {
            return null;
        }
        for (PageConnection page : pages) {
            Optional<ViewedPart> view = page.view();
            if (view.isEmpty() || page.busy()) {
                continue;
            }
            PageImage image;
            try {
                image = forest.project.image(view.get().image());
            } catch (Problem gone) {
                continue;
            }
            if (!image.readable()) {
                continue;
            }
            for (ViewedPart.Tile tile : view.get().tiles(image.shape())) {
                if (!page.has(tile, forest.model) && !underway.contains(tile)) {
                    return new Work(page, tile, forest);
                }
            }
        }
        return null;
    }

    /** Ends the threads. Called with the lock. */
    void end() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
