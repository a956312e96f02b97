package org.pixelforest.image;

import java.util.ArrayList;
import java.util.List;

/** Size of an image in samples along t, c, z, y, x; every axis is at least 1. */
public record Shape(int t, int c, int z, int y, int x) {

    public Shape {
        if (t < 1 || c < 1 || z < 1 || y < 1 || x < 1) {
            throw new IllegalArgumentException(
                    "every axis must be at least 1 (got t=" + t + " c=" + c + " z=" + z + " y=" + y + " x=" + x + ")");
        }
    }

    /** A single plane of {@code c} channels. */
    public static Shape of(int c, int y, int x) {
        return new Shape(1, c, 1, y, x);
    }

    public Shape withChannels(int channels) {
        return new Shape(t, channels, z, y, x);
    }

    /** Everything at time {@code time}. */
    public Region whole(int time) {
        return new Region(time, 0, 0, 0, z, y, x);
    }

    /** Number of samples, all axes. */
    public long samples() {
        return (long) t * c * z * y * x;
    }

    /** Number of pixels (voxels), all times, channels not counted. */
    public long pixels() {
        return (long) t * z * y * x;
    }

    /** Size along an axis named by its letter: one of t, c, z, y, x. */
    public int along(char axis) {
        return switch (axis) {
            case 't' -> t;
            case 'c' -> c;
            case 'z' -> z;
            case 'y' -> y;
            case 'x' -> x;
            default -> throw new IllegalArgumentException("axis must be one of t c z y x (got: " + axis + ")");
        };
    }

    /**
     * Disjoint regions that together cover the image, at most {@code width} columns and {@code height} rows each, all of z
     * in every one: time by time, top to bottom, left to right.
     */
    public List<Region> tiles(int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("a tile needs at least one pixel (got " + height + " x " + width + ")");
        }
        List<Region> tiles = new ArrayList<>();
        for (int time = 0; time < t; time++) {
            for (int y0 = 0; y0 < y; y0 += height) {
                for (int x0 = 0; x0 < x; x0 += width) {
                    tiles.add(new Region(time, 0, y0, x0, z, (int) Math.min(y, (long) y0 + height), (int)
                            Math.min(x, (long) x0 + width)));
                }
            }
        }
        return tiles;
    }
}
