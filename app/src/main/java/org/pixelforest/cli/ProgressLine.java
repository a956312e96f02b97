package org.pixelforest.cli;

import java.util.Locale;
import org.pixelforest.batch.BatchListener;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.PlannedImage;

/** Shows how a batch goes on: a bar with the time left on a terminal; a line for each finished image everywhere. */
final class ProgressLine implements BatchListener {

    private static final int BAR = 24;
    private static final long REDRAW_NANOS = 100_000_000;

    private final Console console;
    private final long pixels;
    private final int images;
    private final long begun = System.nanoTime();
    private long done;
    private int finished;
    private long drawn;

    ProgressLine(Console console, int images, long pixels) {
        this.console = console;
        this.images = images;
        this.pixels = pixels;
    }

    @Override
    public void started(PlannedImage image) {
        draw(true);
    }

    @Override
    public void advanced(long more) {
        done += more;
        draw(false);
    }

    @Override
    public void finished(Outcome outcome) {
        finished++;
        clear();
        switch (outcome.status()) {
            case WRITTEN -> {
                console.out()
                        .println(outcome.image() + " -> " + outcome.output().orElseThrow() + " ("
                                + seconds(outcome.seconds()) + ")");
                outcome.notes().forEach(note -> console.err().println("note: " + note));
            }
            case KEPT ->
                console.out().println(outcome.image() + ": " + outcome.output().orElseThrow() + " is up to date");
            case FAILED -> console.err().println("error: " + outcome.message());
            case CANCELLED -> {
                // The summary says how many.
            }
        }
        draw(true);
    }

    /** Takes the bar away. */
    void clear() {
        console.rewrite("");
    }

    private void draw(boolean now) {
        long time = System.nanoTime();
        if (!console.isTerminal() || pixels == 0 || !now && time - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = time;
        double share = Math.min(1, (double) done / pixels);
        int full = (int) (share * BAR);
        double elapsed = (time - begun) / 1e9;
        String left = share > 0.02 && elapsed > 1 ? clock(elapsed / share - elapsed) + " left" : "";
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %d of %d images  %s",
                "#".repeat(full),
                "-".repeat(BAR - full),
                100 * share,
                Math.min(finished, images),
                images,
                left);
        console.rewrite(line);
    }

    /** {@code "0.31 s"}, {@code "12.4 s"}, {@code "3:07"}. */
    static String seconds(double seconds) {
        return seconds < 100 ? String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds) : clock(seconds);
    }

    private static String clock(double seconds) {
        long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
