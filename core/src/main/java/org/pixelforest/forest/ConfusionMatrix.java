package org.pixelforest.forest;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often samples of one class were taken for another. Immutable. Ratios whose denominator is zero are NaN: there is nothing to say of a class
 * that never occurs.
 */
public final class ConfusionMatrix {

    private final int[] labels;
    private final long[][] counts;

    /**
     * @param labels the classes, ascending
     * @param counts {@code counts[i][j]}: samples of class {@code labels[i]} taken for {@code labels[j]}, 0 or more
     */
    public ConfusionMatrix(int[] labels, long[][] counts) {
        this.labels = labels.clone();
        this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
        if (counts.length != labels.length || Arrays.stream(counts).anyMatch(row -> row.length != labels.length)) {
            throw new IllegalArgumentException("a confusion matrix of " + labels.length + " classes must be square");
        }
    }

    /** Of two opinions about the same samples. Both hold class values; 0 in either means no opinion, and the sample does not count. */
    public static ConfusionMatrix of(int[] actual, int[] predicted) {
        if (actual.length != predicted.length) {
            throw new IllegalArgumentException("two opinions about the same samples must be equally long (got "
                    + actual.length + " and " + predicted.length + ")");
        }
        int[] labels = IntStream.concat(Arrays.stream(actual), Arrays.stream(predicted))
                .filter(label -> label != 0)
                .sorted()
                .distinct()
                .toArray();
        long[][] counts = new long[labels.length][labels.length];
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] != 0 && predicted[i] != 0) {
                counts[Arrays.binarySearch(labels, actual[i])][Arrays.binarySearch(labels, predicted[i])]++;
            }
        }
        return new ConfusionMatrix(labels, counts);
    }

    /** The classes of rows and columns, ascending. */
    public int[] labels() {
        return labels.clone();
    }

    public int size() {
        return labels.length;
    }

    /** Samples of the class of that row, taken for the class of that column. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** Samples of a class. */
    public long actual(int row) {
        return Arrays.stream(counts[row]).sum();
    }

    /** Samples taken for a class. */
    public long predicted(int column) {
        return Arrays.stream(counts).mapToLong(row -> row[column]).sum();
    }

    /** All samples. */
    public long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** The share of samples taken for what they are, 0..1. */
    public double accuracy() {
        long right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += counts[i][i];
        }
        return right / (double) total();
    }

    /** Of the samples taken for a class, the share that belongs to it, 0..1. */
    public double precision(int i) {
        return counts[i][i] / (double) predicted(i);
    }

    /** Of the samples of a class, the share that was found, 0..1. */
    public double recall(int i) {
        return counts[i][i] / (double) actual(i);
    }

    /** Harmonic mean of precision and recall, 0..1: 2 x right / (samples of the class + samples taken for it). */
    public double f1(int i) {
        return 2.0 * counts[i][i] / (actual(i) + predicted(i));
    }

    /** Mean F1 of the classes that occur; every class counts the same, however rare. */
    public double meanF1() {
        double sum = 0;
        int occurring = 0;
        for (int i = 0; i < labels.length; i++) {
            if (actual(i) > 0) {
                sum += f1(i);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /**
     * Cohen's kappa: agreement beyond chance, at most 1; 0 for chance (Cohen 1960, doi:10.1177/001316446002000104).
     */
    public double kappa() {
        double expected = 0;
        double total = total();
        for (int i = 0; i < labels.length; i++) {
            expected += actual(i) / total * (predicted(i) / total);
        }
        return (accuracy() - expected) / (1 - expected);
    }

    /** Cohen's kappa of one class against all others. */
    public double kappa(int i) {
        long both = counts[i][i];
        long onlyActual = actual(i) - both;
        long onlyPredicted = predicted(i) - both;
        long neither = total() - both - onlyActual - onlyPredicted;
        return new ConfusionMatrix(new int[] {0, 1}, new long[][] {{neither, onlyPredicted}, {onlyActual, both}})
                .kappa();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix
                && Arrays.equals(labels, ((ConfusionMatrix) other).labels)
                && Arrays.deepEquals(counts, ((ConfusionMatrix) other).counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return "ConfusionMatrix" + Arrays.toString(labels) + Arrays.deepToString(counts);
    }
}
