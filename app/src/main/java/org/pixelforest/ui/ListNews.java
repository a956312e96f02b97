package org.pixelforest.ui;

import java.io.Closeable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells what changed of a long list: the records that changed, in one message, at most four times a second however often they do.
 * All messages come from one thread, so that none that is older overtakes a newer one.
 */
final class ListNews implements Closeable {

    private static final long MILLIS_BETWEEN = 250;

    /** Sends the messages. */
    interface Teller {
        /** The whole list is another. */
        void whole();

        /** Records with these ids changed, perhaps none, and what sums them up. */
        void changed(Set<String> ids);
    }

    private final Teller teller;
    private final ScheduledExecutorService clock;

    // Guarded by this.
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean whole;
    private boolean scheduled;
    private long last = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN);

    ListNews(String name, Teller teller) {
        this.teller = teller;
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    synchronized void whole() {
        whole = true;
        schedule();
    }

    synchronized void changed(String id) {
        changed.add(id);
        schedule();
    }

    private void schedule() {
        if (scheduled || clock.isShutdown()) {
            return;
        }
        scheduled = true;
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last);
        try {
            clock.schedule(this::tell, Math.max(0, MILLIS_BETWEEN - since), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // Nobody listens any more.
        }
    }

    private void tell() {
        boolean all;
        Set<String> ids;
        synchronized (this) {
            all = whole;
            ids = new LinkedHashSet<>(changed);
            whole = false;
            changed.clear();
            scheduled = false;
            last = System.nanoTime();
        }
        if (all) {
            teller.whole();
        } else {
            teller.changed(ids);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
