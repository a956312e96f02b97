package org.pixelforest.forest;

import java.util.Arrays;
import java.util.List;

/**
 * All nodes of all trees of a forest in flat arrays, checked and ready to be evaluated.
 *
 * <p>The children of a node stand side by side. Thresholds are rounded up to float: with T the smallest float not below t, a float f is below t
 * exactly if it is below T. A T of zero is stored as -0, which makes the sign bit of f - T say the same for every finite f.
 */
final class NodeTable {

    static final int LEAF = -1;

    final int features;
    final int classes;
    final int[] forestStart; // first tree of each sub-forest, and the number of trees at the end
    final int[] root; // a node for each tree
    final int[] column; // of a test; LEAF for a leaf
    final float[] threshold;
    final int[] link; // of a test: left child, the right one follows; of a leaf: its class, or classes + its row of
    // fractions
    final double[] fractions; // of leaves that hold several classes, one row each

    private NodeTable(
            int features,
            int classes,
            int[] forestStart,
            int[] root,
            int[] column,
            float[] threshold,
            int[] link,
            double[] fractions) {
        this.features = features;
        this.classes = classes;
        this.forestStart = forestStart;
        this.root = root;
        this.column = column;
        this.threshold = threshold;
        this.link = link;
        this.fractions = fractions;
    }

    int trees() {
        return root.length;
    }

    int forests() {
        return forestStart.length - 1;
    }

    int treesOf(int forest) {
        return forestStart[forest + 1] - forestStart[forest];
    }

    /** The node behind the last one of a tree. */
    int end(int tree) {
        return tree + 1 < root.length ? root[tree + 1] : column.length;
    }

    boolean isLeaf(int node) {
        return column[node] == LEAF;
    }

    /** Whether the node is a leaf that holds several classes. */
    boolean isMixedLeaf(int node) {
        return column[node] == LEAF && link[node] >= classes;
    }

