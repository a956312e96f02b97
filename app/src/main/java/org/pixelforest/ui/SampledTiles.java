package org.pixelforest.ui;

import java.util.Optional;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** The tiles of an image in an order that is spread over it from the first few on, and the same every time. */
final class SampledTiles {

    /** Edge of a tile in pixels. */
    static final int EDGE = 128;

    /** Near the golden ratio of 2^32; odd and prime enough to visit every tile once, far apart. */
    private static final long STRIDE = 2_654_435_761L;

    private SampledTiles() {}

    /** The tile of a round, 0 or more; empty when all were visited. */
    static Optional<Region> tile(Shape shape, int round) {
        int rows = (shape.y() + EDGE - 1) / EDGE;
        int columns = (shape.x() + EDGE - 1) / EDGE;
        long count = Math.multiplyExact(Math.multiplyExact((long) rows * columns, shape.z()), (long) shape.t());
        if (round >= count) {
            return Optional.empty();
        }
        long step = step(count);
        long number = (count / 2 + Math.floorMod(round * step, count)) % count;
        int column = (int) (number % columns);
        int row = (int) (number / columns % rows);
        int z = (int) (number / columns / rows % shape.z());
        int t = (int) (number / columns / rows / shape.z());
        int y = row * EDGE;
        int x = column * EDGE;
        return Optional.of(new Region(t, z, y, x, z + 1, Math.min(shape.y(), y + EDGE), Math.min(shape.x(), x + EDGE)));
    }

    /** A step that has no factor in common with the count, so that no tile comes twice. */
    private static long step(long count) {
        long step = count < 4 ? 1 : Math.floorMod(STRIDE, count);
        while (step < 1 || common(step, count) != 1) {
            step++;
        }
        return step;
    }

    private static long common(long a, long b) {
        return b == 0 ? a : common(b, a % b);
    }
}
