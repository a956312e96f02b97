package org.pixelforest.forest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Divides samples into parts of similar size and mixture of classes, never cutting through a group. */
final class Folds {

    private Folds() {}

    /** The part, 0 .. parts - 1, of each sample. Large groups are placed first, each where its classes are rarest so far. */
    static int[] of(int[] classIndex, int classes, int[] groups, int parts) {
        Map<Integer, long[]> members = new LinkedHashMap<>(); // counts of the classes in each group
        long[] all = new long[classes];
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], g -> new long[classes])[classIndex[i]]++;
            all[classIndex[i]]++;
        }
        Integer[] order = members.keySet().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparingLong(
                                (Integer g) -> -Arrays.stream(members.get(g)).sum())
                        .thenComparing(Comparator.naturalOrder()));
        long[][] placed = new long[parts][classes];
        Map<Integer, Integer> part = new LinkedHashMap<>();
        for (Integer group : order) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int p = 0; p < parts; p++) {
                double load = load(placed[p], members.get(group), all);
                if (load < least) {
                    least = load;
                    best = p;
                }
            }
            part.put(group, best);
            for (int k = 0; k < classes; k++) {
                placed[best][k] += members.get(group)[k];
            }
        }
        return Arrays.stream(groups).map(part::get).toArray();
    }

    /** How much of the group's classes a part already has; the size of the part decides between equals. */
    private static double load(long[] placed, long[] group, long[] all) {
        double load = 0;
        for (int k = 0; k < group.length; k++) {
            double share = placed[k] / (double) Math.max(1, all[k]);
            load += share * (group[k] > 0 ? 1 : 1e-3);
        }
        return load;
    }
}