    /** Whether a leaf of the sub-forest holds several classes. */
    boolean isMixed(int forest) {
        int end = end(forestStart[forest + 1] - 1);
        for (int node = root[forestStart[forest]]; node < end; node++) {
            if (isMixedLeaf(node)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the fractions of all leaves add up to 1 so closely that the float sum over any sub-forest's trees is their number. So it is in all
     * files seen; the others need the sum carried along.
     */
    boolean fractionsAddUp() {
        for (int row = 0; row < fractions.length; row += classes) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += fractions[row + k];
            }
            if (Math.abs(sum - 1) > 1e-9) {
                return false;
            }
        }
        return true;
    }

    /** The smallest float not below the threshold. */
    static float roundUp(double threshold) {
        float f = (float) threshold;
        if (f < threshold) {
            f = Math.nextUp(f);
        }
        return f == 0 ? -0f : f;
    }

    static NodeTable of(int features, int classes, List<List<VigraTree>> forests) {
        return new Builder(features, classes, forests).build();
    }

    /** Follows the addresses of each tree from its root; memory and time are bounded by the length of the arrays. */
    private static final class Builder {
        private final int features;
        private final int classes;
        private final List<List<VigraTree>> forests;
        private int[] column = new int[1024];
        private float[] threshold = new float[1024];
        private int[] link = new int[1024];
        private double[] fractions = new double[0];
        private int nodes;
        private int rows;
        private String where;

        Builder(int features, int classes, List<List<VigraTree>> forests) {
            this.features = features;
            this.classes = classes;
            this.forests = forests;
        }

        NodeTable build() {
            int[] forestStart = new int[forests.size() + 1];
            for (int i = 0; i < forests.size(); i++) {
                forestStart[i + 1] = forestStart[i] + forests.get(i).size();
            }
            int[] root = new int[forestStart[forests.size()]];
            for (int i = 0; i < forests.size(); i++) {
                for (int j = 0; j < forests.get(i).size(); j++) {
                    where = "tree " + j + " of forest " + i;
                    root[forestStart[i] + j] = add(forests.get(i).get(j));
                }
            }
            return new NodeTable(
                    features,
                    classes,
                    forestStart,
                    root,
                    Arrays.copyOf(column, nodes),
                    Arrays.copyOf(threshold, nodes),
                    Arrays.copyOf(link, nodes),
                    Arrays.copyOf(fractions, rows * classes));
        }

        private int add(VigraTree tree) {
            int[] topology = tree.rawTopology();
            double[] parameters = tree.rawParameters();
            check(topology.length >= VigraTree.ROOT + 2, "has no root");
            check(topology[0] == features, "is made for " + topology[0] + " features, but the forest has " + features);
            check(topology[1] == classes, "is made for " + topology[1] + " classes, but the forest has " + classes);
            boolean[] seen = new boolean[topology.length];
            int[] address = new int[64]; // of nodes that wait
            int[] place = new int[64]; // where they go in the table
            int waiting = 0;
            int root = reserve(1);
            address[waiting] = VigraTree.ROOT;
            place[waiting++] = root;
            while (waiting > 0) {
                int at = address[--waiting];
                int node = place[waiting];
                check(at >= VigraTree.ROOT && at <= topology.length - 2, "points outside of its nodes (" + at + ")");
                check(!seen[at], "reaches node " + at + " twice");
                seen[at] = true;
                if ((topology[at] & VigraTree.LEAF_BIT) != 0) {
                    check(
                            topology[at] == VigraTree.LEAF_BIT,
                            "has a leaf of an unsupported kind (" + topology[at] + ")");
                    column[node] = LEAF;
                    link[node] = leaf(parameters, topology[at + 1]);
                    continue;
                }
                check(
                        topology[at] == VigraTree.THRESHOLD_NODE,
                        "has a node of an unsupported kind (" + topology[at]
                                + "); only thresholds on single features are known");
                check(at <= topology.length - 5, "ends within a node");
                int p = topology[at + 1];
                check(p >= 0 && p <= parameters.length - 2, "points outside of its parameters (" + p + ")");
                check(!Double.isNaN(parameters[p + 1]), "has a threshold that is not a number");
                int c = topology[at + 4];
                check(c >= 0 && c < features, "uses column " + c + ", but the forest has " + features + " features");
                int kids = reserve(2);
                column[node] = c;
                threshold[node] = roundUp(parameters[p + 1]);
                link[node] = kids;
                if (waiting + 2 > address.length) {
                    address = Arrays.copyOf(address, 2 * address.length);
                    place = Arrays.copyOf(place, address.length);
                }
                address[waiting] = topology[at + 3];
                place[waiting++] = kids + 1;
                address[waiting] = topology[at + 2];
                place[waiting++] = kids;
            }
            return root;
        }

        private int leaf(double[] parameters, int p) {
            check(p >= 0 && p < parameters.length - classes, "points outside of its parameters (" + p + ")");
            int pure = -1;
            int others = 0;
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                double f = parameters[p + 1 + k];
                check(f >= 0 && f <= Float.MAX_VALUE, "has a leaf with a class fraction of " + f);
                sum += f;
                if (f == 1) {
                    pure = k;
                } else if (f != 0) {
                    others++;
                }
            }
            check(Math.abs(sum - 1) <= 1e-3, "has a leaf whose class fractions add up to " + sum + " instead of 1");
            if (sum == 1 && pure >= 0 && others == 0) {
                return pure;
            }
            if ((rows + 1L) * classes > fractions.length) {
                check((rows + 1L) * classes < Integer.MAX_VALUE / 2, "is too large");
                fractions = Arrays.copyOf(fractions, Math.max(2 * fractions.length, 64 * classes));
            }
            System.arraycopy(parameters, p + 1, fractions, rows * classes, classes);
            return classes + rows++;
        }

        private int reserve(int count) {
            if (nodes + count > column.length) {
                check(nodes < Integer.MAX_VALUE / 4, "is too large");
                column = Arrays.copyOf(column, 2 * column.length);
                threshold = Arrays.copyOf(threshold, column.length);
                link = Arrays.copyOf(link, column.length);
            }
            nodes += count;
            return nodes - count;
        }

        private void check(boolean right, String message) {
            if (!right) {
                throw new IllegalArgumentException(where + " " + message);
            }
        }
    }
}
