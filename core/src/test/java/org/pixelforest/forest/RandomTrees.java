package org.pixelforest.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Forests of random shape, and rows that fall onto, beside and between their thresholds. */
final class RandomTrees {

    private final Random random;
    final int features;
    final int classes;
    private final double mixedLeaves; // share of leaves with several classes
    private final List<Integer> topology = new ArrayList<>();
    private final List<Double> parameters = new ArrayList<>();
    final List<Double> thresholds = new ArrayList<>();

    RandomTrees(long seed, int features, int classes, double mixedLeaves) {
        this.random = new Random(seed);
        this.features = features;
        this.classes = classes;
        this.mixedLeaves = mixedLeaves;
    }

    /** Sub-forests of the given sizes; each tree has 1 to maxLeaves leaves. */
    List<List<VigraTree>> forests(int maxLeaves, int... sizes) {
        List<List<VigraTree>> forests = new ArrayList<>();
        for (int size : sizes) {
            List<VigraTree> forest = new ArrayList<>();
            for (int t = 0; t < size; t++) {
                forest.add(tree(1 + random.nextInt(maxLeaves)));
            }
            forests.add(forest);
        }
        return forests;
    }

    VigraTree tree(int leaves) {
        topology.clear();
        parameters.clear();
        topology.add(features);
        topology.add(classes);
        grow(leaves);
        return new VigraTree(
                topology.stream().mapToInt(Integer::intValue).toArray(),
                parameters.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private int grow(int leaves) {
        int at = topology.size();
        int p = parameters.size();
        if (leaves == 1) {
            topology.add(0x40000000);
            topology.add(p);
            leaf();
            return at;
        }
        double t = threshold();
        thresholds.add(t);
        topology.addAll(List.of(0, p, 0, 0, random.nextInt(features)));
        parameters.add(1.0);
        parameters.add(t);
        int left = random.nextInt(4) == 0 ? 1 + random.nextInt(leaves - 1) : Math.max(1, leaves / 2);
        topology.set(at + 3, grow(leaves - left)); // right first, as vigra does
        topology.set(at + 2, grow(left));
        return at;
    }

    private double threshold() {
        switch (random.nextInt(12)) {
            case 0:
                return 0;
            case 1:
                return -0.0;
            case 2:
                return random.nextGaussian() * 1e-300;
            case 3:
                return (float) random.nextGaussian();
            case 4:
                return random.nextInt(9) - 4;
            case 5:
                return random.nextInt(20) == 0 ? 1e300 : Float.MIN_VALUE / 2.0;
            default:
                return random.nextGaussian();
        }
    }

    private void leaf() {
        int samples = 1 + random.nextInt(50);
        int[] counts = new int[classes];
        if (random.nextDouble() < mixedLeaves) {
            for (int i = 0; i < samples; i++) {
                counts[random.nextInt(classes)]++;
            }
        } else {
            counts[random.nextInt(classes)] = samples;
        }
        parameters.add((double) samples);
        for (int count : counts) {
            parameters.add(count / (double) samples);
        }
    }

    /** Rows of all kinds: random, on thresholds, a step beside them, both zeros, infinite; NaN if wanted. */
    float[][] rows(int n, boolean withNaN) {
        float[][] rows = new float[n][features];
        for (float[] row : rows) {
            for (int f = 0; f < features; f++) {
                row[f] = value();
            }
            if (withNaN && random.nextInt(10) == 0) {
                row[random.nextInt(features)] = Float.NaN;
            }
        }
        return rows;
    }

    private float value() {
        float t = thresholds.isEmpty()
                ? 0
                : thresholds.get(random.nextInt(thresholds.size())).floatValue();
        switch (random.nextInt(12)) {
            case 0:
                return t;
            case 1:
                return Math.nextUp(t);
            case 2:
                return Math.nextDown(t);
            case 3:
                return random.nextBoolean() ? 0f : -0f;
            case 4:
                return random.nextInt(5) > 0
                        ? Float.MIN_VALUE
                        : random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            case 5:
                return random.nextInt(9) - 4;
            case 6:
                return (random.nextBoolean() ? 1 : -1) * Float.MAX_VALUE;
            default:
                return (float) random.nextGaussian();
        }
    }

    /** The rows as planes: feature f of row i at [f * stride + first + i]; garbage elsewhere. */
    static float[] planes(float[][] rows, int stride, int first) {
        int features = rows[0].length;
        float[] planes = new float[features * stride];
        Arrays.fill(planes, Float.NaN);
        for (int f = 0; f < features; f++) {
            for (int i = 0; i < rows.length; i++) {
                planes[f * stride + first + i] = rows[i][f];
            }
        }
        return planes;
    }
}
