package org.pixelforest.forest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A random forest as ilastik keeps it: several sub-forests of threshold trees that vote for classes. Immutable; share it between threads and give
 * each its own {@link #predictor()}.
 */
public final class RandomForest {

    private final int[] labels;
    private final List<List<VigraTree>> forests;
    private final NodeTable nodes;
    private volatile String sha256; // computed when it is first asked for

    private RandomForest(int[] labels, List<List<VigraTree>> forests, NodeTable nodes) {
        this.labels = labels;
        this.forests = forests;
        this.nodes = nodes;
    }

    /**
     * A forest from the arrays of a project file. Everything in them is checked, so that no forest can fail later.
     *
     * @param features number of feature channels, 1 or more
     * @param labels class values that the columns of the votes stand for: 1 or more each, ascending
     * @param forests the sub-forests in the order of the file, each a list of trees; none may be empty
     * @throws IllegalArgumentException naming tree, sub-forest and what is wrong, if addresses leave the arrays or form cycles, a threshold is
     *     NaN, a column does not exist, a leaf holds no fractions, or a node is of a kind other than a threshold on one feature
     */
    public static RandomForest of(int features, int[] labels, List<List<VigraTree>> forests) {
        check(features >= 1, "a forest needs at least 1 feature (got " + features + ")");
        check(labels.length >= 1, "a forest needs at least 1 class");
        for (int k = 0; k < labels.length; k++) {
            check(
                    labels[k] >= 1 && (k == 0 || labels[k] > labels[k - 1]),
                    "class values must be ascending, from 1 or more (got "
                            + (labels.length > 20 ? "value " + labels[k] + " at place " + k : Arrays.toString(labels))
                            + ")");
        }
        check(!forests.isEmpty(), "a classifier needs at least 1 forest");
        for (int i = 0; i < forests.size(); i++) {
            check(!forests.get(i).isEmpty(), "forest " + i + " has no trees");
        }
        List<List<VigraTree>> copy = forests.stream().map(List::copyOf).toList();
        return new RandomForest(labels.clone(), copy, NodeTable.of(features, labels.length, copy));
    }

    /**
     * Grows a forest on all processors; see {@link #trainWithReport}.
     */
    public static RandomForest train(Samples samples, ForestOptions options, Progress progress) {
        return trainWithReport(samples, options, Runtime.getRuntime().availableProcessors(), progress)
                .forest();
    }

    /**
     * Grows a forest as vigra does for ilastik. The result depends on samples, options and seed alone: not on the number of threads, the Java
     * version or the machine. Memory beyond the samples: about 40 bytes a sample and thread, 16 a sample and class, and the trees.
     *
     * @throws IllegalArgumentException if there are no samples, or the options name a column that does not exist
     * @throws java.util.concurrent.CancellationException if {@code progress} says so, or the thread is interrupted
     */
    public static TrainedForest trainWithReport(
            Samples samples, ForestOptions options, int threads, Progress progress) {
        return Training.train(samples, options, threads, progress);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Number of feature channels that a pixel must have. */
    public int features() {
        return nodes.features;
    }

    /** Class values of the columns of a prediction, ascending; classes without training samples are not among them. */
    public int[] labels() {
        return labels.clone();
    }

    /** Number of trees of all sub-forests. */
    public int trees() {
        return nodes.trees();
    }

    /** The sub-forests and their trees, as given. */
    public List<List<VigraTree>> vigraTrees() {
        return forests;
    }

    /** Which feature channels occur in a test of any tree. */
    public boolean[] usedFeatures() {
        boolean[] used = new boolean[nodes.features];
        for (int column : nodes.column) {
            if (column >= 0) {
                used[column] = true;
            }
        }
        return used;
    }

    /** A predictor that looks for NaN in all features, as ilastik does. */
    public Predictor predictor() {
        return new Predictor(nodes, IntStream.range(0, nodes.features).toArray(), KernelChoice.of(nodes));
    }

    /**
     * A predictor that reads only the planes of {@code present} features (which must include all {@link #usedFeatures}), for callers that leave out
     * the computation of the others. NaN that would stand only in features left out is not seen.
     */
    public Predictor predictor(boolean[] present) {
        check(
                present.length == nodes.features,
                "the forest has " + nodes.features + " features (got " + present.length + ")");
        boolean[] used = usedFeatures();
        for (int f = 0; f < used.length; f++) {
            check(present[f] || !used[f], "the forest needs feature " + f);
        }
        int[] columns =
                IntStream.range(0, present.length).filter(f -> present[f]).toArray();
        return new Predictor(nodes, columns, KernelChoice.of(nodes));
    }

    /** SHA-256 over features, labels and the arrays of all trees in order, as 64 hexadecimal digits. Equal forests have equal sums. */
    public String sha256() {
        if (sha256 == null) {
            sha256 = digest();
        }
        return sha256;
    }

    private String digest() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        update(digest, nodes.features);
        update(digest, labels.length);
        update(digest, labels);
        update(digest, forests.size());
        for (List<VigraTree> forest : forests) {
            update(digest, forest.size());
            for (VigraTree tree : forest) {
                update(digest, tree.rawTopology().length, tree.rawParameters().length);
                update(digest, tree.rawTopology());
                ByteBuffer bytes = little(8 * tree.rawParameters().length);
                bytes.asDoubleBuffer().put(tree.rawParameters());
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, int... values) {
        ByteBuffer bytes = little(4 * values.length);
        bytes.asIntBuffer().put(values);
        digest.update(bytes);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
