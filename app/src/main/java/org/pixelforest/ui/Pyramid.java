package org.pixelforest.ui;

import java.io.IOException;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.ui.RecentTiles.Place;
import org.pixelforest.ui.RecentTiles.Tile;

/**
 * An image at reduced sizes: a pixel of level L is the mean of the 2^L x 2^L pixels it stands for, fewer at the right and lower
 * edge. Tiles are made when they are asked for, from those of the level below, and kept as long as they are recent; of those that
 * others are made from, only the ones that took long, or a single coarse tile of a large image would drive out all others.
 * Safe for several threads.
 */
final class Pyramid {

    /** Edge of a tile in pixels of its level. */
    static final int TILE = 256;

    /** Beyond this, a level is one pixel for every image that fits a file. */
    static final int MAX_LEVEL = 20;

    /** From this level on a tile is made of so many of the image that it is kept in any case. */
    private static final int LONG = 4;

    private final ImageSource source;
    private final RecentTiles tiles;

    Pyramid(ImageSource source, RecentTiles tiles) {
        this.source = source;
        this.tiles = tiles;
    }

    /** Lets go of what is kept of this image. */
    void forget() {
        tiles.forget(this);
    }

    /** Size along x or y of a level. */
    static int size(int full, int level) {
        return (int) ((full + (1L << level) - 1) >> level);
    }

    /**
     * Means of the given channels in a box of a level, plane after plane, row by row.
     *
     * @param region rows and columns in pixels of the level, one plane of z
     */
    float[] read(int[] channels, int level, Region region) throws IOException {
        int width = region.width();
        int height = region.height();
        float[] out = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels.length)];
        for (int row = region.minY() / TILE; row * TILE < region.maxY(); row++) {
            for (int column = region.minX() / TILE; column * TILE < region.maxX(); column++) {
                Tile tile = tile(new Place(region.t(), region.minZ(), level, row, column), true);
                int y0 = Math.max(region.minY(), row * TILE);
                int y1 = Math.min(region.maxY(), row * TILE + tile.height());
                int x0 = Math.max(region.minX(), column * TILE);
                int x1 = Math.min(region.maxX(), column * TILE + tile.width());
                for (int c = 0; c < channels.length; c++) {
                    for (int y = y0; y < y1; y++) {
                        int from = (channels[c] * tile.height() + y - row * TILE) * tile.width() - column * TILE;
                        int to = (c * height + y - region.minY()) * width - region.minX();
                        for (int x = x0; x < x1; x++) {
                            out[to + x] =
                                    level == 0 ? tile.sums()[from + x] : tile.sums()[from + x] / count(level, y, x);
                        }
                    }
                }
            }
        }
        return out;
    }

    /** How many pixels of the image a pixel of a level stands for. */
    private long count(int level, int y, int x) {
        long edge = 1L << level;
        long rows = Math.min(edge, source.shape().y() - y * edge);
        long columns = Math.min(edge, source.shape().x() - x * edge);
        return rows * columns;
    }

    private Tile tile(Place place, boolean asked) throws IOException {
        Tile kept = tiles.find(this, place);
        if (kept != null) {
            return kept;
        }
        Tile made = place.level() == 0 ? full(place) : reduced(place);
        if (asked || place.level() >= LONG) {
            tiles.keep(this, place, made);
        }
        return made;
    }

    private Tile full(Place place) throws IOException {
        Shape shape = source.shape();
        Region region = new Region(
                place.t(),
                place.z(),
                place.row() * TILE,
                place.column() * TILE,
                place.z() + 1,
                Math.min(shape.y(), (place.row() + 1) * TILE),
                Math.min(shape.x(), (place.column() + 1) * TILE));
        Block block = source.read(region);
        return new Tile(region.width(), region.height(), block.samples());
    }

    private Tile reduced(Place place) throws IOException {
        Shape shape = source.shape();
        int levelWidth = size(shape.x(), place.level());
        int levelHeight = size(shape.y(), place.level());
        int width = Math.min(TILE, levelWidth - place.column() * TILE);
        int height = Math.min(TILE, levelHeight - place.row() * TILE);
        float[] sums = new float[Math.multiplyExact(shape.c(), width * height)];
        for (int dy = 0; dy < 2; dy++) {
            for (int dx = 0; dx < 2; dx++) {
                int row = 2 * place.row() + dy;
                int column = 2 * place.column() + dx;
                if ((long) row * TILE >= size(shape.y(), place.level() - 1)
                        || (long) column * TILE >= size(shape.x(), place.level() - 1)) {
                    continue;
                }
                Tile part = tile(new Place(place.t(), place.z(), place.level() - 1, row, column), false);
                for (int c = 0; c < shape.c(); c++) {
                    for (int y = 0; y < part.height(); y++) {
                        int from = (c * part.height() + y) * part.width();
                        int to = (c * height + (dy * TILE + y) / 2) * width + dx * TILE / 2;
                        for (int x = 0; x < part.width(); x++) {
                            sums[to + x / 2] += part.sums()[from + x];
                        }
                    }
                }
            }
        }
        return new Tile(width, height, sums);
    }
}
