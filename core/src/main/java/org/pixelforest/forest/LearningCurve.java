package org.pixelforest.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Quality on unseen groups after training on more and more of the samples: a curve that still climbs says that more labels help.
 *
 * @param points in the order of the shares asked for
 */
public record LearningCurve(List<Point> points) {

    /**
     * @param share the share of the training samples that was used, 0..1
     * @param samples mean number of samples trained on
     * @param accuracy share of the left-out samples judged right, 0..1
     * @param meanF1 mean F1 of the classes, 0..1
     */
    public record Point(double share, int samples, double accuracy, double meanF1) {}

    public LearningCurve {
        points = List.copyOf(points);
    }

    /**
     * Cross-validates as {@link CrossValidation#run} does, for each share on a random choice of the training samples of each part; smaller choices are
     * contained in larger ones.
     *
     * @param shares each above 0 and at most 1
     */
    public static LearningCurve run(
            Samples samples,
            int[] groups,
            int folds,
            List<Double> shares,
            ForestOptions options,
            int threads,
            Progress progress) {
        int parts = Math.min(folds, (int) Arrays.stream(groups).distinct().count());
        if (parts < 2 || groups.length != samples.count()) {
            throw new IllegalArgumentException(
                    "a learning curve needs 2 folds and labels in 2 groups (images or strokes) or more");
        }
        int[] classIndex = samples.classIndices();
        int[] labels = samples.labels();
        int[] fold = Folds.of(classIndex, labels.length, groups, parts);
        int[] rank = shuffled(fold.length, options.seed());
        int all = shares.size() * parts * options.trees();
        int before = 0;
        List<Point> points = new ArrayList<>();
        for (double share : shares) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "shares of samples must be above 0 and at most 1 (got " + share + ")");
            }
            int[] predicted = new int[fold.length];
            long used = 0;
            for (int part = 0; part < parts; part++) {
                boolean[] use = choose(fold, part, rank, share);
                int start = before;
                Training training = new Training(
                        samples, use, options, threads, (done, total) -> progress.proceed(start + done, all));
                training.run();
                before += options.trees();
                for (int i = 0; i < use.length; i++) {
                    used += use[i] ? 1 : 0;
                    if (fold[i] == part) {
                        predicted[i] = labels[training.votes().winner(i)];
                    }
                }
            }
            ConfusionMatrix confusion = ConfusionMatrix.of(samples.rawClasses(), predicted);
            points.add(new Point(share, (int) (used / parts), confusion.accuracy(), confusion.meanF1()));
        }
        return new LearningCurve(points);
    }

    /** The samples of the other parts that come first in the random order; at least one. */
    private static boolean[] choose(int[] fold, int part, int[] rank, double share) {
        int[] others = IntStream.of(rank).filter(i -> fold[i] != part).toArray();
        int count = Math.max(1, (int) Math.round(share * others.length));
        boolean[] use = new boolean[fold.length];
        for (int i = 0; i < count; i++) {
            use[others[i]] = true;
        }
        return use;
    }

    private static int[] shuffled(int n, long seed) {
        TreeRandom random = new TreeRandom(seed, -2);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.next(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
