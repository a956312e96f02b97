package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.forest.CrossValidation;

/**
 * What forests made of strokes that they never saw. Classes painted in a single stroke are left out: whoever leaves that stroke out
 * knows no such class, so that nothing can be said of it.
 *
 * @param error share of the pixels taken for another class, 0 .. 1; empty when every class has a single stroke
 * @param confusion pixels painted i + 1 and predicted j + 1
 * @param cells up to {@value #MOST} pixels of each cell, spread over all of them, by {@code painted * classes + predicted}
 */
record LeftOutStrokes(Optional<Double> error, long[][] confusion, List<List<Pixel>> cells) {

    private static final int MOST = 200;

    /** A labelled pixel as the page finds it. */
    record Pixel(String image, int t, int z, int x, int y) {}

    static LeftOutStrokes of(CrossValidation validation, TrainingSet set, int classes) {
        long[][] confusion = new long[classes][classes];
        IntPredicate judged = row -> {
            int painted = set.samples().classOf(row);
            return painted <= classes
                    && validation.predicted(row) <= classes
                    && !validation.classesOfOneGroup().contains(painted);
        };
        long all = 0;
        long wrong = 0;
        for (int row = 0; row < set.count(); row++) {
            if (judged.test(row)) {
                int painted = set.samples().classOf(row);
                int predicted = validation.predicted(row);
                confusion[painted - 1][predicted - 1]++;
                all++;
                wrong += painted == predicted ? 0 : 1;
            }
        }
        List<List<Pixel>> cells = new ArrayList<>();
        for (int i = 0; i < classes * classes; i++) {
            cells.add(new ArrayList<>());
        }
        long[] seen = new long[classes * classes];
        for (int row = 0; row < set.count(); row++) {
            if (judged.test(row)) {
                int i = set.samples().classOf(row) - 1;
                int j = validation.predicted(row) - 1;
                long count = confusion[i][j];
                long k = seen[i * classes + j]++;
                // One of every count / MOST, so that long strokes do not hide the others.
                if (count <= MOST || k * MOST / count != (k + 1) * MOST / count) {
                    cells.get(i * classes + j)
                            .add(new Pixel(
                                    set.images().get(set.image(row)).name(),
                                    set.t(row),
                                    set.z(row),
                                    set.x(row),
                                    set.y(row)));
                }
            }
        }
        return new LeftOutStrokes(all > 0 ? Optional.of((double) wrong / all) : Optional.empty(), confusion, cells);
    }

    /** Classes from 1; nothing for classes that do not exist. */
    List<Pixel> pixels(int painted, int predicted) {
        int classes = confusion.length;
        return painted < 1 || predicted < 1 || painted > classes || predicted > classes
                ? List.of()
                : cells.get((painted - 1) * classes + predicted - 1);
    }
}
