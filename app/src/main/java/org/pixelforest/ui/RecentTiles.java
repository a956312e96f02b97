package org.pixelforest.ui;

import java.util.LinkedHashMap;
import java.util.Map;

/** The tiles of pyramids that were used last, up to a number of bytes over all pyramids together. Safe for several threads. */
final class RecentTiles {

    /** Where a tile is in its image. */
    record Place(int t, int z, int level, int row, int column) {}

    /** Sums over the pixels below, planar: {@code (c * height + y) * width + x}. */
    record Tile(int width, int height, float[] sums) {

        private long bytes() {
            return 4L * sums.length;
        }
    }

    // Compared by identity: two images of one file are two pyramids.
    private record Key(Pyramid pyramid, Place place) {}

    private final long bound;
    private final Map<Key, Tile> tiles = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Keeps up to {@code bound} bytes, or one tile where that is larger. */
    RecentTiles(long bound) {
        this.bound = bound;
    }

    /** An eighth of the heap, between 64 and 512 MiB. */
    static RecentTiles ofHeap() {
        return new RecentTiles(
                Math.max(64L << 20, Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 8)));
    }

    /** A tile, or null. */
    synchronized Tile find(Pyramid pyramid, Place place) {
        return tiles.get(new Key(pyramid, place));
    }

    synchronized void keep(Pyramid pyramid, Place place, Tile tile) {
        Tile replaced = tiles.put(new Key(pyramid, place), tile);
        bytes += tile.bytes() - (replaced == null ? 0 : replaced.bytes());
        var oldest = tiles.values().iterator();
        while (bytes > bound && tiles.size() > 1) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Lets go of the tiles of a pyramid that is used no more. */
    synchronized void forget(Pyramid pyramid) {
        tiles.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().pyramid == pyramid;
            bytes -= gone ? entry.getValue().bytes() : 0;
            return gone;
        });
    }

    /** Bytes of the tiles that are kept. */
    synchronized long bytes() {
        return bytes;
    }
}
