package org.pixelforest.cli;

import java.util.Locale;
import org.pixelforest.forest.Progress;

/** Shows on a terminal how far one of several steps has come. */
final class StepProgress {

    private static final long REDRAW_NANOS = 100_000_000;

    private final Console console;
    private long drawn;

    StepProgress(Console console) {
        this.console = console;
    }

    /** The progress of a step, e.g. {@code "training"}. */
    Progress of(String step) {
        return (done, total) -> {
            long now = System.nanoTime();
            if (console.isTerminal() && (drawn == 0 || now - drawn > REDRAW_NANOS)) {
                drawn = now;
                String line = String.format(Locale.ROOT, "%s %3.0f %%", step, 100.0 * done / Math.max(1, total));
                console.rewrite(line);
            }
            return true;
        };
    }

    /** Takes the line away. */
    void clear() {
        console.rewrite("");
    }
}
