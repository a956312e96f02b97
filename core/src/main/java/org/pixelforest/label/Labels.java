package org.pixelforest.label;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * The painted pixels of one image: a class number 1 .. {@value #MAX_CLASSES} a pixel, 0 where nothing is painted.
 *
 * <p>Immutable: every change gives new labels that share all untouched tiles with the old ones, so that keeping an old state
 * costs nothing. Sparse: only tiles of {@value #TILE} x {@value #TILE} pixels of one plane that hold a label are stored, 4 KiB
 * each, whatever the size of the image.
 */
public final class Labels {

    /** In the bytes of {@link #with(Region, byte[])}: takes the label off this pixel. The value that .ilp files use for it. */
    public static final byte ERASE = 100;

    /** The largest class number; {@link #ERASE} is the next value. */
    public static final int MAX_CLASSES = 99;

    /** Edge of a tile in pixels. */
    public static final int TILE = 64;

    private final Shape shape;

    /** Tile numbers, ascending: by t, z, row of tiles, column of tiles. */
    private final long[] keys;

    /** The pixels of the tile at the same place in {@link #keys}, row by row; never written to, never all 0. */
    private final byte[][] tiles;

    Labels(Shape shape, long[] keys, byte[][] tiles) {
        this.shape = shape;
        this.keys = keys;
        this.tiles = tiles;
    }

    /**
     * No labels on an image of this shape; its channels do not matter.
     *
     * @throws IllegalArgumentException when the image has more than 2^62 tiles
     */
    public static Labels empty(Shape shape) {
        TileGrid.check(shape);
        return new Labels(shape.withChannels(1), new long[0], new byte[0][]);
    }

    /** Size of the image, one channel. */
    public Shape shape() {
        return shape;
    }

    public boolean isEmpty() {
        return keys.length == 0;
    }

    /**
     * The class number of a pixel, or 0.
     *
     * @throws IndexOutOfBoundsException when the pixel lies outside of the image
     */
    public int get(int t, int z, int y, int x) {
        Objects.checkIndex(t, shape.t());
        Objects.checkIndex(z, shape.z());
        Objects.checkIndex(y, shape.y());
        Objects.checkIndex(x, shape.x());
        int i = Arrays.binarySearch(keys, new TileGrid(shape).key(t, z, y / TILE, x / TILE));
        return i < 0 ? 0 : tiles[i][y % TILE * TILE + x % TILE];
    }

    /**
     * The same labels on an image of another size.
     *
     * @throws IllegalArgumentException when a label would lie outside
     */
    public Labels resized(Shape size) {
        if (size.withChannels(1).equals(shape)) {
            return this;
        }
        Labels resized = empty(size);
        for (Region region : occupied()) {
            resized = resized.with(region, read(region));
        }
        return resized;
    }

    /** The class numbers of a region, z by z, row by row, 0 where nothing is painted. */
    public byte[] read(Region region) {
        TileGrid grid = new TileGrid(shape);
        grid.require(region);
        byte[] out = new byte[Math.toIntExact(region.pixels())];
        grid.spans(region, (key, inTile, inRegion, length) -> {
            int i = Arrays.binarySearch(keys, key);
            if (i >= 0) {
                System.arraycopy(tiles[i], inTile, out, inRegion, length);
            }
        });
        return out;
    }

    /**
     * These labels with some pixels changed.
     *
     * @param classes a byte a pixel of the region, z by z, row by row: 0 leaves the pixel as it is, a class number paints it,
     *     {@link #ERASE} clears it
     * @throws IllegalArgumentException when the region leaves the image, the size does not match, or a value is something else
     */
    public Labels with(Region region, byte[] classes) {
        TileGrid grid = new TileGrid(shape);
        grid.require(region);
        if (classes.length != region.pixels()) {
            throw new IllegalArgumentException(
                    "a byte for each of the " + region.pixels() + " pixels is needed (got: " + classes.length + ")");
        }
        LabelEdit edit = new LabelEdit(this);
        grid.spans(region, (key, inTile, inRegion, length) -> {
            for (int i = 0; i < length; i++) {
                byte value = classes[inRegion + i];
                if (value != 0) {
                    edit.set(key, inTile + i, value);
                }
            }
        });
        return edit.labels();
    }

    /** These labels with a stroke painted over them; newer strokes win, whatever the class below. */
    public Labels with(Stroke stroke) {
        if (stroke.t() >= shape.t() || stroke.z() >= shape.z()) {
            throw new IllegalArgumentException(
                    "no plane t=" + stroke.t() + " z=" + stroke.z() + " in an image of " + shape);
        }
        TileGrid grid = new TileGrid(shape);
        LabelEdit edit = new LabelEdit(this);
        byte value = stroke.eraser() ? ERASE : (byte) stroke.cls();
        stroke.rasterise(shape.y(), shape.x(), (y, minX, maxX) -> {
            for (int x = minX; x < maxX; x++) {
                edit.set(grid.key(stroke.t(), stroke.z(), y / TILE, x / TILE), y % TILE * TILE + x % TILE, value);
            }
        });
        return edit.labels();
    }

    /** The other labels painted over these, image of the same size. */
    public Labels with(Labels newer) {
        if (!newer.shape.equals(shape)) {
            throw new IllegalArgumentException("labels of an image of " + newer.shape + " do not fit one of " + shape);
        }
        LabelEdit edit = new LabelEdit(this);
        for (int i = 0; i < newer.keys.length; i++) {
            for (int p = 0; p < TILE * TILE; p++) {
                if (newer.tiles[i][p] != 0) {
                    edit.set(newer.keys[i], p, newer.tiles[i][p]);
                }
            }
        }
        return edit.labels();
    }

    /** These labels after a change that was {@linkplain #changeTo computed} on them, or undone from what it led to. */
    public Labels with(LabelChange change) {
        LabelEdit edit = new LabelEdit(this);
        change.forEach((key, position, before, after) -> edit.set(key, position, after == 0 ? ERASE : after));
        return edit.labels();
    }

    /** What turns these labels into the later ones; cost and size follow the changed tiles only. */
    public LabelChange changeTo(Labels later) {
        return LabelChange.between(this, later);
    }

    /**
     * These labels with other numbers: a pixel of class {@code k} gets {@code numbers[k]}, 0 clears it.
     *
     * @param numbers index 0 is not used; classes beyond the end of the array keep their number
     */
    public Labels mapped(int... numbers) {
        byte[] table = new byte[MAX_CLASSES + 1];
        boolean same = true;
        for (int k = 1; k <= MAX_CLASSES; k++) {
            int number = k < numbers.length ? numbers[k] : k;
            if (number < 0 || number > MAX_CLASSES) {
                throw new IllegalArgumentException("a class number must be 0 .. 99 (got: " + number + ")");
            }
            table[k] = (byte) number;
            same &= number == k;
        }
        if (same) {
            return this;
        }
        byte[][] changed = new byte[tiles.length][];
        for (int i = 0; i < tiles.length; i++) {
            changed[i] = tiles[i].clone();
            for (int p = 0; p < changed[i].length; p++) {
                changed[i][p] = table[changed[i][p]];
            }
        }
        return LabelEdit.withoutEmptyTiles(shape, keys, changed);
    }

    /** These labels with all pixels of one class cleared; the other numbers stay. */
    public Labels cleared(int cls) {
        int[] numbers = identity();
        numbers[known(cls)] = 0;
        return mapped(numbers);
    }

    /** These labels after a class is deleted: its pixels are cleared and every higher number goes down by one. */
    public Labels without(int cls) {
        int[] numbers = identity();
        numbers[known(cls)] = 0;
        for (int k = cls + 1; k <= MAX_CLASSES; k++) {
            numbers[k] = k - 1;
        }
        return mapped(numbers);
    }

    /** These labels after class {@code from} is merged into {@code into}: {@code from} is deleted, its pixels join the other. */
    public Labels merged(int from, int into) {
        int[] numbers = identity();
        int target = known(into) > known(from) ? into - 1 : into;
        for (int k = from + 1; k <= MAX_CLASSES; k++) {
            numbers[k] = k - 1;
        }
        numbers[from] = from == into ? from : target;
        return from == into ? this : mapped(numbers);
    }

    private static int[] identity() {
        int[] numbers = new int[MAX_CLASSES + 1];
        Arrays.setAll(numbers, k -> k);
        return numbers;
    }

    private static int known(int cls) {
        if (cls < 1 || cls > MAX_CLASSES) {
            throw new IllegalArgumentException("a class number must be 1 .. 99 (got: " + cls + ")");
        }
        return cls;
    }

    /** How many pixels a class has. */
    public long count(int cls) {
        return counts()[known(cls)];
    }

    /** How many pixels each class has: index = class number, index 0 holds 0. */
    public long[] counts() {
        long[] counts = new long[MAX_CLASSES + 1];
        for (byte[] tile : tiles) {
            for (byte value : tile) {
                counts[value]++;
            }
        }
        counts[0] = 0;
        return counts;
    }

    /** How many pixels are painted. */
    public long count() {
        return Arrays.stream(counts()).sum();
    }

    /** The highest class number in use, 0 without labels. */
    public int highest() {
        long[] counts = counts();
        int k = MAX_CLASSES;
        while (k > 0 && counts[k] == 0) {
            k--;
        }
        return k;
    }

    /** For each stored tile the smallest region that holds its labels, in order of t, z, y, x. */
    public List<Region> occupied() {
        TileGrid grid = new TileGrid(shape);
        List<Region> regions = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            regions.add(grid.tight(keys[i], tiles[i]));
        }
        return regions;
    }

    /** The smallest region that holds all labels of one time, empty when there are none. */
    public Optional<Region> bounds(int t) {
        return occupied().stream()
                .filter(r -> r.t() == t)
                .reduce((a, b) -> new Region(
                        t,
                        Math.min(a.minZ(), b.minZ()),
                        Math.min(a.minY(), b.minY()),
                        Math.min(a.minX(), b.minX()),
                        Math.max(a.maxZ(), b.maxZ()),
                        Math.max(a.maxY(), b.maxY()),
                        Math.max(a.maxX(), b.maxX())));
    }

    /** Takes a painted pixel. */
    @FunctionalInterface
    public interface PixelConsumer {
        void accept(int t, int z, int y, int x, int cls);
    }

    /** Visits every painted pixel, tile by tile in order of t, z, y, x; within a tile row by row. */
    public void forEach(PixelConsumer consumer) {
        TileGrid grid = new TileGrid(shape);
        for (int i = 0; i < keys.length; i++) {
            int t = grid.t(keys[i]);
            int z = grid.z(keys[i]);
            int minY = grid.minY(keys[i]);
            int minX = grid.minX(keys[i]);
            byte[] tile = tiles[i];
            for (int p = 0; p < tile.length; p++) {
                if (tile[p] != 0) {
                    consumer.accept(t, z, minY + p / TILE, minX + p % TILE, tile[p]);
                }
            }
        }
    }

    /**
     * SHA-256 of the content as 64 hexadecimal digits; equal labels have equal hashes however they were painted. Hashed are,
     * tile by tile in order of t, z, y, x: t, z and the tile's first row and column as big-endian 32-bit numbers, then its
     * 4096 class numbers row by row.
     */
    public String sha256() {
        TileGrid grid = new TileGrid(shape);
        MessageDigest digest = digest();
        ByteBuffer place = ByteBuffer.allocate(4 * Integer.BYTES);
        for (int i = 0; i < keys.length; i++) {
            place.clear();
            place.putInt(grid.t(keys[i])).putInt(grid.z(keys[i]));
            place.putInt(grid.minY(keys[i])).putInt(grid.minX(keys[i]));
            digest.update(place.array());
            digest.update(tiles[i]);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The pixels of a tile, null when it holds none. Not a copy: never write to it. */
    byte[] tile(long key) {
        int i = Arrays.binarySearch(keys, key);
        return i < 0 ? null : tiles[i];
    }

    long[] keys() {
        return keys;
    }

    byte[][] tiles() {
        return tiles;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels
                && labels.shape.equals(shape)
                && Arrays.equals(labels.keys, keys)
                && Arrays.deepEquals(labels.tiles, tiles);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.deepHashCode(tiles);
    }

    @Override
    public String toString() {
        return "labels on " + shape + ": " + keys.length + " tiles";
    }
}
