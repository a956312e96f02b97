package org.pixelforest.image;

/** A half-open box of pixels at one time, all channels: minimum included, maximum excluded. */
public record Region(int t, int minZ, int minY, int minX, int maxZ, int maxY, int maxX) {

    public Region {
        if (minZ < 0 || minY < 0 || minX < 0 || maxZ <= minZ || maxY <= minY || maxX <= minX || t < 0) {
            throw new IllegalArgumentException("region must be non-empty and start at 0 or later (got t=" + t + " z="
                    + minZ + ":" + maxZ + " y=" + minY + ":" + maxY + " x=" + minX + ":" + maxX + ")");
        }
    }

    /** Rows and columns of a single plane at time 0. */
    public static Region of(int minY, int minX, int maxY, int maxX) {
        return new Region(0, 0, minY, minX, 1, maxY, maxX);
    }

    public int depth() {
        return maxZ - minZ;
    }

    public int height() {
        return maxY - minY;
    }

    public int width() {
        return maxX - minX;
    }

    /** Number of pixels (voxels). */
    public long pixels() {
        return (long) depth() * height() * width();
    }

    /** This region and the halo around it, as far as the image reaches. */
    public Region grow(Halo halo, Shape image) {
        return new Region(
                t,
                Math.max(0, minZ - halo.z()),
                Math.max(0, minY - halo.y()),
                Math.max(0, minX - halo.x()),
                Math.min(image.z(), maxZ + halo.z()),
                Math.min(image.y(), maxY + halo.y()),
                Math.min(image.x(), maxX + halo.x()));
    }

    public boolean contains(Region other) {
        return t == other.t
                && minZ <= other.minZ
                && minY <= other.minY
                && minX <= other.minX
                && maxZ >= other.maxZ
                && maxY >= other.maxY
                && maxX >= other.maxX;
    }

    public boolean intersects(Region other) {
        return t == other.t
                && minZ < other.maxZ
                && other.minZ < maxZ
                && minY < other.maxY
                && other.minY < maxY
                && minX < other.maxX
                && other.minX < maxX;
    }
}
