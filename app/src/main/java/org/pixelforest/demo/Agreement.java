package org.pixelforest.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often pixels of each true class were given which class: {@code counts.get(true - 1).get(given - 1)}. */
record Agreement(List<List<Long>> counts) {

    Agreement {
        counts = counts.stream().map(List::copyOf).toList();
    }

    /** Compares class numbers 1 .. {@code classes}, pixel by pixel. */
    static Agreement of(byte[] truth, byte[] given, int classes) {
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i] - 1][given[i] - 1]++;
        }
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : counts) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new Agreement(rows);
    }

    Agreement plus(Agreement other) {
        List<List<Long>> rows = new ArrayList<>();
        for (int t = 0; t < counts.size(); t++) {
            List<Long> row = new ArrayList<>();
            for (int g = 0; g < counts.size(); g++) {
                row.add(counts.get(t).get(g) + other.counts.get(t).get(g));
            }
            rows.add(row);
        }
        return new Agreement(rows);
    }

    /** Share of pixels that were given their true class. */
    double accuracy() {
        long right = 0;
        long all = 0;
        for (int t = 0; t < counts.size(); t++) {
            right += counts.get(t).get(t);
            all += counts.get(t).stream().mapToLong(Long::longValue).sum();
        }
        return (double) right / all;
    }

    /** F1 of a class numbered from 1: the harmonic mean of precision and recall; 1 where the class is neither there nor given. */
    double f1(int cls) {
        long given = 0;
        long there = 0;
        for (int k = 0; k < counts.size(); k++) {
            there += counts.get(cls - 1).get(k);
            given += counts.get(k).get(cls - 1);
        }
        return there + given == 0 ? 1 : 2.0 * counts.get(cls - 1).get(cls - 1) / (there + given);
    }
}
