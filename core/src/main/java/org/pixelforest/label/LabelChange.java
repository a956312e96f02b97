package org.pixelforest.label;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference between two states of an image's labels, in both directions: what undo keeps. Stored as runs of pixels with
 * the same class before and the same class after, so that a stroke costs some hundred bytes.
 */
public final class LabelChange {

    /** Pixels that follow one another in a tile, row by row. */
    private record Run(long key, short first, short length, byte before, byte after) {}

    private final List<Run> runs;

    private LabelChange(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    static LabelChange between(Labels before, Labels after) {
        if (!before.shape().equals(after.shape())) {
            throw new IllegalArgumentException(
                    "labels of an image of " + after.shape() + " do not follow those of one of " + before.shape());
        }
        List<Run> runs = new ArrayList<>();
        long[] a = before.keys();
        long[] b = after.keys();
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            long key = j == b.length || i < a.length && a[i] <= b[j] ? a[i] : b[j];
            byte[] old = i < a.length && a[i] == key ? before.tiles()[i++] : null;
            byte[] now = j < b.length && b[j] == key ? after.tiles()[j++] : null;
            if (old != now) {
                addRuns(key, old, now, runs);
            }
        }
        return new LabelChange(runs);
    }

    private static void addRuns(long key, byte[] old, byte[] now, List<Run> runs) {
        int pixels = Labels.TILE * Labels.TILE;
        for (int p = 0; p < pixels; ) {
            byte before = at(old, p);
            byte after = at(now, p);
            int first = p;
            do {
                p++;
            } while (p < pixels && at(old, p) == before && at(now, p) == after);
            if (before != after) {
                runs.add(new Run(key, (short) first, (short) (p - first), before, after));
            }
        }
    }

    private static byte at(byte[] tile, int p) {
        return tile == null ? 0 : tile[p];
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** How many pixels change. */
    public long pixels() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    /** The way back. */
    public LabelChange inverse() {
        return new LabelChange(runs.stream()
                .map(r -> new Run(r.key, r.first, r.length, r.after, r.before))
                .toList());
    }

    @FunctionalInterface
    interface PixelChange {
        void accept(long key, int position, byte before, byte after);
    }

    void forEach(PixelChange consumer) {
        for (Run run : runs) {
            for (int p = run.first; p < run.first + run.length; p++) {
                consumer.accept(run.key, p, run.before, run.after);
            }
        }
    }
}
