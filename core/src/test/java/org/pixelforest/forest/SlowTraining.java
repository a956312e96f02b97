package org.pixelforest.forest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The judge: one tree, grown the obvious way, every boundary of every sorted column tried, on the same random numbers. */
final class SlowTraining {

    private final float[][] columns;
    private final int[] classIndex;
    private final int classes;
    private final int tried;
    private final TreeRandom random;
    private final List<Integer> permutation = new ArrayList<>();
    private final List<Integer> topology = new ArrayList<>();
    private final List<Double> parameters = new ArrayList<>();

    private SlowTraining(Samples samples, ForestOptions options, int tree) {
        columns = samples.rawColumns();
        classIndex = samples.classIndices();
        classes = samples.labels().length;
        random = new TreeRandom(options.seed(), tree);
        for (int f = 0; f < columns.length; f++) {
            if (options.columns().isEmpty() || options.columns().contains(f)) {
                permutation.add(f);
            }
        }
        tried = (int) Math.floor(Math.sqrt(permutation.size()) + 0.5);
    }

    static VigraTree tree(Samples samples, ForestOptions options, int tree) {
        SlowTraining training = new SlowTraining(samples, options, tree);
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < samples.count(); i++) {
            drawn.add(training.random.next(samples.count()));
        }
        training.topology.add(samples.features());
        training.topology.add(training.classes);
        training.grow(drawn);
        return new VigraTree(
                training.topology.stream().mapToInt(Integer::intValue).toArray(),
                training.parameters.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private double[] count(List<Integer> samples) {
        double[] count = new double[classes];
        for (int s : samples) {
            count[classIndex[s]]++;
        }
        return count;
    }

    /** The loss is n minus this. */
    private double score(List<Integer> left, List<Integer> right) {
        double l = 0;
        double r = 0;
        for (double c : count(left)) {
            l += c * c;
        }
        for (double c : count(right)) {
            r += c * c;
        }
        return (l * right.size() + r * left.size()) / (left.size() * (double) right.size());
    }

    private int grow(List<Integer> samples) {
        int at = topology.size();
        int p = parameters.size();
        double[] count = count(samples);
        double squares = 0;
        for (double c : count) {
            squares += c * c;
        }
        int bestColumn = -1;
        double threshold = 0;
        if (squares < (double) samples.size() * samples.size()) {
            double best = squares / samples.size() + 4 * Math.ulp(squares / samples.size());
            for (int i = 0; i < tried; i++) {
                int j = i + random.next(permutation.size() - i);
                Collections.swap(permutation, i, j);
            }
            for (int i = 0; i < permutation.size() && (i < tried || bestColumn < 0); i++) {
                float[] column = columns[permutation.get(i)];
                List<Integer> sorted = new ArrayList<>(samples);
                sorted.sort(Comparator.comparingDouble(s -> column[s] + 0f));
                for (int j = 1; j < sorted.size(); j++) {
                    float low = column[sorted.get(j - 1)];
                    float high = column[sorted.get(j)];
                    if (low == high) {
                        continue;
                    }
                    double score = score(sorted.subList(0, j), sorted.subList(j, sorted.size()));
                    if (score > best) {
                        best = score;
                        bestColumn = permutation.get(i);
                        threshold = ((double) low + high) / 2;
                    }
                }
            }
        }
        if (bestColumn < 0) {
            topology.add(0x40000000);
            topology.add(p);
            parameters.add((double) samples.size());
            for (double c : count) {
                parameters.add(c / samples.size());
            }
            return at;
        }
        topology.addAll(List.of(0, p, 0, 0, bestColumn));
        parameters.add(1.0);
        parameters.add(threshold);
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int s : samples) {
            (columns[bestColumn][s] < threshold ? left : right).add(s);
        }
        topology.set(at + 3, grow(right));
        topology.set(at + 2, grow(left));
        return at;
    }
}
