package org.pixelforest.forest;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Draws the samples of a tree: as many as there are to train on, with replacement. Immutable. */
final class Bootstrap {

    private final int[] rows; // the samples to draw from
    private final int[][] byClass; // the same by class, where all classes shall be drawn equally often; else null

    /** From the samples where {@code use} holds. */
    Bootstrap(Samples samples, boolean[] use, boolean balance) {
        rows = IntStream.range(0, use.length).filter(i -> use[i]).toArray();
        byClass = balance ? byClass(samples) : null;
    }

    private int[][] byClass(Samples samples) {
        int[] classes = samples.rawClasses();
        return Arrays.stream(samples.labels())
                .mapToObj(label ->
                        Arrays.stream(rows).filter(i -> classes[i] == label).toArray())
                .filter(members -> members.length > 0)
                .toArray(int[][]::new);
    }

    int count() {
        return rows.length;
    }

    /** How often each sample is drawn. */
    void draw(TreeRandom random, int[] times) {
        Arrays.fill(times, 0);
        for (int i = 0; i < rows.length; i++) {
            int[] from = byClass == null ? rows : byClass[random.next(byClass.length)];
            times[from[random.next(from.length)]]++;
        }
    }
}
