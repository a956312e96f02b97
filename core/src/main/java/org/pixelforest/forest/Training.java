package org.pixelforest.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * One training: grows the trees on several threads and gathers them in order. Each tree depends only on the samples, the options and its number,
 * so that the result does not depend on the threads.
 */
final class Training {

    private static final int MAX_SAMPLES = 8_000_000; // so that weights can be packed with classes

    private final Samples samples;
    private final ForestOptions options;
    private final int threads;
    private final Progress progress;
    private final boolean[] use;
    private final int[] classIndex;
    private final Votes forestVotes;
    private final Votes votes;
    private final double[] gain;
    private final List<List<VigraTree>> forests = new ArrayList<>();
    private final TreeGrower.Tree[] waiting; // trees that came before their turn; guarded by this
    private int gathered; // the trees before this one are in the forest
    private int grown;
    private double oobErrors;
    private long leaves;

    /** On the samples where {@code use} holds; the others only get votes. */
    Training(Samples samples, boolean[] use, ForestOptions options, int threads, Progress progress) {
        this.samples = samples;
        this.options = options;
        this.threads = threads;
        this.progress = progress;
        this.use = use;
        classIndex = samples.classIndices();
        int classes = samples.labels().length;
        forestVotes = new Votes(samples.count(), classes);
        votes = new Votes(samples.count(), classes);
        gain = new double[samples.features()];
        waiting = new TreeGrower.Tree[options.trees()];
    }

    /** A forest of all samples. */
    static TrainedForest train(Samples samples, ForestOptions options, int threads, Progress progress) {
        boolean[] all = new boolean[samples.count()];
        Arrays.fill(all, true);
        Training training = new Training(samples, all, options, threads, progress);
        training.run();
        return training.result();
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The columns that may be used. */
    private int[] allowed() {
        int f = samples.features();
        if (options.columns().isEmpty()) {
            return IntStream.range(0, f).toArray();
        }
        int last = options.columns().get(options.columns().size() - 1);
        check(last < f, "column " + last + " shall be used, but the samples have " + f + " features");
        return options.columns().stream().mapToInt(Integer::intValue).toArray();
    }

    void run() {
        check(threads >= 1, "the number of threads must be 1 or more (got " + threads + ")");
        check(samples.count() > 0, "there are no samples to train on: nothing is labelled");
        check(
                samples.count() <= MAX_SAMPLES,
                "at most " + MAX_SAMPLES + " samples can be trained on (got " + samples.count() + ")");
        int[] allowed = allowed();
        Bootstrap bootstrap = new Bootstrap(samples, use, options.balance());
        check(bootstrap.count() > 0, "there are no samples left to train on");
        if (!progress.proceed(0, options.trees())) {
            throw new CancellationException("training was cancelled");
        }
        ColumnOrder[] orders = samples.orders(allowed, threads);
        ParallelTasks.run("forest-train", threads, options.trees(), () -> {
            TreeGrower grower = new TreeGrower(samples, orders, allowed, bootstrap, options);
            return number -> finished(number, grower.grow(number));
        });
    }

    private synchronized void finished(int number, TreeGrower.Tree tree) {
        waiting[number] = tree;
        while (gathered < waiting.length && waiting[gathered] != null) {
            gather(waiting[gathered]);
            waiting[gathered++] = null;
        }
        if (!progress.proceed(++grown, options.trees())) {
            throw new CancellationException("training was cancelled");
        }
    }

    private void gather(TreeGrower.Tree tree) {
        if (forests.isEmpty() || forests.get(forests.size() - 1).size() == options.treesOf(forests.size() - 1)) {
            forests.add(new ArrayList<>());
            forestVotes.clear();
        }
        List<VigraTree> forest = forests.get(forests.size() - 1);
        forest.add(tree.tree());
        forestVotes.add(tree);
        votes.add(tree);
        for (int f = 0; f < gain.length; f++) {
            gain[f] += tree.gain()[f];
        }
        // A tree of n tests has n + 1 leaves: 5 n + 2 (n + 1) integers, and 2 in front.
        leaves += (tree.tree().rawTopology().length - 4) / 7 + 1;
        if (forest.size() == options.treesOf(forests.size() - 1)) {
            oobErrors += forestVotes.error(classIndex, use);
        }
    }

    /** All trees' votes on the samples they were not grown on. */
    Votes votes() {
        return votes;
    }

    TrainedForest result() {
        RandomForest forest = RandomForest.of(samples.features(), samples.labels(), forests);
        double all = Arrays.stream(gain).sum();
        List<Double> importance =
                Arrays.stream(gain).mapToObj(g -> all == 0 ? 0 : g / all).toList();
        return new TrainedForest(
                forest,
                new TrainingReport(
                        votes.error(classIndex, use),
                        oobErrors / options.forests(),
                        importance,
                        leaves / (double) options.trees()));
    }
}
