package org.pixelforest.forest;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Numbered tasks, taken in order by a few threads, the caller among them. */
final class ParallelTasks {

    private final int tasks;
    private final AtomicInteger next = new AtomicInteger();
    private Throwable failure; // the first one; guarded by this

    private ParallelTasks(int tasks) {
        this.tasks = tasks;
    }

    /**
     * Runs tasks 0 .. tasks - 1. Each thread asks once for what does the work, which may so keep scratch memory. The first exception of a task
     * ends all and is thrown here.
     *
     * @throws CancellationException if the calling thread is interrupted
     */
    static void run(String name, int threads, int tasks, Supplier<IntConsumer> workers) {
        ParallelTasks all = new ParallelTasks(tasks);
        Thread[] others = new Thread[Math.max(0, Math.min(threads, tasks) - 1)];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(() -> all.work(workers), name + "-" + (i + 1));
            others[i].setDaemon(true);
            others[i].start();
        }
        all.work(workers);
        boolean interrupted = Thread.interrupted();
        for (Thread other : others) {
            while (true) {
                try {
                    other.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    all.next.set(tasks);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        all.throwFailure(interrupted);
    }

    private void work(Supplier<IntConsumer> workers) {
        try {
            IntConsumer worker = workers.get();
            int task;
            while ((task = next.getAndIncrement()) < tasks) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted");
                }
                worker.accept(task);
            }
        } catch (RuntimeException | Error e) {
            next.set(tasks);
            synchronized (this) {
                failure = failure == null ? e : failure;
            }
        }
    }

    private synchronized void throwFailure(boolean interrupted) {
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        if (interrupted) {
            throw new CancellationException("interrupted");
        }
    }
}
