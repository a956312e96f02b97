package org.pixelforest.forest;

/** Hears how far a training has come and may end it. Called from several threads, but never from two at a time. */
@FunctionalInterface
public interface Progress {

    /** Neither listens nor cancels. */
    Progress NONE = (done, total) -> true;

    /** Called between trees; {@code false} cancels: the training ends with a {@link java.util.concurrent.CancellationException}. */
    boolean proceed(int done, int total);
}
