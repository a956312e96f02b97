package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is computed of a forest while nobody waits, be it trained just now or stored in a project that was opened: one thread of the
 * lowest priority that begins when painting and predictions have rested, stands aside whenever a page waits for something, and gives
 * up when newer labels arrive.
 */
final class QuietWork implements LiveUpdate.Listener, Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(QuietWork.class.getName());
    private static final long REST_MILLIS = 600;
    private static final long LOOK_MILLIS = 25;

    /** What can be computed of a forest. */
    interface Task {

        /**
         * Computes and publishes.
         *
         * @param proceed waits while pages wait; false when the answer is no longer wanted
         * @throws CancellationException when it gave up
         */
        void compute(Newest newest, BooleanSupplier proceed) throws IOException;
    }

    /**
     * A forest and its number.
     *
     * @param result what it was trained on; empty for one that was stored in the project
     * @param target of the time: once it has grown there are newer labels
     */
    record Newest(OpenProject project, Optional<Trainer.Result> result, long model, long target) {}

    private final Foreground foreground;
    private final CopyOnWriteArrayList<Task> tasks = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "quiet-work");
    private Newest newest; // guarded by this
    private boolean closed;

    QuietWork(Foreground foreground) {
        this.foreground = foreground;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Tasks run in the order they were added. */
    void add(Task task) {
        tasks.add(task);
    }

    @Override
    public synchronized void trained(OpenProject project, Trainer.Result result, long model) {
        newest = new Newest(project, Optional.of(result), model, model);
        notifyAll();
    }

    @Override
    public synchronized void opened(Optional<OpenProject> project) {
        newest = project.filter(p -> foreground.classifier(p).isPresent())
                .map(p -> new Newest(p, Optional.empty(), foreground.model(), foreground.target()))
                .orElse(null);
        notifyAll();
    }

    private void run() {
        Newest done = null;
        while (true) {
            Newest next;
            try {
                synchronized (this) {
                    while (!closed && (newest == null || newest == done)) {
                        wait();
                    }
                    next = newest;
                }
                if (closed) {
                    return;
                }
                if (!foreground.rested(REST_MILLIS)) {
                    Thread.sleep(LOOK_MILLIS);
                    continue;
                }
            } catch (InterruptedException e) {
                return;
            }
            done = next;
            if (foreground.target() == next.target) {
                compute(next);
            }
        }
    }

    private void compute(Newest next) {
        for (Task task : tasks) {
            try {
                task.compute(next, () -> proceed(next));
            } catch (CancellationException outdated) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                if (!wanted(next)) {
                    return; // the files of a closed project
                }
                LOG.log(Level.WARNING, "quality or places failed", e);
            }
        }
    }

    private boolean proceed(Newest of) {
        while (wanted(of)) {
            if (foreground.rested(0)) {
                return true;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private synchronized boolean wanted(Newest of) {
        return !closed && newest == of && foreground.target() == of.target;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
