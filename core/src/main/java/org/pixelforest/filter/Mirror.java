package org.pixelforest.filter;

/** The image goes on beyond its edge as its mirror image, the edge pixel not repeated. */
public final class Mirror {

    private Mirror() {}

    /** The position in 0 .. length-1 whose sample stands at {@code i}, for -length < i < 2 length - 1. */
    public static int at(int i, int length) {
        int inside = Math.abs(i);
        return inside >= length ? 2 * length - 2 - inside : inside;
    }
}
