package org.pixelforest.forest;

import java.util.List;

/**
 * How a forest is trained. The same samples and options give the same forest, whatever the machine and the number of threads.
 *
 * @param trees number of trees of all sub-forests, 1 or more
 * @param forests number of sub-forests, 1..trees; the first ones get one tree more where the trees do not divide evenly
 * @param seed any number
 * @param balance draw each class equally often into the samples of a tree, instead of every sample
 * @param featuresPerNode columns tried at a split, 0 for the rounded square root of their number
 * @param columns the columns that may be used, ascending; empty for all. The forest still counts the others, so that it fits the same features
 */
public record ForestOptions(
        int trees, int forests, long seed, boolean balance, int featuresPerNode, List<Integer> columns) {

    private static final int MAX_TREES = 100_000;

    /** As ilastik trains on a machine with eight processors, but with a fixed seed. */
    public static final ForestOptions ILASTIK = new ForestOptions(100, 8, 0, false, 0, List.of());

    public ForestOptions {
        check(
                trees >= 1 && trees <= MAX_TREES,
                "the number of trees must be 1 .. " + MAX_TREES + " (got " + trees + ")");
        check(
                forests >= 1 && forests <= trees,
                "the number of forests must be 1 .. " + trees + " (got " + forests + ")");
        check(featuresPerNode >= 0, "the features per node must not be negative (got " + featuresPerNode + ")");
        columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            check(column >= 0 && (i == 0 || column > columns.get(i - 1)), "columns must be ascending, from 0 or more");
        }
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    public ForestOptions withSeed(long newSeed) {
        return new ForestOptions(trees, forests, newSeed, balance, featuresPerNode, columns);
    }

    /** So many trees, in as many of the sub-forests as there are trees for. */
    public ForestOptions withTrees(int newTrees) {
        return new ForestOptions(newTrees, Math.min(forests, newTrees), seed, balance, featuresPerNode, columns);
    }

    public ForestOptions withBalance(boolean newBalance) {
        return new ForestOptions(trees, forests, seed, newBalance, featuresPerNode, columns);
    }

    public ForestOptions withColumns(List<Integer> newColumns) {
        return new ForestOptions(trees, forests, seed, balance, featuresPerNode, newColumns);
    }

    /** Number of trees of a sub-forest. */
    int treesOf(int forest) {
        return trees / forests + (forest < trees % forests ? 1 : 0);
    }
}
