package org.pixelforest.label;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pixelforest.image.Shape;

/**
 * The difference between two states of an image's labels, in both directions: what undo keeps. Stored as runs of pixels with
 * the same class before and the same class after, so that a stroke costs some hundred bytes.
 */
public final class LabelChange {

    private static final int RUN_BYTES = 14;

    /** Pixels that follow one another in a tile, row by row. */
    private record Run(long key, short first, short length, byte before, byte after) {}

    @FunctionalInterface
    private interface RunConsumer {
        void accept(Run run);
    }

    /** As {@link #toBytes} gives them. */
    private final byte[] runs;

    private LabelChange(byte[] runs) {
        this.runs = runs;
    }

    /** Gathers runs. */
    private static final class Runs {

        private ByteBuffer bytes = ByteBuffer.allocate(16 * RUN_BYTES);

        void add(long key, int first, int length, byte before, byte after) {
            if (bytes.remaining() < RUN_BYTES) {
                bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
            }
            bytes.putLong(key)
                    .putShort((short) first)
                    .putShort((short) length)
                    .put(before)
                    .put(after);
        }

        LabelChange change() {
            return new LabelChange(Arrays.copyOf(bytes.array(), bytes.position()));
        }
    }

    static LabelChange between(Labels before, Labels after) {
        if (!before.shape().equals(after.shape())) {
            throw new IllegalArgumentException(
                    "labels of an image of " + after.shape() + " do not follow those of one of " + before.shape());
        }
        Runs runs = new Runs();
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
        return runs.change();
    }

    private static void addRuns(long key, byte[] old, byte[] now, Runs runs) {
        int pixels = Labels.TILE * Labels.TILE;
        for (int p = 0; p < pixels; ) {
            byte before = at(old, p);
            byte after = at(now, p);
            int first = p;
            do {
                p++;
            } while (p < pixels && at(old, p) == before && at(now, p) == after);
            if (before != after) {
                runs.add(key, first, p - first, before, after);
            }
        }
    }

    private static byte at(byte[] tile, int p) {
        return tile == null ? 0 : tile[p];
    }

    private static void forEachRun(byte[] runs, RunConsumer consumer) {
        ByteBuffer in = ByteBuffer.wrap(runs);
        while (in.hasRemaining()) {
            consumer.accept(new Run(in.getLong(), in.getShort(), in.getShort(), in.get(), in.get()));
        }
    }

    public boolean isEmpty() {
        return runs.length == 0;
    }

    /** How many pixels change. */
    public long pixels() {
        long[] pixels = new long[1];
        forEachRun(runs, run -> pixels[0] += run.length);
        return pixels[0];
    }

    /** The way back. */
    public LabelChange inverse() {
        Runs back = new Runs();
        forEachRun(runs, run -> back.add(run.key, run.first, run.length, run.after, run.before));
        return back.change();
    }

    /**
     * The same change with other numbers: a class {@code k} before is {@code before[k]}, a class {@code k} after is {@code after[k]},
     * both arrays up to {@value Labels#MAX_CLASSES}. Pixels that do not change by these numbers are left out.
     */
    public LabelChange mapped(int[] before, int[] after) {
        Runs mapped = new Runs();
        forEachRun(runs, run -> {
            if (before[run.before] != after[run.after]) {
                mapped.add(run.key, run.first, run.length, (byte) before[run.before], (byte) after[run.after]);
            }
        });
        return mapped.change();
    }

    /** Whether some pixels have this class after. */
    public boolean paints(int cls) {
        boolean[] found = new boolean[1];
        forEachRun(runs, run -> found[0] |= run.after == cls);
        return found[0];
    }

    /** The class that pixels of a class get, the first that is found; 0 when they get none. */
    public int target(int cls) {
        int[] target = new int[1];
        forEachRun(runs, run -> target[0] = target[0] == 0 && run.before == cls ? run.after : target[0]);
        return target[0];
    }

    /** How many bytes {@link #toBytes} gives. */
    public int size() {
        return runs.length;
    }

    /** The change as bytes, 14 a run: tile number, first pixel, length (big-endian), class before, class after. */
    public byte[] toBytes() {
        return runs.clone();
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
        byte[] runs = bytes.clone();
        forEachRun(runs, run -> {
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
        });
        return new LabelChange(runs);
    }

    @FunctionalInterface
    interface PixelChange {
        void accept(long key, int position, byte before, byte after);
    }

    void forEach(PixelChange consumer) {
        forEachRun(runs, run -> {
            for (int p = run.first; p < run.first + run.length; p++) {
                consumer.accept(run.key, p, run.before, run.after);
            }
        });
    }
}
