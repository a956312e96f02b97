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
import org.pixelforest.forest.RandomForest;
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

    /** Threads that train or predict while somebody paints: one processor is left to the browser, which often is on this machine. */
    static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    /** A training: of what, the change and the numbering that its forest will know, and whether it was asked for. */
    private record Run(OpenProject on, Trainer with, long goal, long numbers, boolean once) {}

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
    private final VisibleTiles tiles;

    // All of these are guarded by the lock.
    private OpenProject project;
    private Trainer trainer;
    private PixelClassifier classifier;
    private boolean live;
    private boolean once;
    private boolean training;
    private boolean cancelled; // the training that runs
    private boolean closed;
    private long target; // counts changes that a forest should know
    private long model; // the change that the present forest knows
    private long numbering; // counts changes of the classes' numbers
    private String failure; // of the last training
    private String hint;
    private double seconds;
    private long trainedAt;
    private long lastTraining; // when, in milliseconds of the clock that only goes forward

    /** {@code program} stands in the card of every forest, e.g. {@code "PixelForest 0.1.0"}. */
    LiveUpdate(Workspace workspace, String program) {
        this.workspace = workspace;
        this.program = program;
        tiles = new VisibleTiles(
                lock, changed, this::newest, () -> workspace.hub().changed("training"));
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
        Optional<PixelClassifier> stored = opened.flatMap(LiveUpdate::stored);
        boolean outdated =
                opened.filter(p -> stored.isEmpty() || unsavedMaterial(p)).isPresent();
        locked(() -> {
            project = opened.orElse(null);
            trainer = opened.map(p -> new Trainer(p, THREADS)).orElse(null);
            classifier = stored.orElse(null);
            live = false;
            once = false;
            model = classifier == null ? 0 : ++target;
            if (outdated) {
                target++; // no forest knows what only the journal has, or what was saved without one
            }
            failure = null;
            hint = null;
            tiles.forget();
        });
    }

    /** Whether the journal has what a forest is made of, and not only a view or how to export. */
    private static boolean unsavedMaterial(OpenProject project) {
        OpenProject.State state = project.state();
        return state.unsaved()
                && (!project.project().labelsSha256().equals(state.project().labelsSha256())
                        || !state.project()
                                .file()
                                .map(f -> f.content().additions().unusedChannels())
                                .equals(Optional.of(state.project().additions().unusedChannels())));
    }

    private static Optional<PixelClassifier> stored(OpenProject project) {
        try {
            Optional<PixelClassifier> classifier = project.project().classifier();
            classifier.ifPresent(c -> c.forest().sha256()); // it takes a while: not when pages wait for it
            return classifier;
        } catch (IllegalArgumentException misfit) {
            LOG.warning(() -> Server.printable(project.file() + ": its forest is left out: " + misfit.getMessage()));
            return Optional.empty();
        }
    }

    /** Classes have other numbers: the forest, and one that is being trained, would mean others by theirs. */
    void renumbered(OpenProject of) {
        locked(of, () -> {
            numbering++;
            classifier = null;
            model = 0;
            of.update(state -> true, Project::withoutForest);
            tiles.retry();
        });
    }

    /**
     * The list of classes is another; the numbers of the present ones are the same, and so is the forest.
     *
     * @param longer whether it has more of them, or only other names and colours
     */
    void relisted(OpenProject of, boolean longer) {
        if (longer) {
            // NB: first, for a page passes over tiles of more classes than it knows of.
            workspace.hub().flush();
        }
        locked(of, () -> {
            if (classifier != null) {
                classifier = relisted(classifier, of);
                if (longer) {
                    tiles.resend();
                }
            }
        });
    }

    private static PixelClassifier relisted(PixelClassifier c, OpenProject of) {
        return new PixelClassifier(
                of.state().content().classes(), c.features(), c.forest(), c.channelNames(), c.channels());
    }

    /** Labels, features or channels changed: the forest is outdated. */
    void outdated(OpenProject of) {
        locked(of, () -> {
            target++;
            failure = null;
            hint = null;
        });
        workspace.hub().changed("training");
    }

    /** An image is read from another file, or in another way: what was predicted of it is wrong, too. */
    void replaced(OpenProject of, String image) {
        locked(of, () -> tiles.resend(image));
        outdated(of);
    }

    void live(boolean on) {
        locked(() -> {
            live = on;
            if (on) {
                tiles.retry();
            }
        });
        workspace.hub().changed("training");
    }

    /** Trains and predicts once. */
    void once() {
        locked(() -> {
            once = true;
            tiles.retry();
        });
        workspace.hub().changed("training");
    }

    /** Nothing is trained any more, also not what was begun, until somebody asks for it. The forest is the one before. */
    void cancel() {
        locked(() -> {
            live = false;
            once = false;
            cancelled = training;
        });
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

    @Override
    public Optional<PixelClassifier> classifier(OpenProject of) {
        lock.lock();
        try {
            return of == project ? Optional.ofNullable(classifier) : Optional.empty();
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

    /** Does nothing when another project is open by now. */
    private void locked(OpenProject of, Runnable change) {
        locked(() -> {
            if (project == of) {
                change.run();
            }
        });
    }

    private void train() {
        while (true) {
            Run run;
            lock.lock();
            try {
                while (!closed && !due()) {
                    // NB: with a bound, so that the share of time of predictions is looked at again.
                    changed.await(50, TimeUnit.MILLISECONDS);
                }
                if (closed) {
                    return;
                }
                run = new Run(project, trainer, target, numbering, once);
                once = false;
                training = true;
                cancelled = false;
                failure = null;
                hint = null;
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            workspace.hub().changed("training");
            train(run);
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

    private void train(Run run) {
        long start = System.nanoTime();
        try {
            Trainer.Result result = run.with.train((done, total) -> proceed(run, done, total));
            RandomForest forest = result.trained().forest();
            store(run, result);
            boolean[] wanted = new boolean[1];
            locked(() -> {
                training = false;
                wanted[0] = proceed(run, 1, 1) && holds(run.on.state(), forest);
                if (wanted[0]) {
                    classifier = relisted(run.on.project().classifier().orElseThrow(), run.on);
                    model = run.goal;
                    seconds = (System.nanoTime() - start) / 1e9;
                    trainedAt = System.currentTimeMillis();
                    lastTraining = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                    tiles.retry();
                } else {
                    run.on.update(state -> holds(state, forest), Project::withoutForest);
                    again(run);
                }
            });
            if (wanted[0]) {
                listeners.forEach(listener -> listener.trained(run.on, result, run.goal));
            }
        } catch (CancellationException newer) {
            locked(() -> {
                training = false;
                again(run);
            });
        } catch (Trainer.NotYet notYet) {
            ended(run, () -> hint = notYet.hint());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "training failed", e);
            ended(run, () -> failure = reason(e));
        }
    }

    /**
     * Puts a forest and its card into the project.
     *
     * @throws CancellationException when the project has other features or classes by now: the forest would mean others by its columns
     */
    private void store(Run run, Trainer.Result result) {
        RandomForest forest = result.trained().forest();
        Trainer.Material of = result.material();
        if (!proceed(run, 1, 1)
                || !run.on.update(
                        of::fits, p -> p.withFeatures(of.set().features()).withForest(forest))) {
            throw new CancellationException();
        }
        PixelClassifier newest = run.on.project().classifier().orElseThrow(CancellationException::new);
        ModelCard card = ModelCard.of(
                program,
                newest,
                trainedLabels(run.on, run.goal),
                Optional.of(of.options().seed()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.on.update(
                state -> holds(state, forest),
                p -> p.withAdditions(p.additions().withModelCard(Optional.of(card))));
    }

    private static boolean holds(OpenProject.State state, RandomForest forest) {
        return state.project()
                .forest()
                .filter(f -> f.sha256().equals(forest.sha256()))
                .isPresent();
    }

    /** A training brought no forest: {@code why} is told, unless what it was of has changed since. */
    private void ended(Run run, Runnable why) {
        locked(() -> {
            training = false;
            if (project == run.on && target == run.goal && numbering == run.numbers) {
                why.run();
            } else {
                again(run);
            }
        });
    }

    /** What was asked for once is still to be done; Live Update goes on by itself. Called with the lock. */
    private void again(Run run) {
        once |= run.once && !live && !cancelled && project == run.on;
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

    private boolean proceed(Run run, int done, int total) {
        lock.lock();
        try {
            return !closed
                    && !(cancelled && done < total)
                    && project == run.on
                    && numbering == run.numbers
                    && (run.goal == target || 2 * done > total || !live);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> json() {
        lock.lock();
        try {
            int[] progress = tiles.progress(project, model);
            boolean newer = training || once || live && model < target && hint == null;
            return new TrainingState(
                            live,
                            training || once,
                            model,
                            target,
                            failure != null || newer ? failure : tiles.failure(),
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
