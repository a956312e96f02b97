package org.pixelforest.forest;

import java.util.Arrays;

/**
 * One decision tree, exactly as the two arrays that vigra stores it in.
 *
 * <p>{@code topology[0]} is the number of features, {@code topology[1]} the number of classes K; the root stands at index 2. A threshold node is
 * {@code 0, p, left, right, column} with the threshold at {@code parameters[p + 1]}; a leaf is {@code 0x40000000, p} with the number of samples
 * at {@code parameters[p]} and the K class fractions behind it. All addresses are indices into the two arrays.
 *
 * <p>The arrays are copied in and out. Nothing is checked here: {@link RandomForest#of} does that.
 */
public final class VigraTree {

    static final int ROOT = 2;
    static final int LEAF_BIT = 0x40000000;
    static final int THRESHOLD_NODE = 0;

    private final int[] topology;
    private final double[] parameters;

    public VigraTree(int[] topology, double[] parameters) {
        this.topology = topology.clone();
        this.parameters = parameters.clone();
    }

    private VigraTree(int[] topology, double[] parameters, boolean owned) {
        this.topology = topology;
        this.parameters = parameters;
    }

    /** Without a copy: the caller gives the arrays away. */
    static VigraTree owning(int[] topology, double[] parameters) {
        return new VigraTree(topology, parameters, true);
    }

    public int[] topology() {
        return topology.clone();
    }

    public double[] parameters() {
        return parameters.clone();
    }

    /** Not a copy: for reading only. */
    int[] rawTopology() {
        return topology;
    }

    /** Not a copy: for reading only. */
    double[] rawParameters() {
        return parameters;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VigraTree
                && Arrays.equals(topology, ((VigraTree) other).topology)
                && Arrays.equals(parameters, ((VigraTree) other).parameters);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(topology) + Arrays.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "VigraTree[" + topology.length + " integers, " + parameters.length + " numbers]";
    }
}
