package org.pixelforest.ui;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tiles of which model a page has, as far as the server knows. A page keeps 256 MiB of planes, in squares of {@value
 * ViewedPart#SQUARE} pixels of a level, and lets those go that it was sent something of longest ago. Here a little less is counted on,
 * so that what is taken for there is there: the rest is sent again when it is seen again. Not safe for threads.
 */
final class SentTiles {

    private static final long BYTES = 192L << 20;

    private record Square(String image, int t, int z, int level, int row, int column) {}

    private final Map<Square, Map<ViewedPart.Tile, Long>> squares =
            new LinkedHashMap<>(); // the one sent to last is the last

    /** Whether the page has this tile of this model, or of a newer one. */
    boolean has(ViewedPart.Tile tile, long model) {
        Map<ViewedPart.Tile, Long> square = squares.get(square(tile));
        return square != null && square.getOrDefault(tile, -1L) >= model;
    }

    /**
     * The page is sent a tile.
     *
     * @param view what it sees: more than is counted on is taken for there if it is seen at once, else it would be sent for ever
     */
    void add(ViewedPart.Tile tile, long model, int classes, ViewedPart view) {
        Square at = square(tile);
        Map<ViewedPart.Tile, Long> square = squares.remove(at);
        if (square == null) {
            square = new HashMap<>();
        }
        square.put(tile, model);
        squares.put(at, square);
        long bytes = 2L * classes * ViewedPart.SQUARE * ViewedPart.SQUARE;
        long most = Math.max(BYTES / bytes, view == null ? 0 : view.squares());
        Iterator<Square> oldest = squares.keySet().iterator();
        while (squares.size() > most && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    /** What the page has of an image is wrong. */
    void forget(String image) {
        squares.keySet().removeIf(square -> square.image.equals(image));
    }

    void clear() {
        squares.clear();
    }

    private static Square square(ViewedPart.Tile tile) {
        return new Square(
                tile.image(),
                tile.region().t(),
                tile.region().minZ(),
                tile.level(),
                tile.region().minY() / ViewedPart.SQUARE,
                tile.region().minX() / ViewedPart.SQUARE);
    }
}
