package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.ImageSource;

/**
 * Keeps what the pages see up to date: trains when labels or features change, then predicts the visible tiles, nearest to the
 * pointer first. One thread trains; as many as there are processors predict. A new stroke ends a training that has hardly begun, and
 * makes predictions of the old forest stop once they have had their share of time, so that neither painting nor seeing starves.
 */
final class LiveUpdate implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(LiveUpdate.class.getName());

    /** Predictions of a forest that is already outdated may go on this long before the next training. */
    private static final long SHARE_MILLIS = 250;

    /** Takes note of every new forest. */
    interface Listener {
        void trained(OpenProject project, Trainer.Result result, long model);
    }

    private final Workspace workspace;
    private final String program;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<PageConnection> pages = ConcurrentHashMap.newKeySet();
    private final Set<ViewedPart.Tile> underway = ConcurrentHashMap.newKeySet();

    // All of these are guarded by the lock.
    private OpenProject project;
    private Trainer trainer;
    private PixelClassifier classifier;
    private boolean live;
    private boolean once;
    private boolean training;
    private boolean closed;
    private long target; // counts changes that a forest should know
    private long model; // the change that the present forest knows
    private String failure;
    private String hint;
    private double seconds;
    private long trainedAt;
    private long lastTraining; // when, in milliseconds of the clock that only goes forward

    /** {@code program} stands in the card of every forest, e.g. {@code "PixelForest 0.1.0"}. */
    LiveUpdate(Workspace workspace, String program) {
        this.workspace = workspace;
        this.program = program;
        workspace.hub().part("training", this::json);
        workspace.join(this);
        start("train", this::train);
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            start("predict-" + i, this::predict);
        }
    }

    /** From now on {@code listener} hears of every new forest, in the order of these calls. */
    void listen(Listener listener) {
        listeners.add(listener);
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void opened(Optional<OpenProject> opened) {
        locked(() -> {
            project = opened.orElse(null);
            trainer = opened.map(Trainer::new).orElse(null);
            classifier = opened.flatMap(p -> p.project().classifier()).orElse(null);
            live = false;
            once = false;
            model = classifier == null ? 0 : ++target;
            failure = null;
            hint = null;
            underway.clear();
        });
    }

    /** Labels, features or channels changed: the forest is outdated. */
    void outdated() {
        locked(() -> {
            target++;
            failure = null;
            hint = null;
        });
        workspace.hub().changed("training");
    }

    void live(boolean on) {
        locked(() -> live = on);
        workspace.hub().changed("training");
    }

    /** Trains and predicts once. */
    void once() {
        locked(() -> once = true);
        workspace.hub().changed("training");
    }

    boolean isLive() {
        lock.lock();
        try {
            return live;
        } finally {
            lock.unlock();
        }
    }

    void connected(PageConnection page) {
        pages.add(page);
    }

    void disconnected(PageConnection page) {
        pages.remove(page);
    }

    /** A page looks elsewhere. */
    void viewed(PageConnection page, ViewedPart view) {
        page.view(view);
        locked(() -> {});
    }

    /** The newest forest with what it needs, if there is one. */
    Optional<PixelClassifier> classifier() {
        lock.lock();
        try {
            return Optional.ofNullable(classifier);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits to be trained or predicted, and the last change is {@code millis} ago. */
    boolean rested(long millis) {
        lock.lock();
        try {
            return !training
                    && (model == target || !live)
                    && TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - lastTraining >= millis
                    && next() == null;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the newest forest; grows with every training. */
    long model() {
        lock.lock();
        try {
            return model;
        } finally {
            lock.unlock();
        }
    }

    /** The number that a forest with every change so far will have. */
    long target() {
        lock.lock();
        try {
            return target;
        } finally {
            lock.unlock();
        }
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

    // ------------------------------------------------------------------------------------------------ training

    private void train() {
        while (true) {
            OpenProject on;
            Trainer with;
            long goal;
            lock.lock();
            try {
                while (!closed && !due()) {
                    // NB: with a bound, so that the share of time of predictions is looked at again.
                    changed.await(50, TimeUnit.MILLISECONDS);
                }
                if (closed) {
                    return;
                }
                on = project;
                with = trainer;
                goal = target;
                once = false;
                training = true;
                failure = null;
                hint = null;
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            workspace.hub().changed("training");
            train(on, with, goal);
            workspace.hub().changed("training", "classes", "channels");
        }
    }

    private boolean due() {
        if (project == null || !(once || live && model < target && failure == null && hint == null)) {
            return false;
        }
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - lastTraining;
        return once || since > SHARE_MILLIS || next() == null;
    }

    private void train(OpenProject on, Trainer with, long goal) {
        long start = System.nanoTime();
        try {
            Trainer.Result result = with.train((done, total) -> proceed(on, goal, done, total));
            on.update(p -> p.withForest(result.trained().forest()));
            PixelClassifier newest = on.project().classifier().orElseThrow();
            ModelCard card = ModelCard.of(
                    program,
                    newest,
                    trainedLabels(on, goal),
                    Optional.of(result.options().seed()),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            on.update(p -> p.withAdditions(p.additions().withModelCard(Optional.of(card))));
            locked(() -> {
                training = false;
                if (project == on) {
                    classifier = newest;
                    model = goal;
                    seconds = (System.nanoTime() - start) / 1e9;
                    trainedAt = System.currentTimeMillis();
                    lastTraining = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                }
            });
            listeners.forEach(listener -> listener.trained(on, result, goal));
        } catch (CancellationException newer) {
            locked(() -> training = false);
        } catch (Trainer.NotYet notYet) {
            locked(() -> {
                training = false;
                hint = notYet.hint();
            });
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "training failed", e);
            locked(() -> {
                training = false;
                failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            });
        }
    }

    /** What the labels of a training hash to; not known when they changed meanwhile. */
    private Optional<String> trainedLabels(OpenProject on, long goal) {
        String now = on.project().labelsSha256();
        lock.lock();
        try {
            return target == goal ? Optional.of(now) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean proceed(OpenProject on, long goal, int done, int total) {
        lock.lock();
        try {
            return !closed && project == on && (goal == target || 2 * done > total || !live);
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------------------------------------ prediction

    /** A tile that a page lacks. */
    private record Work(
            PageConnection page, ViewedPart.Tile tile, PixelClassifier classifier, long model, OpenProject project) {}

    private void predict() {
        TilePredictor predictor = new TilePredictor();
        while (true) {
            Work work;
            lock.lock();
            try {
                while (!closed && (work = next()) == null) {
                    changed.await(1, TimeUnit.SECONDS);
                }
                if (closed) {
                    return;
                }
                work = Objects.requireNonNull(next());
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
                workspace.hub().changed("training");
            }
        }
    }

    private void predict(TilePredictor predictor, Work work) {
        try {
            ImageSource stack = work.project.image(work.tile.image()).stack();
            byte[] planes = predictor.predict(work.classifier, stack, work.tile);
            int classes = work.classifier.classes().size();
            for (PageConnection page : pages) {
                boolean sees = page == work.page
                        || page.view()
                                .filter(v -> v.image().equals(work.tile.image()))
                                .isPresent();
                if (sees && page.open()) {
                    page.send(
                            work.tile,
                            work.model,
                            TileMessage.of(work.tile, classes, work.model, planes),
                            () -> locked(() -> {}));
                }
            }
        } catch (Problem gone) {
            work.page.view(null);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "prediction failed", e);
            work.page.view(null);
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            locked(() -> failure = reason);
            workspace.hub().changed("training");
        }
    }

    /** The next tile of any page that is not there yet; null when there is nothing to do. Called with the lock. */
    private Work next() {
        if (classifier == null || project == null) {
            return null;
        }
        for (PageConnection page : pages) {
            Optional<ViewedPart> view = page.view();
            if (view.isEmpty() || page.busy()) {
                continue;
            }
            PageImage image;
            try {
                image = project.image(view.get().image());
            } catch (Problem gone) {
                continue;
            }
            if (!image.readable()) {
                continue;
            }
            for (ViewedPart.Tile tile : view.get().tiles(image.shape())) {
                if (!page.has(tile, model) && !underway.contains(tile)) {
                    return new Work(page, tile, classifier, model, project);
                }
            }
        }
        return null;
    }

    // ------------------------------------------------------------------------------------------------ state

    private Map<String, Object> json() {
        lock.lock();
        try {
            int[] tiles = progress();
            boolean pending = training || once || live && model < target && hint == null && failure == null;
            String state = failure != null
                    ? "failed"
                    : pending || classifier != null && tiles[0] < tiles[1] && (live || model == target)
                            ? "updating"
                            : classifier == null
                                    ? "none"
                                    : live && model == target
                                            ? "current"
                                            : model == target && model > 0 && !live
                                                    ? "off"
                                                    : hint != null ? "none" : "off";
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("live", live);
            json.put("state", state);
            json.put("reason", failure);
            json.put("hint", hint);
            json.put("model", model);
            json.put("target", classifier == null && !pending ? model : target);
            json.put("seconds", seconds);
            json.put("done", tiles[0]);
            json.put("total", tiles[1]);
            json.put(
                    "fingerprint",
                    classifier == null ? null : classifier.forest().sha256());
            json.put("trainedAt", trainedAt);
            return json;
        } finally {
            lock.unlock();
        }
    }

    private int[] progress() {
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

    @Override
    public void close() {
        locked(() -> closed = true);
        threads.forEach(Thread::interrupt);
    }
}
