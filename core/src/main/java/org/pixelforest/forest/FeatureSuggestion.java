package org.pixelforest.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which features or channels a forest could do without. Starting with all, the least important are taken away, a fifth at a time, and
 * the quality on unseen groups is measured again (recursive elimination: Guyon et al. 2002, doi:10.1023/A:1012487302797).
 *
 * @param steps from all units to one
 */
public record FeatureSuggestion(List<Step> steps) {

    /**
     * What is lost or kept with some of the units.
     *
     * @param units those kept, most important first
     * @param columns their columns, ascending, as {@link ForestOptions#columns} wants them
     * @param accuracy share of the left-out samples judged right, 0..1
     * @param meanF1 mean F1 of the classes, 0..1
     */
    public record Step(List<Integer> units, List<Integer> columns, double accuracy, double meanF1) {

        public Step {
            units = List.copyOf(units);
            columns = List.copyOf(columns);
        }
    }

    public FeatureSuggestion {
        steps = List.copyOf(steps);
    }

    /**
     * @param unit for each column the number, 0 or more, of what can only be kept or left as a whole: a feature (filter and sigma) with all its
     *     channels, say, or a channel with all its features
     * @param groups a group number for each sample, as for {@link CrossValidation#run}
     */
    public static FeatureSuggestion run(
            Samples samples,
            int[] groups,
            int folds,
            int[] unit,
            ForestOptions options,
            int threads,
            Progress progress) {
        if (unit.length != samples.features()) {
            throw new IllegalArgumentException(
                    "expected a unit for each of " + samples.features() + " columns (got " + unit.length + ")");
        }
        List<Integer> units =
                new ArrayList<>(Arrays.stream(unit).sorted().distinct().boxed().toList());
        int rounds = rounds(units.size());
        List<Step> steps = new ArrayList<>();
        while (!units.isEmpty()) {
            List<Integer> kept = units;
            List<Integer> columns = IntStream.range(0, unit.length)
                    .filter(f -> kept.contains(unit[f]))
                    .boxed()
                    .toList();
            int round = steps.size();
            CrossValidation validation = CrossValidation.run(
                    samples,
                    groups,
                    folds,
                    options.withColumns(columns),
                    threads,
                    (done, total) -> progress.proceed(round * total + done, rounds * total));
            double[] importance = new double[Arrays.stream(unit).max().orElse(0) + 1];
            for (int f = 0; f < unit.length; f++) {
                importance[unit[f]] += validation.importance().get(f);
            }
            List<Integer> ranked = new ArrayList<>(units);
            ranked.sort(
                    Comparator.comparingDouble((Integer u) -> -importance[u]).thenComparing(Comparator.naturalOrder()));
            ConfusionMatrix confusion = validation.confusion();
            steps.add(new Step(ranked, columns, confusion.accuracy(), confusion.meanF1()));
            units = ranked.subList(0, next(units.size()));
        }
        return new FeatureSuggestion(steps);
    }

    private static int next(int units) {
        return units - Math.max(1, units / 5);
    }

    private static int rounds(int units) {
        int rounds = 0;
        for (int u = units; u > 0; u = next(u)) {
            rounds++;
        }
        return rounds;
    }

    /** The fewest units whose mean F1 stays within {@code margin} (0..1, e.g. 0.01) of the best step. */
    public Step suggested(double margin) {
        double best = steps.stream().mapToDouble(Step::meanF1).max().orElseThrow();
        return steps.stream()
                .filter(step -> step.meanF1() >= best - margin)
                .min(Comparator.comparingInt(step -> step.units().size()))
                .orElseThrow();
    }
}
