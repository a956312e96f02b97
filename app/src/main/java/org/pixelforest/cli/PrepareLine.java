package org.pixelforest.cli;

import java.util.Locale;
import java.util.function.LongConsumer;

/** On a terminal, how far the preparation of a file is. Called from several threads. */
final class PrepareLine implements LongConsumer {

    private final Console console;
    private final String begin;
    private long total = 1;
    private long done;
    private int shown = -1;

    PrepareLine(Console console, int number, int count, String name) {
        this.console = console;
        this.begin = number + " of " + count + "  " + name + "  ";
    }

    /** Pixels that are finished; the first number is their total, negative. */
    @Override
    public synchronized void accept(long pixels) {
        if (pixels < 0) {
            total = -pixels;
        } else {
            done += pixels;
        }
        int percent = (int) (100 * done / total);
        if (console.isTerminal() && percent > shown) {
            shown = percent;
            String line = begin + String.format(Locale.ROOT, "%d %%", percent);
            console.rewrite(line);
        }
    }

    void clear() {
        console.rewrite("");
    }
}
