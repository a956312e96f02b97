package org.pixelforest.label;

import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Numbers the tiles of an image: by t, z, row of tiles, column of tiles. */
record TileGrid(Shape shape, int rows, int columns) {

    private static final int TILE = Labels.TILE;

    TileGrid(Shape shape) {
        this(shape, (int) ((shape.y() + (long) TILE - 1) / TILE), (int) ((shape.x() + (long) TILE - 1) / TILE));
    }

    /** Refuses images whose tile numbers do not fit a long. */
    static void check(Shape shape) {
        TileGrid grid = new TileGrid(shape);
        try {
            Math.multiplyExact(Math.multiplyExact((long) shape.t() * shape.z(), grid.rows), 2L * grid.columns);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("an image of " + shape + " is too large to be labelled");
        }
    }

    long tiles() {
        return (long) shape.t() * shape.z() * rows * columns;
    }

    long key(int t, int z, int row, int column) {
        return (((long) t * shape.z() + z) * rows + row) * columns + column;
    }

    int t(long key) {
        return (int) (key / columns / rows / shape.z());
    }

    int z(long key) {
        return (int) (key / columns / rows % shape.z());
    }

    int minY(long key) {
        return (int) (key / columns % rows) * TILE;
    }

    int minX(long key) {
        return (int) (key % columns) * TILE;
    }

    void require(Region region) {
        if (region.t() >= shape.t()
                || region.maxZ() > shape.z()
                || region.maxY() > shape.y()
                || region.maxX() > shape.x()) {
            throw new IllegalArgumentException(region + " leaves the image " + shape);
        }
    }

    /** A run of pixels of one row that lie in one tile. */
    @FunctionalInterface
    interface SpanConsumer {
        void accept(long key, int inTile, int inRegion, int length);
    }

    /** Cuts a region into runs, in its own order z, y, x. */
    void spans(Region region, SpanConsumer consumer) {
        int inRegion = 0;
        for (int z = region.minZ(); z < region.maxZ(); z++) {
            for (int y = region.minY(); y < region.maxY(); y++) {
                for (int x = region.minX(); x < region.maxX(); ) {
                    int length = Math.min(TILE - x % TILE, region.maxX() - x);
                    consumer.accept(
                            key(region.t(), z, y / TILE, x / TILE), y % TILE * TILE + x % TILE, inRegion, length);
                    inRegion += length;
                    x += length;
                }
            }
        }
    }

    /** The smallest region that holds all labels of a tile that is not empty. */
    Region tight(long key, byte[] tile) {
        int minY = TILE;
        int minX = TILE;
        int maxY = 0;
        int maxX = 0;
        for (int p = 0; p < tile.length; p++) {
            if (tile[p] != 0) {
                minY = Math.min(minY, p / TILE);
                maxY = p / TILE + 1;
                minX = Math.min(minX, p % TILE);
                maxX = Math.max(maxX, p % TILE + 1);
            }
        }
        int y = minY(key);
        int x = minX(key);
        return new Region(t(key), z(key), y + minY, x + minX, z(key) + 1, y + maxY, x + maxX);
    }
}
