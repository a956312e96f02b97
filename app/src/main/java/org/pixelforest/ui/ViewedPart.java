package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * What a page sees of an image.
 *
 * @param image its id
 * @param level of the pyramid that is drawn
 * @param box x0, y0, x1, y1 in pixels of the image itself
 * @param pointer x, y in pixels of the image itself; empty when it is elsewhere
 */
record ViewedPart(String image, int t, int z, int level, List<Double> box, Optional<List<Double>> pointer) {

    static final int TILE_WIDTH = 256;
    static final int TILE_HEIGHT = 128;

    /** No tile crosses a multiple of this. */
    static final int SQUARE = 512;

    /** More do not fit a screen. */
    private static final int MOST_SQUARES = 1 << 10;

    /**
     * A tile of a level.
     *
     * @param region in pixels of the level
     */
    record Tile(String image, int level, Region region) {

        /** The pixels of the image that the tile stands for. */
        Region full(Shape shape) {
            return new Region(
                    region.t(),
                    region.minZ(),
                    region.minY() << level,
                    region.minX() << level,
                    region.maxZ(),
                    (int) Math.min(shape.y(), (long) region.maxY() << level),
                    (int) Math.min(shape.x(), (long) region.maxX() << level));
        }
    }

    /** The tiles that cover what is seen, nearest to the pointer first, or to the middle. */
    List<Tile> tiles(Shape shape) {
        if (t >= shape.t() || z >= shape.z()) {
            return List.of();
        }
        int width = Pyramid.size(shape.x(), level);
        int height = Pyramid.size(shape.y(), level);
        double edge = 1L << level;
        // Smaller tiles where each stands for many pixels, so that something comes soon.
        int tileWidth = level == 0 ? TILE_WIDTH : 64;
        int tileHeight = level == 0 ? TILE_HEIGHT : 64;
        int x0 = clamp(box.get(0) / edge, width);
        int y0 = clamp(box.get(1) / edge, height);
        int x1 = clamp(Math.ceil(box.get(2) / edge), width);
        int y1 = clamp(Math.ceil(box.get(3) / edge), height);
        List<Tile> tiles = new ArrayList<>();
        for (int y = y0 / tileHeight * tileHeight; y < y1; y += tileHeight) {
            for (int x = x0 / tileWidth * tileWidth; x < x1; x += tileWidth) {
                tiles.add(new Tile(
                        image,
                        level,
                        new Region(
                                t, z, y, x, z + 1, Math.min(height, y + tileHeight), Math.min(width, x + tileWidth))));
            }
        }
        double px = pointer.map(p -> p.get(0)).orElse((box.get(0) + box.get(2)) / 2) / edge;
        double py = pointer.map(p -> p.get(1)).orElse((box.get(1) + box.get(3)) / 2) / edge;
        tiles.sort(Comparator.comparingDouble(tile -> distance(tile.region, px, py)));
        return tiles;
    }

    /** Whether some of a tile is seen. */
    boolean sees(Tile tile) {
        Region region = tile.region;
        double edge = 1L << level;
        return tile.image.equals(image)
                && tile.level == level
                && region.t() == t
                && region.minZ() == z
                && region.minX() * edge < box.get(2)
                && region.maxX() * edge > box.get(0)
                && region.minY() * edge < box.get(3)
                && region.maxY() * edge > box.get(1);
    }

    /** How many squares of {@value #SQUARE} pixels of the level cover what is seen, at most. */
    long squares() {
        double side = (double) SQUARE * (1L << level);
        double across = Math.ceil((box.get(2) - box.get(0)) / side) + 1;
        double down = Math.ceil((box.get(3) - box.get(1)) / side) + 1;
        return (long) Math.max(1, Math.min(MOST_SQUARES, across * down));
    }

    private static double distance(Region region, double x, double y) {
        double dx = Math.max(0, Math.max(region.minX() - x, x - region.maxX()));
        double dy = Math.max(0, Math.max(region.minY() - y, y - region.maxY()));
        return dx * dx + dy * dy;
    }

    private static int clamp(double value, int size) {
        return (int) Math.max(0, Math.min(size, Math.floor(value)));
    }
}
