package org.pixelforest.forest;

import java.util.Arrays;

/**
 * The trees of a forest as bit masks. The leaves of a tree are numbered from the left, 32 to a word. A test that comes out "not below" excludes
 * all leaves of its left subtree; the lowest leaf that no test excludes is the one that is reached. (The idea of QuickScorer: Lucchese et al.
 * 2015, doi:10.1145/2766462.2767733.) A word needs only the tests that exclude some leaf of it, so that the cost grows with the number of leaves
 * and hardly faster.
 */
final class BitTable {

    static final int WORD = 32; // leaves
    private static final int NO_WORDS = -1;

    private final int[] firstWord; // of each tree; NO_WORDS for trees left to walking
    private final int[] endWord;
    final int[] firstTest; // of each word, and the number of tests at the end
    int[] column = new int[1024]; // of each test
    float[] threshold = new float[1024];
    int[] mask = new int[1024]; // the leaves that stay when the test comes out "not below"
    final int[] classMask; // for each word and class: leaves of that class alone
    final int[] firstMixed; // of each word, and the number of leaves with several classes at the end
    final int[] mixedLeaf; // its bit
    final int[] mixedRow; // its row of fractions

    /** Trees of more than {@code maxLeaves} leaves, or with a threshold that is not finite, get no words. */
    BitTable(NodeTable nodes, int maxLeaves) {
        int trees = nodes.trees();
        firstWord = new int[trees];
        endWord = new int[trees];
        int[] leaves = leaves(nodes);
        int words = 0;
        int mixed = 0;
        for (int t = 0; t < trees; t++) {
            boolean fits = leaves[nodes.root[t]] <= maxLeaves && thresholdsAreFinite(nodes, t);
            firstWord[t] = fits ? words : NO_WORDS;
            words += fits ? (leaves[nodes.root[t]] + WORD - 1) / WORD : 0;
            endWord[t] = fits ? words : NO_WORDS;
            for (int node = nodes.root[t]; fits && node < nodes.end(t); node++) {
                mixed += nodes.isMixedLeaf(node) ? 1 : 0;
            }
        }
        firstTest = new int[words + 1];
        classMask = new int[words * nodes.classes];
        firstMixed = new int[words + 1];
        mixedLeaf = new int[mixed];
        mixedRow = new int[mixed];
        fill(nodes, leaves);
    }

    /** Whether the tree is held as words; if not, it must be walked. */
    boolean holds(int tree) {
        return firstWord[tree] != NO_WORDS;
    }

    int firstWord(int tree) {
        return firstWord[tree];
    }

    int endWord(int tree) {
        return endWord[tree];
    }

    /** Number of leaves below each node. Children stand behind their parents, so that one pass from the end is enough. */
    private static int[] leaves(NodeTable nodes) {
        int[] leaves = new int[nodes.column.length];
        for (int node = leaves.length - 1; node >= 0; node--) {
            leaves[node] = nodes.isLeaf(node) ? 1 : leaves[nodes.link[node]] + leaves[nodes.link[node] + 1];
        }
        return leaves;
    }

    private static boolean thresholdsAreFinite(NodeTable nodes, int tree) {
        for (int node = nodes.root[tree]; node < nodes.end(tree); node++) {
            if (!nodes.isLeaf(node) && Float.isInfinite(nodes.threshold[node])) {
                return false;
            }
        }
        return true;
    }

    private void fill(NodeTable nodes, int[] leaves) {
        int[] first = new int[leaves.length]; // leftmost leaf below each node, within its tree
        int tests = 0;
        int mixed = 0;
        for (int t = 0; t < firstWord.length; t++) {
            if (!holds(t)) {
                continue;
            }
            for (int node = nodes.root[t]; node < nodes.end(t); node++) {
                if (!nodes.isLeaf(node)) {
                    first[nodes.link[node]] = first[node];
                    first[nodes.link[node] + 1] = first[node] + leaves[nodes.link[node]];
                }
            }
            for (int word = firstWord[t]; word < endWord[t]; word++) {
                firstTest[word] = tests;
                firstMixed[word] = mixed;
                int start = (word - firstWord[t]) * WORD;
                for (int node = nodes.root[t]; node < nodes.end(t); node++) {
                    if (nodes.isLeaf(node)) {
                        if (first[node] >= start && first[node] < start + WORD) {
                            int bit = 1 << (first[node] - start);
                            if (nodes.isMixedLeaf(node)) {
                                mixedLeaf[mixed] = bit;
                                mixedRow[mixed++] = nodes.link[node] - nodes.classes;
                            } else {
                                classMask[word * nodes.classes + nodes.link[node]] |= bit;
                            }
                        }
                        continue;
                    }
                    int from = Math.max(first[node] - start, 0);
                    int to = Math.min(first[nodes.link[node] + 1] - start, WORD);
                    if (from < to) {
                        add(tests++, nodes.column[node], nodes.threshold[node], ~(-1 >>> (WORD - (to - from)) << from));
                    }
                }
            }
        }
        firstTest[firstTest.length - 1] = tests;
        firstMixed[firstMixed.length - 1] = mixed;
    }

    private void add(int test, int testColumn, float testThreshold, int testMask) {
        if (test == column.length) {
            column = Arrays.copyOf(column, 2 * test);
            threshold = Arrays.copyOf(threshold, 2 * test);
            mask = Arrays.copyOf(mask, 2 * test);
        }
        column[test] = testColumn;
        threshold[test] = testThreshold;
        mask[test] = testMask;
    }
}
