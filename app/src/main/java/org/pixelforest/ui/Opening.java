package org.pixelforest.ui;

import java.util.concurrent.atomic.AtomicReference;

/** How far the opening of a folder, project or demo has come; one at a time. Nothing else waits for it. */
final class Opening {

    /** The part of the state. */
    record Stage(String what, int done, int total) {}

    private final Hub hub;
    private final AtomicReference<Stage> stage = new AtomicReference<>();

    Opening(Hub hub) {
        this.hub = hub;
        hub.part("opening", stage::get);
    }

    /** @throws Problem 409 while something else is being opened */
    void begin(String what) {
        if (!stage.compareAndSet(null, new Stage(what, 0, 0))) {
            throw Problem.conflict("Still opening", stage.get().what() + " is not finished yet.", "Wait a moment.");
        }
        hub.changed("opening");
    }

    /** A new stage, of so many steps. */
    void stage(String what, int total) {
        stage.set(new Stage(what, 0, total));
        hub.changed("opening");
    }

    void step() {
        stage.updateAndGet(s -> s == null ? null : new Stage(s.what, s.done + 1, Math.max(s.total, s.done + 1)));
        hub.changed("opening");
    }

    void end() {
        stage.set(null);
        hub.changed("opening");
    }
}
