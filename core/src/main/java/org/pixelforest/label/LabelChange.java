package org.pixelforest.label;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.Shape;

/**
 * The difference between two states of an image's labels, in both directions: what undo keeps. Stored as runs of pixels with
 * the same class before and the same class after, so that a stroke costs some hundred bytes.
 */
public final class LabelChange {

    private static final int RUN_BYTES = 14;

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

    /** The change as bytes, 14 a run: tile number, first pixel, length (big-endian), class before, class after. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(RUN_BYTES * runs.size());
        for (Run run : runs) {
            bytes.putLong(run.key)
                    .putShort(run.first)
                    .putShort(run.length)
                    .put(run.before)
                    .put(run.after);
        }
        return bytes.array();
    }

    /**
     * The change that {@link #toBytes} wrote, for labels of an image of this shape.
     *
     * @throws IllegalArgumentException when the bytes do not describe a change of such labels
     */
    public static LabelChange ofBytes(byte[] bytes, Shape shape) {
        if (bytes.length % RUN_BYTES != 0) {
            throw new IllegalArgumentException(
                    "a change of labels has a multiple of 14 bytes (got: " + bytes.length + ")");
        }
        TileGrid grid = new TileGrid(shape);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Run> runs = new ArrayList<>();
        while (in.hasRemaining()) {
            Run run = new Run(in.getLong(), in.getShort(), in.getShort(), in.get(), in.get());
            if (run.key < 0
                    || run.key >= grid.tiles()
                    || run.first < 0
                    || run.length < 1
                    || run.first + run.length > Labels.TILE * Labels.TILE
                    || run.before < 0
                    || run.before > Labels.MAX_CLASSES
                    || run.after < 0
                    || run.after > Labels.MAX_CLASSES) {
                throw new IllegalArgumentException("a run of labels lies outside the image or has no class: " + run);
            }
            runs.add(run);
        }
        return new LabelChange(runs);
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
