package org.pixelforest.label;

import java.util.Arrays;
import org.pixelforest.image.Region;

/**
 * Labels cut into connected regions: pixels of one class in one plane that touch, corners included. A region stands for what
 * was painted as one piece; cross-validation keeps its pixels together, and a list of them lets people find their strokes.
 *
 * <p>Regions are numbered from 0 in order of their first pixel (t, z, y, x). Memory follows the number of painted runs.
 */
public final class ConnectedLabels {

    private final LabelRuns runs;

    /** Number of the region of each run. */
    private final int[] regionOfRun;

    /** A run of each region. */
    private final int[] firstRun;

    private final long[] pixels;
    private final Region[] bounds;

    private ConnectedLabels(LabelRuns runs, int[] root) {
        this.runs = runs;
        regionOfRun = new int[runs.size()];
        int regions = 0;
        for (int i = 0; i < runs.size(); i++) {
            regionOfRun[i] = root[i] == i ? regions++ : regionOfRun[root[i]];
        }
        firstRun = new int[regions];
        pixels = new long[regions];
        bounds = new Region[regions];
        for (int i = runs.size() - 1; i >= 0; i--) {
            int region = regionOfRun[i];
            firstRun[region] = i;
            pixels[region] += runs.maxX(i) - runs.minX(i);
            bounds[region] = union(bounds[region], runs.region(i));
        }
    }

    private static Region union(Region a, Region b) {
        return a == null
                ? b
                : new Region(
                        b.t(),
                        b.minZ(),
                        Math.min(a.minY(), b.minY()),
                        Math.min(a.minX(), b.minX()),
                        b.maxZ(),
                        Math.max(a.maxY(), b.maxY()),
                        Math.max(a.maxX(), b.maxX()));
    }

    /** Finds the regions in one pass over the runs of the labels. */
    public static ConnectedLabels of(Labels labels) {
        LabelRuns runs = LabelRuns.of(labels);
        int[] root = new int[runs.size()];
        Arrays.setAll(root, i -> i);
        int above = 0;
        for (int i = 0; i < runs.size(); i++) {
            while (runs.before(above, i)) {
                above++;
            }
            for (int j = above; j < i && runs.above(j, i); j++) {
                if (runs.touch(j, i)) {
                    join(root, j, i);
                }
            }
        }
        for (int i = 0; i < root.length; i++) {
            root[i] = root[root[i]];
        }
        return new ConnectedLabels(runs, root);
    }

    /** Makes the earlier of two roots the root of both, so that a root is always the first run of its region. */
    private static void join(int[] root, int i, int j) {
        int a = find(root, i);
        int b = find(root, j);
        root[Math.max(a, b)] = Math.min(a, b);
    }

    private static int find(int[] root, int i) {
        while (root[i] != i) {
            root[i] = root[root[i]];
            i = root[i];
        }
        return i;
    }

    /** How many regions there are. */
    public int size() {
        return firstRun.length;
    }

    /** Class number of a region. */
    public int cls(int region) {
        return runs.cls(firstRun[region]);
    }

    /** How many pixels a region has. */
    public long pixels(int region) {
        return pixels[region];
    }

    /** The smallest box around a region. */
    public Region bounds(int region) {
        return bounds[region];
    }

    /** The region of a pixel, -1 where nothing is painted. */
    public int at(int t, int z, int y, int x) {
        int run = runs.at(t, z, y, x);
        return run < 0 ? -1 : regionOfRun[run];
    }
}
