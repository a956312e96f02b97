package org.pixelforest.forest;

/** Walks from root to leaf, tree after tree over a short run of pixels. Needs nothing of the machine and takes trees of any size. */
final class WalkKernel implements ForestKernel {

    private static final int RUN = 256; // pixels; their sums stay in the first cache

    private final NodeTable nodes;
    private final VoteSum sum;
    private final int[] exit = new int[RUN];

    WalkKernel(NodeTable nodes) {
        this.nodes = nodes;
        this.sum = new VoteSum(nodes, RUN);
    }

    @Override
    public void predict(float[] planes, int stride, int first, int n, float[] out, int outStride) {
        for (int from = 0; from < n; from += RUN) {
            int count = Math.min(RUN, n - from);
            sum.start(count);
            for (int forest = 0; forest < nodes.forests(); forest++) {
                for (int t = nodes.forestStart[forest]; t < nodes.forestStart[forest + 1]; t++) {
                    walk(nodes.root[t], planes, stride, first + from, count);
                    sum.add(forest, exit, count);
                }
                sum.finish(forest, count);
            }
            sum.write(out, from, outStride, count);
        }
    }

    private void walk(int root, float[] planes, int stride, int at, int count) {
        int[] column = nodes.column;
        float[] threshold = nodes.threshold;
        int[] link = nodes.link;
        for (int i = 0; i < count; i++) {
            int node = root;
            int c;
            while ((c = column[node]) >= 0) {
                node = planes[c * stride + at + i] < threshold[node] ? link[node] : link[node] + 1;
            }
            exit[i] = link[node];
        }
    }
}
