package org.pixelforest.label;

import java.util.Optional;

/**
 * Steps that were done and steps that were taken back, without a limit. Immutable: a new step drops what could have been
 * redone, and every method gives a new history that shares its past with the old one.
 *
 * @param <E> what a step holds, e.g. a {@link LabelChange} with the number of its image; it must say how to go both ways
 */
public final class UndoHistory<E> {

    /** Newest step first; null is the end. */
    private record Past<E>(E step, Past<E> older, int size) {}

    private final Past<E> done;
    private final Past<E> undone;

    private UndoHistory(Past<E> done, Past<E> undone) {
        this.done = done;
        this.undone = undone;
    }

    public static <E> UndoHistory<E> empty() {
        return new UndoHistory<>(null, null);
    }

    /** This history and one more step. */
    public UndoHistory<E> done(E step) {
        return new UndoHistory<>(push(step, done), null);
    }

    /** The step to take back next. */
    public Optional<E> toUndo() {
        return Optional.ofNullable(done).map(Past::step);
    }

    /** The step to do again next. */
    public Optional<E> toRedo() {
        return Optional.ofNullable(undone).map(Past::step);
    }

    /** The history once {@link #toUndo} is taken back; without such a step, itself. */
    public UndoHistory<E> undone() {
        return done == null ? this : new UndoHistory<>(done.older, push(done.step, undone));
    }

    /** The history once {@link #toRedo} is done again; without such a step, itself. */
    public UndoHistory<E> redone() {
        return undone == null ? this : new UndoHistory<>(push(undone.step, done), undone.older);
    }

    /** How many steps can be taken back. */
    public int size() {
        return done == null ? 0 : done.size;
    }

    private static <E> Past<E> push(E step, Past<E> older) {
        return new Past<>(step, older, older == null ? 1 : older.size + 1);
    }
}
