package org.pixelforest.forest;

import java.util.Arrays;

/**
 * Grows trees on samples; scratch memory of one thread. The algorithm is that of vigra's forests as ilastik uses them:
 *
 * <ol>
 *   <li>As many samples are drawn as there are, with replacement.
 *   <li>A node takes the first columns of a permutation that lasts for the whole tree and is partly reshuffled at each node. If none of them
 *       improves the node, it goes on until one does.
 *   <li>The split with the least summed Gini loss wins, the first of equal ones; the threshold lies halfway between two values.
 *   <li>A node that is pure or cannot be improved becomes a leaf with its class fractions. There is no limit of depth or size.
 * </ol>
 *
 * Samples that were not drawn follow the tree down, so that what it says of them is known at no extra cost.
 */
final class TreeGrower {

    static final int DRAWN = -1;

    private final float[][] columns;
    private final ColumnOrder[] orders;
    private final int[] classIndex;
    private final int classes;
    private final ForestOptions options;
    private final Bootstrap bootstrap;
    private final int[] permutation;
    private final int[] allowed;
    private final int tried; // columns at a node

    private final int[] packed; // class and weight of each sample
    private final int[] drawn; // samples, those of a node side by side, ascending
    private final int[] others; // samples not drawn, likewise
    private final int[] scratch;
    private final int[] sorted;
    private final SampleSorter sorter;
    private final SplitSearch search;
    private final BinnedSearch binned;
    private final NodeStack stack = new NodeStack();
    private int[] topology = new int[256];
    private int topologyLength;
    private double[] parameters = new double[256];
    private int parametersLength;

    /** One tree and what came out on the way. */
    record Tree(VigraTree tree, int[] leaf, double[] gain) {}

    TreeGrower(Samples samples, ColumnOrder[] orders, int[] allowed, Bootstrap bootstrap, ForestOptions options) {
        int n = samples.count();
        this.columns = samples.rawColumns();
        this.orders = orders;
        this.classIndex = samples.classIndices();
        this.classes = samples.labels().length;
        this.options = options;
        this.bootstrap = bootstrap;
        this.allowed = allowed;
        this.tried = featuresPerNode(options, allowed.length);
        permutation = new int[allowed.length];
        packed = new int[n];
        drawn = new int[n];
        others = new int[n];
        scratch = new int[n];
        sorted = new int[n];
        sorter = new SampleSorter(n);
        search = new SplitSearch(classes);
        binned = new BinnedSearch(n, classes, sorter);
    }

    static int featuresPerNode(ForestOptions options, int columns) {
        int wanted =
                options.featuresPerNode() > 0 ? options.featuresPerNode() : (int) Math.floor(Math.sqrt(columns) + 0.5);
        return Math.min(wanted, columns);
    }

    /**
     * Grows the tree of that number. {@code leaf[i]} of the result is where the parameters of the leaf begin that sample i falls into, or
     * {@link #DRAWN}; {@code gain[f]} is by how much splits of column f lowered the loss.
     */
    Tree grow(int number) {
        TreeRandom random = new TreeRandom(options.seed(), number);
        System.arraycopy(allowed, 0, permutation, 0, allowed.length);
        int[] leaf = new int[packed.length];
        double[] gain = new double[columns.length];
        bootstrap.draw(random, packed);
        int inside = 0;
        int outside = 0;
        for (int i = 0; i < packed.length; i++) {
            if (packed[i] > 0) {
                leaf[i] = DRAWN;
                drawn[inside++] = i;
            } else {
                others[outside++] = i;
            }
            packed[i] = SplitSearch.pack(classIndex[i], packed[i]);
        }
        topology[0] = columns.length;
        topology[1] = classes;
        topologyLength = 2;
        parametersLength = 0;
        stack.push(0, inside, 0, outside, 0);
        while (stack.pop()) {
            grow(stack.from, stack.to, stack.otherFrom, stack.otherTo, stack.link, random, leaf, gain);
        }
        VigraTree tree =
                VigraTree.owning(Arrays.copyOf(topology, topologyLength), Arrays.copyOf(parameters, parametersLength));
        return new Tree(tree, leaf, gain);
    }

    private void grow(
            int from, int to, int otherFrom, int otherTo, int link, TreeRandom random, int[] leaf, double[] gain) {
        if (link > 0) {
            topology[link] = topologyLength;
        }
        search.start(drawn, from, to, packed);
        int column = search.isPure() ? -1 : bestColumn(from, to, random);
        if (column < 0) {
            for (int i = otherFrom; i < otherTo; i++) {
                leaf[others[i]] = parametersLength;
            }
            addLeaf();
            return;
        }
        double threshold = search.threshold();
        gain[column] += search.gain();
        int at = topologyLength;
        addTest(column, threshold);
        int middle = partition(drawn, from, to, columns[column], threshold);
        int otherMiddle = partition(others, otherFrom, otherTo, columns[column], threshold);
        stack.push(from, middle, otherFrom, otherMiddle, at + 2);
        stack.push(middle, to, otherMiddle, otherTo, at + 3); // taken first
    }

    private int bestColumn(int from, int to, TreeRandom random) {
        int n = permutation.length;
        for (int i = 0; i < tried; i++) {
            int j = i + random.next(n - i);
            int swap = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = swap;
        }
        boolean large = to - from >= BinnedSearch.MIN_NODE && classes <= BinnedSearch.MAX_CLASSES;
        if (large) {
            binned.start(drawn, from, to, packed);
        }
        int best = -1;
        for (int i = 0; i < n && (i < tried || best < 0); i++) {
            int column = permutation[i];
            boolean improves = large
                    ? binned.improves(search, orders[column], columns[column], packed)
                    : improves(column, from, to);
            if (improves) {
                best = column;
            }
        }
        return best;
    }

    private boolean improves(int column, int from, int to) {
        sorter.sort(orders[column], drawn, from, to, sorted);
        return search.improves(columns[column], sorted, to - from, packed);
    }

    /** Moves the samples below the threshold to the front, keeping the sequence; returns where the others begin. */
    private int partition(int[] samples, int from, int to, float[] column, double threshold) {
        int left = from;
        int right = 0;
        for (int i = from; i < to; i++) {
            int s = samples[i];
            boolean below = column[s] < threshold;
            samples[left] = s;
            scratch[right] = s;
            left += below ? 1 : 0;
            right += below ? 0 : 1;
        }
        System.arraycopy(scratch, 0, samples, left, right);
        return left;
    }

    private void addTest(int column, double threshold) {
        reserve(5, 2);
        topology[topologyLength] = VigraTree.THRESHOLD_NODE;
        topology[topologyLength + 1] = parametersLength;
        topology[topologyLength + 4] = column;
        topologyLength += 5;
        parameters[parametersLength++] = 1;
        parameters[parametersLength++] = threshold;
    }

    private void addLeaf() {
        reserve(2, classes + 1);
        topology[topologyLength++] = VigraTree.LEAF_BIT;
        topology[topologyLength++] = parametersLength;
        parameters[parametersLength++] = search.count();
        for (int k = 0; k < classes; k++) {
            parameters[parametersLength++] = search.count(k) / search.count();
        }
    }

    private void reserve(int integers, int numbers) {
        if (topologyLength + integers > topology.length) {
            topology = Arrays.copyOf(topology, 2 * topology.length);
        }
        if (parametersLength + numbers > parameters.length) {
            parameters = Arrays.copyOf(parameters, 2 * parameters.length + numbers);
        }
    }
}
