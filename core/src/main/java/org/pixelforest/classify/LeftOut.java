package org.pixelforest.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.forest.CrossValidation;

/**
 * What forests make of groups of labels, whole strokes or images, that they never saw. Classes painted in a single group do not count:
 * whoever leaves that group out knows no such class, so that nothing can be said of it.
 *
 * @param groups how many groups there are
 * @param folds how many parts they were divided into
 * @param confusion pixels by painted class (rows) and predicted one; rows of {@link #classesOfOneGroup} are zeros
 * @param classesOfOneGroup classes, from 1, painted in a single group
 * @param cells up to {@value #MOST} pixels of each cell, spread over all of them, row by row
 */
public record LeftOut(
        int groups, int folds, ConfusionMatrix confusion, List<Integer> classesOfOneGroup, List<List<Pixel>> cells) {

    /** Pixels that are named of a cell. */
    public static final int MOST = 200;

    /**
     * A labelled pixel.
     *
     * @param image its name
     */
    public record Pixel(String image, int t, int z, int y, int x) {}

    public LeftOut {
        classesOfOneGroup = List.copyOf(classesOfOneGroup);
        cells = cells.stream().map(List::copyOf).toList();
    }

    /**
     * Counts a cross-validation of the samples of a set.
     *
     * @param groups those that it left out whole, a number a row
     * @return empty when every class is painted in a single group
     */
    static Optional<LeftOut> of(CrossValidation validation, TrainingSet set, int[] groups) {
        int[] labels = set.samples().labels();
        int n = labels.length;
        List<Integer> single = validation.classesOfOneGroup();
        if (single.size() == n) {
            return Optional.empty();
        }
        int[] cell = new int[set.count()]; // of each row, or -1
        long[][] counts = new long[n][n];
        for (int row = 0; row < cell.length; row++) {
            int painted = set.samples().classOf(row);
            int i = Arrays.binarySearch(labels, painted);
            int j = Arrays.binarySearch(labels, validation.predicted(row));
            boolean judged = !single.contains(painted);
            cell[row] = judged ? i * n + j : -1;
            if (judged) {
                counts[i][j]++;
            }
        }
        return Optional.of(new LeftOut(
                (int) Arrays.stream(groups).distinct().count(),
                validation.folds(),
                new ConfusionMatrix(labels, counts),
                single,
                cells(set, cell, counts)));
    }

    private static List<List<Pixel>> cells(TrainingSet set, int[] cell, long[][] counts) {
        int n = counts.length;
        List<List<Pixel>> cells = new ArrayList<>();
        for (int i = 0; i < n * n; i++) {
            cells.add(new ArrayList<>());
        }
        long[] seen = new long[n * n];
        for (int row = 0; row < cell.length; row++) {
            if (cell[row] >= 0) {
                long count = counts[cell[row] / n][cell[row] % n];
                long k = seen[cell[row]]++;
                // One of every count / MOST, so that long strokes do not hide the others.
                if (count <= MOST || k * MOST / count != (k + 1) * MOST / count) {
                    cells.get(cell[row]).add(pixel(set, row));
                }
            }
        }
        return cells;
    }

    static Pixel pixel(TrainingSet set, int row) {
        return new Pixel(set.images().get(set.image(row)).name(), set.t(row), set.z(row), set.y(row), set.x(row));
    }

    /** The share of the pixels taken for another class, 0..1. */
    public double error() {
        return 1 - confusion.accuracy();
    }

    /** Pixels painted as one class and taken for another, up to {@value #MOST}; none for classes without labels. */
    public List<Pixel> pixels(int painted, int predicted) {
        int i = Arrays.binarySearch(confusion.labels(), painted);
        int j = Arrays.binarySearch(confusion.labels(), predicted);
        return i < 0 || j < 0 ? List.of() : cells.get(i * confusion.size() + j);
    }
}
