package org.pixelforest.forest;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Labelled pixels to train on: N rows of F features, and the class of each. Immutable; keeps the order of every column once it was needed, so
 * that training again on the same samples, or on nearly the same ({@link #changed}), starts faster. Memory: 12 bytes a value.
 */
public final class Samples {

    static final int MAX_CLASSES = 250;

    private final float[][] columns;
    private final int[] classes;
    private final int[] labels; // the classes that occur, ascending
    private final ColumnOrder[] orders; // null where not yet known; guarded by itself
    private ColumnOrder[] before; // of the samples that these were made of, until no longer needed
    private int[] now; // where those went
    private int kept;

    private Samples(float[][] columns, int[] classes) {
        this.columns = columns;
        this.classes = classes;
        this.labels = Arrays.stream(classes).sorted().distinct().toArray();
        this.orders = new ColumnOrder[columns.length];
    }

    /**
     * @param columns F arrays of N values. Not copied: do not change them afterwards
     * @param classes N class values, 1 or more each. Not copied either
     * @throws IllegalArgumentException if lengths differ, there are no features or more than 250 classes, a class is below 1, or a value is NaN or
     *     infinite
     */
    public static Samples of(float[][] columns, int[] classes) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("samples need at least 1 feature");
        }
        for (int f = 0; f < columns.length; f++) {
            if (columns[f].length != classes.length) {
                throw new IllegalArgumentException("column " + f + " has " + columns[f].length
                        + " values, but there are " + classes.length + " classes");
            }
            if (!allFinite(columns[f])) {
                throw new IllegalArgumentException(firstNotFinite(f, columns[f]));
            }
        }
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] < 1) {
                throw new IllegalArgumentException("sample " + i + " has class " + classes[i] + "; classes start at 1");
            }
        }
        Samples samples = new Samples(columns, classes);
        if (samples.labels.length > MAX_CLASSES) {
            throw new IllegalArgumentException(
                    "at most " + MAX_CLASSES + " classes can be trained (got " + samples.labels.length + ")");
        }
        return samples;
    }

    private static boolean allFinite(float[] column) {
        float sum = 0;
        for (float v : column) {
            sum += v * 0f;
        }
        return sum == 0;
    }

    private static String firstNotFinite(int f, float[] column) {
        int i = 0;
        while (Float.isFinite(column[i])) {
            i++;
        }
        return "sample " + i + " has " + column[i] + " for feature " + f
                + ": only finite features can be trained on. Does the image hold NaN or infinite values?";
    }

    /** Number of samples. */
    public int count() {
        return classes.length;
    }

    /** Number of features. */
    public int features() {
        return columns.length;
    }

    /** The classes that occur, ascending. */
    public int[] labels() {
        return labels.clone();
    }

    /** The class of a sample. */
    public int classOf(int sample) {
        return classes[sample];
    }

    /** The value of a feature of a sample. */
    public float value(int feature, int sample) {
        return columns[feature][sample];
    }

    /**
     * These samples without those where {@code keep} is false, followed by {@code added}. What is known of the order is carried over.
     *
     * @throws IllegalArgumentException if the numbers of features differ or {@code keep} is not as long as there are samples
     */
    public Samples changed(boolean[] keep, Samples added) {
        if (keep.length != count() || added.features() != features()) {
            throw new IllegalArgumentException("expected " + count() + " samples of " + features() + " features (got "
                    + keep.length + " and " + added.features() + ")");
        }
        int[] next = new int[keep.length];
        int remaining = 0;
        for (int i = 0; i < keep.length; i++) {
            next[i] = keep[i] ? remaining++ : -1;
        }
        float[][] values = new float[features()][];
        for (int f = 0; f < values.length; f++) {
            float[] column = new float[remaining + added.count()];
            if (remaining == keep.length) {
                System.arraycopy(columns[f], 0, column, 0, remaining);
            } else {
                for (int i = 0; i < keep.length; i++) {
                    if (keep[i]) {
                        column[next[i]] = columns[f][i];
                    }
                }
            }
            System.arraycopy(added.columns[f], 0, column, remaining, added.count());
            values[f] = column;
        }
        int[] nextClasses = new int[remaining + added.count()];
        for (int i = 0; i < keep.length; i++) {
            if (keep[i]) {
                nextClasses[next[i]] = classes[i];
            }
        }
        System.arraycopy(added.classes, 0, nextClasses, remaining, added.count());
        Samples samples = new Samples(values, nextClasses);
        synchronized (orders) {
            samples.before = orders.clone();
        }
        samples.now = next;
        samples.kept = remaining;
        return samples;
    }

    /** Not a copy: for reading only. */
    float[][] rawColumns() {
        return columns;
    }

    /** Not a copy: for reading only. */
    int[] rawClasses() {
        return classes;
    }

    /** Places in {@link #labels} instead of class values. */
    int[] classIndices() {
        int[] indices = new int[classes.length];
        int[] place = new int[0];
        if (labels.length > 0 && labels[labels.length - 1] < 100_000) {
            place = new int[labels[labels.length - 1] + 1];
            for (int k = 0; k < labels.length; k++) {
                place[labels[k]] = k;
            }
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = place.length > 0 ? place[classes[i]] : Arrays.binarySearch(labels, classes[i]);
        }
        return indices;
    }

    /** The orders of the named columns (null for the others), sorted by several threads where they are not yet known. */
    ColumnOrder[] orders(int[] wanted, int threads) {
        synchronized (orders) {
            int[] missing = Arrays.stream(wanted).filter(f -> orders[f] == null).toArray();
            IntConsumer sort = i -> orders[missing[i]] = order(missing[i]);
            ParallelTasks.run("forest-sort", threads, missing.length, () -> sort);
            if (missing.length > 0 && Arrays.stream(orders).noneMatch(o -> o == null)) {
                before = null;
                now = null;
            }
            return orders.clone();
        }
    }

    private ColumnOrder order(int f) {
        return before == null || before[f] == null
                ? ColumnOrder.of(columns[f])
                : ColumnOrder.of(columns[f], before[f], now, kept);
    }
}
