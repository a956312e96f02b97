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
        // Tiles that were not touched are never empty: they are taken over in stretches, unseen.
        long[] oldKeys = base.keys();
        byte[][] oldTiles = base.tiles();
        long[] keys = new long[oldKeys.length + touched.size()];
        byte[][] tiles = new byte[keys.length][];
        int from = 0;
        int n = 0;
        for (Map.Entry<Long, byte[]> change : touched.entrySet()) {
            int found = Arrays.binarySearch(oldKeys, from, oldKeys.length, change.getKey());
            int to = found < 0 ? -found - 1 : found;
            System.arraycopy(oldKeys, from, keys, n, to - from);
            System.arraycopy(oldTiles, from, tiles, n, to - from);
            n += to - from;
            from = found < 0 ? to : to + 1;
            if (!allZero(change.getValue())) {
                keys[n] = change.getKey();
                tiles[n++] = change.getValue();
            }
        }
        System.arraycopy(oldKeys, from, keys, n, oldKeys.length - from);
        System.arraycopy(oldTiles, from, tiles, n, oldKeys.length - from);
        n += oldKeys.length - from;
        return new Labels(base.shape(), Arrays.copyOf(keys, n), Arrays.copyOf(tiles, n));
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
