package org.pixelforest.forest;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Evaluates bit masks for four vectors of pixels at a time, without branches or gathers; trees too large for that are walked. The sign of f - T
 * tells f &lt; T (see {@link NodeTable}).
 */
final class VectorForestKernel implements ForestKernel {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int N = F.length();
    private static final int GROUP = 4 * N; // pixels
    private static final int ONE = Float.floatToRawIntBits(1f);

    private final NodeTable nodes;
    private final BitTable bits;
    private final boolean[] mixed; // sub-forests with a leaf of several classes
    private final int[] offset; // of the plane of each test, for the stride at work
    private int offsetStride = -1;
    private final int[] votes; // of the sub-forest at work, class after class: counts, or floats as bits in mixed ones
    private final float[] shares;
    private final float[] result;
    private final int[] open = new int[GROUP]; // -1 where a tree of several words has not yet reached its leaf
    private final int[] exit = new int[GROUP]; // the bit of the leaf, 0 if it is in another word
    private final int[] addend; // what a mixed tree adds, class after class, as bits of floats
    private final float[] tail; // the planes of the last, incomplete group
    private final int[] used;

    VectorForestKernel(NodeTable nodes, int leavesPerLane) {
        this.nodes = nodes;
        bits = new BitTable(nodes, leavesPerLane * N);
        mixed = new boolean[nodes.forests()];
        for (int forest = 0; forest < mixed.length; forest++) {
            mixed[forest] = nodes.isMixed(forest);
        }
        offset = new int[bits.column.length];
        votes = new int[nodes.classes * GROUP];
        shares = new float[nodes.classes * GROUP];
        result = new float[nodes.classes * GROUP];
        addend = new int[nodes.classes * GROUP];
        tail = new float[nodes.features * GROUP];
        used = Arrays.stream(nodes.column)
                .filter(c -> c >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    @Override
    public void predict(float[] planes, int stride, int first, int n, float[] out, int outStride) {
        int whole = n - n % GROUP;
        for (int i = 0; i < whole; i += GROUP) {
            group(planes, stride, first + i);
            write(out, outStride, i, GROUP);
        }
        if (whole < n) {
            for (int c : used) {
                System.arraycopy(planes, c * stride + first + whole, tail, c * GROUP, n - whole);
            }
            group(tail, GROUP, 0);
            write(out, outStride, whole, n - whole);
        }
    }

    private void write(float[] out, int outStride, int at, int count) {
        for (int k = 0; k < nodes.classes; k++) {
            System.arraycopy(result, k * GROUP, out, k * outStride + at, count);
        }
    }

    private void group(float[] planes, int stride, int at) {
        setOffsets(stride);
        Arrays.fill(result, 0f);
        for (int forest = 0; forest < mixed.length; forest++) {
            if (mixed[forest]) {
                mixedForest(forest, planes, stride, at);
            } else {
                pureForest(forest, planes, stride, at);
            }
        }
        scale(result, nodes.trees());
    }

    private void setOffsets(int stride) {
        if (stride != offsetStride) {
            for (int i = 0; i < offset.length; i++) {
                offset[i] = bits.column[i] * stride;
            }
            offsetStride = stride;
        }
    }

    private void pureForest(int forest, float[] planes, int stride, int at) {
        int classes = nodes.classes;
        Arrays.fill(votes, 0);
        for (int t = nodes.forestStart[forest]; t < nodes.forestStart[forest + 1]; t++) {
            if (!bits.holds(t)) {
                walk(nodes.root[t], planes, stride, at);
                for (int i = 0; i < GROUP; i++) {
                    votes[exit[i] * GROUP + i]++;
                }
                continue;
            }
            int word = bits.firstWord(t);
            int end = bits.endWord(t);
            if (word + 1 < end) {
                Arrays.fill(open, -1);
            }
            for (boolean only = word + 1 == end; word < end; word++) {
                test(word, planes, at);
                if (only) {
                    lowest(exit);
                } else {
                    close(open, exit);
                }
                for (int k = 0; k < classes - 1; k++) {
                    vote(exit, bits.classMask[word * classes + k], votes, k * GROUP);
                }
            }
        }
        lastClass(forest);
        addShares(votes, nodes.treesOf(forest), result);
    }

    /** Whoever did not vote for another class voted for the last one; walked trees have told so already. */
    private void lastClass(int forest) {
        int last = (nodes.classes - 1) * GROUP;
        Arrays.fill(votes, last, last + GROUP, nodes.treesOf(forest));
        for (int k = 0; k < last; k += GROUP) {
            for (int i = 0; i < GROUP; i++) {
                votes[last + i] -= votes[k + i];
            }
        }
    }

    private void mixedForest(int forest, float[] planes, int stride, int at) {
        int classes = nodes.classes;
        Arrays.fill(shares, 0f);
        for (int t = nodes.forestStart[forest]; t < nodes.forestStart[forest + 1]; t++) {
            if (!bits.holds(t)) {
                walk(nodes.root[t], planes, stride, at);
                addWalked();
                continue;
            }
            Arrays.fill(open, -1);
            Arrays.fill(addend, 0);
            for (int word = bits.firstWord(t); word < bits.endWord(t); word++) {
                test(word, planes, at);
                close(open, exit);
                for (int k = 0; k < classes; k++) {
                    choose(exit, bits.classMask[word * classes + k], ONE, addend, k * GROUP);
                }
                for (int m = bits.firstMixed[word]; m < bits.firstMixed[word + 1]; m++) {
                    for (int k = 0; k < classes; k++) {
                        float fraction = (float) nodes.fractions[bits.mixedRow[m] * classes + k];
                        choose(exit, bits.mixedLeaf[m], Float.floatToRawIntBits(fraction), addend, k * GROUP);
                    }
                }
            }
            addBits(addend, shares);
        }
        addShares(shares, nodes.treesOf(forest), result);
    }

    private void walk(int root, float[] planes, int stride, int at) {
        for (int i = 0; i < GROUP; i++) {
            int node = root;
            int c;
            while ((c = nodes.column[node]) >= 0) {
                node = planes[c * stride + at + i] < nodes.threshold[node] ? nodes.link[node] : nodes.link[node] + 1;
            }
            exit[i] = nodes.link[node];
        }
    }

    private void addWalked() {
        int classes = nodes.classes;
        for (int i = 0; i < GROUP; i++) {
            if (exit[i] < classes) {
                shares[exit[i] * GROUP + i]++;
                continue;
            }
            for (int k = 0; k < classes; k++) {
                shares[k * GROUP + i] += (float) nodes.fractions[(exit[i] - classes) * classes + k];
            }
        }
    }

    private void test(int word, float[] planes, int at) {
        remaining(bits.firstTest[word], bits.firstTest[word + 1], offset, bits.threshold, bits.mask, planes, at, exit);
    }

    /**
     * The kernel proper: the leaves of one word that no test excludes.
     *
     * <p>NB: it ends with the loop. Vectors that are handed on to more code than the compiler is willing to inline become objects, two or
     * more a tree and group.
     */
    private static void remaining(
            int from, int to, int[] offset, float[] threshold, int[] mask, float[] planes, int at, int[] leaves) {
        IntVector v0 = IntVector.broadcast(I, -1);
        IntVector v1 = v0;
        IntVector v2 = v0;
        IntVector v3 = v0;
        for (int j = from; j < to; j++) {
            FloatVector t = FloatVector.broadcast(F, threshold[j]);
            IntVector m = IntVector.broadcast(I, mask[j]);
            int p = offset[j] + at;
            v0 = exclude(v0, planes, p, t, m);
            v1 = exclude(v1, planes, p + N, t, m);
            v2 = exclude(v2, planes, p + 2 * N, t, m);
            v3 = exclude(v3, planes, p + 3 * N, t, m);
        }
        store(v0, leaves, 0);
        store(v1, leaves, N);
        store(v2, leaves, 2 * N);
        store(v3, leaves, 3 * N);
    }

    private static IntVector exclude(IntVector v, float[] planes, int p, FloatVector threshold, IntVector mask) {
        return FloatVector.fromArray(F, planes, p)
                .sub(threshold)
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, 31)
                .or(mask)
                .and(v);
    }

    private static void vote(IntVector exit, int leaves, int[] votes, int at) {
        IntVector x = exit.and(leaves);
        IntVector.fromArray(I, votes, at)
                .add(x.or(x.neg()).lanewise(VectorOperators.LSHR, 31))
                .intoArray(votes, at);
    }

    /** NB: {@code v} is only an argument, since the class of a vector carried through a loop is known from profiles alone. */
    private static void store(IntVector v, int[] a, int at) {
        IntVector.zero(I).or(v).intoArray(a, at);
    }

    /** Of the remaining leaves of a tree of one word, the lowest is the exit. */
    private static void lowest(int[] exit) {
        for (int i = 0; i < GROUP; i += N) {
            IntVector v = IntVector.fromArray(I, exit, i);
            v.and(v.neg()).intoArray(exit, i);
        }
    }

    /** Of the remaining leaves of one word, the lowest is the exit where no earlier word had it. */
    private static void close(int[] open, int[] exit) {
        for (int i = 0; i < GROUP; i += N) {
            IntVector o = IntVector.fromArray(I, open, i);
            IntVector v = IntVector.fromArray(I, exit, i);
            IntVector negative = v.neg();
            v.and(negative).and(o).intoArray(exit, i);
            o.and(negative.or(v).lanewise(VectorOperators.ASHR, 31).not()).intoArray(open, i);
        }
    }

    private static void vote(int[] exit, int leaves, int[] votes, int at) {
        if (leaves != 0) {
            for (int i = 0; i < GROUP; i += N) {
                vote(IntVector.fromArray(I, exit, i), leaves, votes, at + i);
            }
        }
    }

    /** Sets {@code value} where the exit is one of the leaves. */
    private static void choose(int[] exit, int leaves, int value, int[] chosen, int at) {
        if (leaves != 0) {
            for (int i = 0; i < GROUP; i += N) {
                IntVector x = IntVector.fromArray(I, exit, i).and(leaves);
                x.or(x.neg())
                        .lanewise(VectorOperators.ASHR, 31)
                        .and(value)
                        .or(IntVector.fromArray(I, chosen, at + i))
                        .intoArray(chosen, at + i);
            }
        }
    }

    private static void addBits(int[] addend, float[] sum) {
        for (int i = 0; i < sum.length; i += N) {
            FloatVector.fromArray(F, sum, i)
                    .add(IntVector.fromArray(I, addend, i).reinterpretAsFloats())
                    .intoArray(sum, i);
        }
    }

    private static void addShares(int[] counts, int trees, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i] / (float) trees * trees;
        }
    }

    private static void addShares(float[] shares, int trees, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += shares[i] / trees * trees;
        }
    }

    private static void scale(float[] sum, int trees) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= trees;
        }
    }
}
