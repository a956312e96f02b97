package org.pixelforest.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What forests say of samples from groups that they never saw. Groups are images, or connected strokes: pixels of one group are so alike that
 * training on some and testing on others flatters. Immutable.
 */
public final class CrossValidation {

    private final Samples samples;
    private final int[] fold;
    private final int folds;
    private final int[] predicted; // class of each sample
    private final double[] share; // of the votes for it
    private final double[] ownShare; // of the votes for the class it was given
    private final List<Double> importance;
    private final List<Integer> classesOfOneGroup;

    private CrossValidation(
            Samples samples,
            int[] fold,
            int folds,
            int[] predicted,
            double[] share,
            double[] ownShare,
            List<Double> importance,
            List<Integer> classesOfOneGroup) {
        this.samples = samples;
        this.fold = fold;
        this.folds = folds;
        this.predicted = predicted;
        this.share = share;
        this.ownShare = ownShare;
        this.importance = importance;
        this.classesOfOneGroup = classesOfOneGroup;
    }

    /**
     * Trains one forest for each of several parts of the samples, on all other parts, and asks it about the part left out.
     *
     * @param groups a group number for each sample; no group is ever divided
     * @param folds number of parts, 2 or more; with fewer groups there are as many parts as groups
     * @throws IllegalArgumentException if there are fewer than two groups or two folds
     */
    public static CrossValidation run(
            Samples samples, int[] groups, int folds, ForestOptions options, int threads, Progress progress) {
        check(
                groups.length == samples.count(),
                "expected a group for each of " + samples.count() + " samples (got " + groups.length + ")");
        check(folds >= 2, "cross-validation needs 2 folds or more (got " + folds + ")");
        int groupCount = (int) Arrays.stream(groups).distinct().count();
        check(
                groupCount >= 2,
                "cross-validation needs labels in 2 groups (images or strokes) or more (got " + groupCount + ")");
        int parts = Math.min(folds, groupCount);
        int[] classIndex = samples.classIndices();
        int[] labels = samples.labels();
        int[] fold = Folds.of(classIndex, labels.length, groups, parts);
        int[] predicted = new int[fold.length];
        double[] share = new double[fold.length];
        double[] ownShare = new double[fold.length];
        double[] importance = new double[samples.features()];
        for (int part = 0; part < parts; part++) {
            boolean[] use = new boolean[fold.length];
            for (int i = 0; i < use.length; i++) {
                use[i] = fold[i] != part;
            }
            int before = part * options.trees();
            int all = parts * options.trees();
            Training training =
                    new Training(samples, use, options, threads, (done, total) -> progress.proceed(before + done, all));
            training.run();
            for (int i = 0; i < use.length; i++) {
                if (!use[i]) {
                    int winner = training.votes().winner(i);
                    predicted[i] = labels[winner];
                    share[i] = training.votes().share(i, winner);
                    ownShare[i] = training.votes().share(i, classIndex[i]);
                }
            }
            List<Double> gain = training.result().report().importance();
            for (int f = 0; f < importance.length; f++) {
                importance[f] += gain.get(f) / parts;
            }
        }
        return new CrossValidation(
                samples,
                fold,
                parts,
                predicted,
                share,
                ownShare,
                Arrays.stream(importance).boxed().toList(),
                classesOfOneGroup(samples, groups));
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private static List<Integer> classesOfOneGroup(Samples samples, int[] groups) {
        List<Integer> single = new ArrayList<>();
        int[] classes = samples.rawClasses();
        for (int label : samples.labels()) {
            long in = IntStream.range(0, groups.length)
                    .filter(i -> classes[i] == label)
                    .map(i -> groups[i])
                    .distinct()
                    .count();
            if (in == 1) {
                single.add(label);
            }
        }
        return List.copyOf(single);
    }

    /** Number of parts. */
    public int folds() {
        return folds;
    }

    /** The part that a sample was left out with, 0 .. folds - 1. */
    public int foldOf(int sample) {
        return fold[sample];
    }

    /** The class that the forest which never saw the sample's group takes it for. */
    public int predicted(int sample) {
        return predicted[sample];
    }

    /** The share of votes, 0..1, for the class that the sample was given. */
    public double ownShare(int sample) {
        return ownShare[sample];
    }

    /** All samples, each judged by the forest that never saw its group. */
    public ConfusionMatrix confusion() {
        return ConfusionMatrix.of(samples.rawClasses(), predicted);
    }

    /** The share of the samples taken for another class, 0..1. */
    public double error() {
        return 1 - confusion().accuracy();
    }

    /** Importance of each column as in {@link TrainingReport}, averaged over the parts. */
    public List<Double> importance() {
        return importance;
    }

    /** Classes labelled in a single group: no forest that could know them was ever asked, so that they count as errors. */
    public List<Integer> classesOfOneGroup() {
        return classesOfOneGroup;
    }

    /**
     * Samples for which at least {@code share} of the trees vote for one other class, clearest first. Those of {@link #classesOfOneGroup} are left out:
     * of them nothing can be said.
     *
     * @param share 0.5..1; 0.9 is a good choice
     */
    public List<Slip> slips(double share) {
        check(share >= 0.5 && share <= 1, "the share of votes of a slip must be 0.5 .. 1 (got " + share + ")");
        List<Slip> slips = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            int label = samples.classOf(i);
            if (predicted[i] != label && this.share[i] >= share && !classesOfOneGroup.contains(label)) {
                slips.add(new Slip(i, label, predicted[i], this.share[i]));
            }
        }
        slips.sort(Comparator.comparingDouble(Slip::share).reversed().thenComparingInt(Slip::sample));
        return slips;
    }
}
