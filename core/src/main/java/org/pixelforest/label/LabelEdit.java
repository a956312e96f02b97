package org.pixelforest.label;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.pixelforest.image.Shape;

/** Changes to labels in the making: touched tiles are copied once, all others stay shared. */
final class LabelEdit {

    private final Labels base;
    private final Map<Long, byte[]> touched = new TreeMap<>();
    private long lastKey = -1;
    private byte[] lastTile;

    LabelEdit(Labels base) {
        this.base = base;
    }

    /** Paints a pixel, or clears it when the value is {@link Labels#ERASE}. */
    void set(long key, int position, byte value) {
        byte pixel = value == Labels.ERASE ? 0 : value;
        if (pixel < 0 || pixel > Labels.MAX_CLASSES) {
            throw new IllegalArgumentException("a class number must be 1 .. 99 (got: " + (value & 0xff) + ")");
        }
        if (key != lastKey) {
            lastTile = touched.computeIfAbsent(key, k -> {
                byte[] tile = base.tile(k);
                return tile == null ? new byte[Labels.TILE * Labels.TILE] : tile.clone();
            });
            lastKey = key;
        }
        lastTile[position] = pixel;
    }

    /** The labels with all changes; nothing may be set afterwards. */
    Labels labels() {
        if (touched.isEmpty()) {
            return base;
        }
        long[] old = base.keys();
        int added = 0;
        for (long key : touched.keySet()) {
            added += Arrays.binarySearch(old, key) < 0 ? 1 : 0;
        }
        long[] keys = Arrays.copyOf(old, old.length + added);
        byte[][] tiles = new byte[keys.length][];
        int n = old.length;
        for (long key : touched.keySet()) {
            if (Arrays.binarySearch(old, key) < 0) {
                keys[n++] = key;
            }
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            byte[] tile = touched.get(keys[i]);
            tiles[i] = tile == null ? base.tile(keys[i]) : tile;
        }
        return withoutEmptyTiles(base.shape(), keys, tiles);
    }

    /** Labels of these tiles; tiles without a label are left out, so that equal labels are stored equally. */
    static Labels withoutEmptyTiles(Shape shape, long[] keys, byte[][] tiles) {
        long[] keptKeys = new long[keys.length];
        byte[][] keptTiles = new byte[keys.length][];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (!allZero(tiles[i])) {
                keptKeys[n] = keys[i];
                keptTiles[n++] = tiles[i];
            }
        }
        return new Labels(shape, Arrays.copyOf(keptKeys, n), Arrays.copyOf(keptTiles, n));
    }

    private static boolean allZero(byte[] tile) {
        for (byte value : tile) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
