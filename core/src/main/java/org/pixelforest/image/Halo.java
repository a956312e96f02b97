package org.pixelforest.image;

/** Pixels that a computation needs on each side of its region. */
public record Halo(int z, int y, int x) {

    public static final Halo NONE = new Halo(0, 0, 0);

    public Halo {
        if (z < 0 || y < 0 || x < 0) {
            throw new IllegalArgumentException("halo must not be negative (got z=" + z + " y=" + y + " x=" + x + ")");
        }
    }

    public Halo max(Halo other) {
        return new Halo(Math.max(z, other.z), Math.max(y, other.y), Math.max(x, other.x));
    }

    public Halo plus(Halo other) {
        return new Halo(z + other.z, y + other.y, x + other.x);
    }
}
