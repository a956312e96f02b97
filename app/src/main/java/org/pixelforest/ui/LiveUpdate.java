package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.project.Project;

/**
 * Keeps what the pages see up to date: one thread trains when labels or features change, {@link VisibleTiles} predict what is seen. A
 * new stroke ends a training that has hardly begun, and makes predictions of the old forest stop once they have had their share of
 * time, so that neither painting nor seeing starves.
 */
final class LiveUpdate implements Workspace.Member, Foreground, Closeable {

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
    private final Thread thread = new Thread(this::train, "train");
    private final VisibleTiles tiles = new VisibleTiles(lock, changed, this::newest, new VisibleTiles.Listener() {
        @Override
        public void failed(String reason) {
            locked(() -> failure = reason);
            complete();
        }

        @Override
        public void complete() {
            workspace.hub().changed("training");
        }
    });

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
    private long numbering; // counts changes of the classes' numbers
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
        thread.setDaemon(true);
        thread.start();
        tiles.start();
    }

    /** From now on {@code listener} hears of every new forest, in the order of these calls. */
    void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void opened(Optional<OpenProject> opened) {
        locked(() -> {
            project = opened.orElse(null);
            trainer = opened.map(p -> new Trainer(p, Runtime.getRuntime().availableProcessors()))
                    .orElse(null);
            classifier = opened.flatMap(LiveUpdate::stored).orElse(null);
            live = false;
            once = false;
            model = classifier == null ? 0 : ++target;
            if (opened.filter(p -> classifier == null || p.state().unsaved()).isPresent()) {
                target++; // no forest knows what only the journal has, or what was saved without one
            }
            failure = null;
            hint = null;
            tiles.forget();
        });
    }

    private static Optional<PixelClassifier> stored(OpenProject project) {
        try {
            return project.project().classifier();
        } catch (IllegalArgumentException misfit) {
            LOG.warning(() -> Server.printable(project.file() + ": its forest is left out: " + misfit.getMessage()));
            return Optional.empty();
        }
    }

    /** Classes have other numbers: the forest, and one that is being trained, would mean others by theirs. */
    void renumbered() {
        locked(() -> {
            numbering++;
            classifier = null;
            model = 0;
            if (project != null) {
                project.update(Project::withoutForest);
            }
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
        tiles.connected(page);
    }

    void disconnected(PageConnection page) {
        tiles.disconnected(page);
    }

    /** A page looks elsewhere. */
    void viewed(PageConnection page, ViewedPart view) {
        page.view(view);
        locked(() -> {});
    }

    /** The newest forest with what it needs, if there is one. */
    @Override
    public Optional<PixelClassifier> classifier() {
        lock.lock();
        try {
            return Optional.ofNullable(classifier);
        } finally {
            lock.unlock();
        }
    }

    /** The same with its number and project. Called with the lock. */
    private Optional<VisibleTiles.Forest> newest() {
        return classifier == null || project == null
                ? Optional.empty()
                : Optional.of(new VisibleTiles.Forest(project, classifier, model));
    }

    /** Whether nothing waits to be trained or predicted, no hand is at work, and the last change is {@code millis} ago. */
    @Override
    public boolean rested(long millis) {
        lock.lock();
        try {
            return !training
                    && (model == target || !live)
                    && TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - lastTraining >= millis
                    && !tiles.handled()
                    && tiles.complete();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the newest forest; grows with every training. */
    @Override
    public long model() {
        lock.lock();
        try {
            return model;
        } finally {
            lock.unlock();
        }
    }

    /** The number that a forest with every change so far will have. */
    @Override
    public long target() {
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

    private void train() {
        while (true) {
            OpenProject on;
            Trainer with;
            long goal;
            long numbers;
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
                numbers = numbering;
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
            train(on, with, goal, numbers);
            workspace.hub().changed("training", "classes", "channels");
        }
    }

    private boolean due() {
        if (project == null || !(once || live && model < target && failure == null && hint == null)) {
            return false;
        }
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - lastTraining;
        return once || since > SHARE_MILLIS || tiles.complete();
    }

    private void train(OpenProject on, Trainer with, long goal, long numbers) {
        long start = System.nanoTime();
        try {
            Trainer.Result result = with.train((done, total) -> proceed(on, goal, numbers, done, total));
            if (!proceed(on, goal, numbers, 1, 1)) {
                throw new CancellationException();
            }
            on.update(p -> p.withForest(result.trained().forest()));
            PixelClassifier newest = on.project().classifier().orElseThrow();
            ModelCard card = ModelCard.of(
                    program,
                    newest,
                    trainedLabels(on, goal),
                    Optional.of(result.options().seed()),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            on.update(p -> p.withAdditions(p.additions().withModelCard(Optional.of(card))));
            boolean[] wanted = new boolean[1];
            locked(() -> {
                training = false;
                wanted[0] = project == on && numbering == numbers;
                if (!wanted[0]) {
                    on.update(Project::withoutForest);
                }
                if (wanted[0]) {
                    classifier = newest;
                    model = goal;
                    seconds = (System.nanoTime() - start) / 1e9;
                    trainedAt = System.currentTimeMillis();
                    lastTraining = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                }
            });
            if (wanted[0]) {
                listeners.forEach(listener -> listener.trained(on, result, goal));
            }
        } catch (CancellationException newer) {
            locked(() -> training = false);
        } catch (Trainer.NotYet notYet) {
            locked(() -> {
                training = false;
                hint = notYet.hint();
            });
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "training failed", e);
            locked(() -> {
                training = false;
                failure = reason(e);
            });
        }
    }

    /** Why something failed, in words. */
    static String reason(Throwable e) {
        return e instanceof OutOfMemoryError
                ? "not enough memory; start the program with more, or choose fewer features"
                : e instanceof Problem ? e.getMessage() : FileFault.message(e);
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

    private boolean proceed(OpenProject on, long goal, long numbers, int done, int total) {
        lock.lock();
        try {
            return !closed && project == on && numbering == numbers && (goal == target || 2 * done > total || !live);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> json() {
        lock.lock();
        try {
            int[] progress = tiles.progress(project, model);
            return new TrainingState(
                            live,
                            training || once,
                            model,
                            target,
                            failure,
                            hint,
                            seconds,
                            trainedAt,
                            Optional.ofNullable(classifier),
                            progress[0],
                            progress[1])
                    .json();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            tiles.end();
        });
        thread.interrupt();
    }
}
