package org.pixelforest.label;

import java.util.Arrays;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** All labels of an image as runs of equal class along x, in order of t, z, y, x. */
final class LabelRuns {

    private final Shape shape;
    private int size;

    /** Plane t * depth + z and row of each run in one number, so that order and search need one comparison. */
    private long[] rows = new long[64];

    private int[] minX = new int[64];
    private int[] maxX = new int[64];
    private byte[] classes = new byte[64];

    private LabelRuns(Shape shape) {
        this.shape = shape;
    }

    static LabelRuns of(Labels labels) {
        LabelRuns runs = new LabelRuns(labels.shape());
        TileGrid grid = new TileGrid(labels.shape());
        long[] keys = labels.keys();
        for (int first = 0; first < keys.length; ) {
            int end = first;
            while (end < keys.length && keys[end] / grid.columns() == keys[first] / grid.columns()) {
                end++;
            }
            runs.addRowOfTiles(grid, labels, first, end);
            first = end;
        }
        return runs;
    }

    private void addRowOfTiles(TileGrid grid, Labels labels, int first, int end) {
        long[] keys = labels.keys();
        for (int row = 0; row < Labels.TILE; row++) {
            long place = row(grid.t(keys[first]), grid.z(keys[first]), grid.minY(keys[first]) + row);
            for (int i = first; i < end; i++) {
                byte[] tile = labels.tiles()[i];
                int x = grid.minX(keys[i]);
                for (int p = row * Labels.TILE; p < (row + 1) * Labels.TILE; p++, x++) {
                    if (tile[p] != 0) {
                        addPixel(place, x, tile[p]);
                    }
                }
            }
        }
    }

    private void addPixel(long place, int x, byte cls) {
        int last = size - 1;
        if (size > 0 && rows[last] == place && maxX[last] == x && classes[last] == cls) {
            maxX[last]++;
            return;
        }
        if (size == rows.length) {
            int larger = Math.addExact(size, size / 2 + 1);
            rows = Arrays.copyOf(rows, larger);
            minX = Arrays.copyOf(minX, larger);
            maxX = Arrays.copyOf(maxX, larger);
            classes = Arrays.copyOf(classes, larger);
        }
        rows[size] = place;
        minX[size] = x;
        maxX[size] = x + 1;
        classes[size++] = cls;
    }

    private long row(int t, int z, int y) {
        return ((long) t * shape.z() + z) * shape.y() + y;
    }

    int size() {
        return size;
    }

    int minX(int i) {
        return minX[i];
    }

    int maxX(int i) {
        return maxX[i];
    }

    int cls(int i) {
        return classes[i];
    }

    Region region(int i) {
        int y = (int) (rows[i] % shape.y());
        long plane = rows[i] / shape.y();
        int z = (int) (plane % shape.z());
        return new Region((int) (plane / shape.z()), z, y, minX[i], z + 1, y + 1, maxX[i]);
    }

    /** Whether run {@code j} can touch neither run {@code i} nor any later one. */
    boolean before(int j, int i) {
        return rows[j] < rows[i] - 1 || rows[j] == rows[i] - 1 && maxX[j] < minX[i];
    }

    /** Whether run {@code j} lies in the row above run {@code i} and does not begin beyond its reach. */
    boolean above(int j, int i) {
        return rows[j] == rows[i] - 1 && minX[j] <= maxX[i];
    }

    /** Whether two runs in neighbouring rows, of which {@code j} is the upper, are of one class and plane and touch. */
    boolean touch(int j, int i) {
        return classes[j] == classes[i] && rows[i] % shape.y() != 0 && minX[j] <= maxX[i] && minX[i] <= maxX[j];
    }

    /** The run of a pixel, -1 when it has none. */
    int at(int t, int z, int y, int x) {
        long place = row(t, z, y);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (rows[middle] < place || rows[middle] == place && maxX[middle] <= x) {
                low = middle + 1;
            } else if (rows[middle] > place || minX[middle] > x) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }
}
