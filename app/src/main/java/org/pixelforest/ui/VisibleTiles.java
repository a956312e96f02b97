package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * Predicts the tiles that pages see and lack, nearest to the pointer first, on {@link LiveUpdate#THREADS} threads. It works under the lock
 * of {@link LiveUpdate}, which owns the forest.
 *
 * <p>Memory: the buffers of one prediction a thread; no tile is kept, a page remembers what it was sent.
 */
final class VisibleTiles {

    private static final Logger LOG = Logger.getLogger(VisibleTiles.class.getName());

    /** The images of a project. */
    interface Stacks {
        /** An image as the classifier sees it; none when it is not in the project or cannot be read. */
        Optional<ImageSource> stack(String image);
    }

    /** The newest forest, its number, and the images it is for. */
    record Forest(Stacks images, PixelClassifier classifier, long model) {}

    /** A tile that a page lacks, and the image as it is now. */
    private record Work(PageConnection page, ViewedPart.Tile tile, Forest forest, ImageSource stack) {}

    private final ReentrantLock lock;
    private final Condition changed;
    private final Supplier<Optional<Forest>> newest;
    private final Runnable listener;
    private final Set<PageConnection> pages = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    // Guarded by the lock.
    private final Map<ViewedPart.Tile, Work> underway = new HashMap<>();
    private final Set<ViewedPart.Tile> failed = new HashSet<>(); // not tried again before somebody asks for it
    private String failure; // why
    private boolean exhausted; // memory is not enough for this forest
    private boolean closed;

    /**
     * {@code changed} belongs to {@code lock} and is signalled when {@code newest}, which is called with the lock, or what pages see
     * has changed. {@code listener} is called without the lock when every page has what can be had, or a tile failed.
     */
    VisibleTiles(ReentrantLock lock, Condition changed, Supplier<Optional<Forest>> newest, Runnable listener) {
        this.lock = lock;
        this.changed = changed;
        this.newest = newest;
        this.listener = listener;
    }

    void start() {
        for (int i = 0; i < LiveUpdate.THREADS; i++) {
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
        retry();
    }

    /** What failed is tried again. Called with the lock. */
    void retry() {
        failed.clear();
        failure = null;
        exhausted = false;
    }

    /** Why a tile of the newest forest could not be predicted; null when none failed. Called with the lock. */
    String failure() {
        return failure;
    }

    /** Pages need every tile anew. Called with the lock. */
    void resend() {
        pages.forEach(PageConnection::resend);
    }

    /** Pages need every tile of an image anew. Called with the lock. */
    void resend(String image) {
        pages.forEach(page -> page.resend(image));
        retry();
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
    int[] progress(Stacks images, long model) {
        int done = 0;
        int total = 0;
        for (PageConnection page : pages) {
            Optional<ViewedPart> view = page.view();
            Optional<ImageSource> stack = view.filter(v -> images != null).flatMap(v -> images.stack(v.image()));
            if (stack.isPresent()) {
                for (ViewedPart.Tile tile : view.get().tiles(stack.get().shape())) {
                    total++;
                    done += page.has(tile, model) ? 1 : 0;
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
                underway.put(work.tile, work);
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            boolean told = false;
            try {
                predict(predictor, work);
            } catch (Throwable e) { // whatever it is, the other tiles can be predicted
                told = failed(work, e);
            }
            lock.lock();
            try {
                underway.remove(work.tile, work);
                changed.signalAll();
                told |= next() == null && underway.isEmpty();
            } finally {
                lock.unlock();
            }
            if (told) {
                listener.run();
            }
        }
    }

    private void predict(TilePredictor predictor, Work work) throws IOException {
        byte[] planes = predictor.predict(work.forest.classifier, work.stack, work.tile);
        int classes = work.forest.classifier.classes().size();
        for (PageConnection page : takers(work)) {
            page.send(TileMessage.of(work.tile, classes, work.forest.model, planes), this::signal);
        }
    }

    /** The pages that are sent a tile, if it is still right. A slow page is sent only what was predicted for it. */
    private List<PageConnection> takers(Work work) {
        int classes = work.forest.classifier.classes().size();
        lock.lock();
        try {
            boolean right = newest.get()
                    .filter(now -> now.classifier.classes().size() == classes && reads(now, work))
                    .isPresent();
            return pages.stream()
                    .filter(page -> right && page.open())
                    .filter(page -> page == work.page
                            || !page.busy()
                                    && page.view()
                                            .filter(v -> v.sees(work.tile))
                                            .isPresent())
                    .filter(page -> page.take(work.tile, work.forest.model, classes))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a forest is for the same images, and the one of the work is read from where it was. */
    private static boolean reads(Forest now, Work work) {
        return now.images == work.forest.images
                && now.images
                        .stack(work.tile.image())
                        .filter(s -> s == work.stack)
                        .isPresent();
    }

    /** Takes note, unless the forest or the image is another by now: then the tile is predicted anew by itself. */
    private boolean failed(Work work, Throwable e) {
        lock.lock();
        try {
            if (newest.get()
                    .filter(now -> now.model == work.forest.model && reads(now, work))
                    .isEmpty()) {
                return false;
            }
            failed.add(work.tile);
            failure = LiveUpdate.reason(e);
            exhausted |= e instanceof OutOfMemoryError;
        } finally {
            lock.unlock();
        }
        LOG.log(Level.WARNING, "prediction failed", e);
        return true;
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
        if (forest == null || exhausted) {
            return null;
        }
        for (PageConnection page : pages) {
            Optional<ViewedPart> view = page.view();
            if (view.isEmpty() || page.busy()) {
                continue;
            }
            Optional<ImageSource> stack = forest.images.stack(view.get().image());
            if (stack.isEmpty()) {
                continue;
            }
            for (ViewedPart.Tile tile : view.get().tiles(stack.get().shape())) {
                if (!page.has(tile, forest.model) && !underway.containsKey(tile) && !failed.contains(tile)) {
                    return new Work(page, tile, forest, stack.get());
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
