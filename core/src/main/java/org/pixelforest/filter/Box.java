package org.pixelforest.filter;

import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * One channel of a region together with its place in the image: sample (z, y, x), counted from the region's corner, stands at
 * {@code (z * height + y) * width + x}. A filter along an axis gives a smaller box; only at the edge of the image does it mirror.
 */
public final class Box {

    private final Region region;
    private final Shape image;
    private final float[] samples;

    /** The array is not copied. {@code image} is the size of the image that {@code region} is a part of. */
    public Box(Region region, Shape image, float[] samples) {
        this.region = region;
        this.image = image;
        this.samples = samples;
    }

    public Region region() {
        return region;
    }

    public Shape image() {
        return image;
    }

    /** The array itself, not a copy. */
    public float[] samples() {
        return samples;
    }

    /** Filters along x; the result covers columns {@code min .. max}, counted in the image. */
    Box alongX(Kernel kernel, int min, int max) {
        int width = max - min;
        int r = kernel.radius();
        Box out = like(new Region(region.t(), region.minZ(), region.minY(), min, region.maxZ(), region.maxY(), max));
        float[] line = new float[width + 2 * r];
        float[] right = new float[width];
        float[] left = new float[width];
        int from = Math.max(min, kernel.fusedFrom(image.x()));
        int to = Math.min(max, kernel.fusedTo(image.x()));
        for (int row = 0; row < region.depth() * region.height(); row++) {
            int start = row * region.width() - region.minX();
            for (int x = min - r; x < max + r; x++) {
                line[x - (min - r)] = samples[start + Mirror.at(x, image.x())];
            }
            int o = row * width;
            if (r == 0) {
                System.arraycopy(line, 0, out.samples, o, width);
                continue;
            }
            if (from < to) {
                Taps.first(line, r, kernel.weight(0), out.samples, o, width);
                for (int k = 1; k <= r; k++) {
                    System.arraycopy(line, r + k, right, 0, width);
                    System.arraycopy(line, r - k, left, 0, width);
                    Taps.next(right, 0, left, 0, kernel, k, out.samples, o, width);
                }
            }
            for (int x = min; x < max; x++) {
                if (x < from || x >= to) {
                    out.samples[o + x - min] = Taps.unfused(line, x - min + r, kernel);
                }
            }
        }
        return out;
    }

    /** Filters along y; the result covers rows {@code min .. max}, counted in the image. */
    Box alongY(Kernel kernel, int min, int max) {
        int width = region.width();
        Box out = like(new Region(region.t(), region.minZ(), min, region.minX(), region.maxZ(), max, region.maxX()));
        for (int z = 0; z < region.depth(); z++) {
            int plane = z * region.height() - region.minY();
            for (int y = min; y < max; y++) {
                int o = (z * (max - min) + y - min) * width;
                Taps.first(samples, (plane + y) * width, kernel.weight(0), out.samples, o, width);
                for (int k = 1; k <= kernel.radius(); k++) {
                    int below = (plane + Mirror.at(y + k, image.y())) * width;
                    int above = (plane + Mirror.at(y - k, image.y())) * width;
                    Taps.next(samples, below, samples, above, kernel, k, out.samples, o, width);
                }
            }
        }
        return out;
    }

    /** Filters along z; the result covers planes {@code min .. max}, counted in the image. */
    Box alongZ(Kernel kernel, int min, int max) {
        int plane = region.height() * region.width();
        Box out = like(new Region(region.t(), min, region.minY(), region.minX(), max, region.maxY(), region.maxX()));
        for (int z = min; z < max; z++) {
            int o = (z - min) * plane;
            Taps.first(samples, (z - region.minZ()) * plane, kernel.weight(0), out.samples, o, plane);
            for (int k = 1; k <= kernel.radius(); k++) {
                int below = (Mirror.at(z + k, image.z()) - region.minZ()) * plane;
                int above = (Mirror.at(z - k, image.z()) - region.minZ()) * plane;
                Taps.next(samples, below, samples, above, kernel, k, out.samples, o, plane);
            }
        }
        return out;
    }

    /** A kernel an axis, x first; {@code alongZ} is null for a filter that acts slice by slice. */
    Box filter(Kernel alongX, Kernel alongY, Kernel alongZ, Region target) {
        Box rows = alongX(alongX, target.minX(), target.maxX());
        Box planes = rows.alongY(alongY, target.minY(), target.maxY());
        if (alongZ != null) {
            return planes.alongZ(alongZ, target.minZ(), target.maxZ());
        }
        return planes.region.equals(target) ? planes : planes.crop(target);
    }

    /** Gaussian smoothing: presmoothing has a window ratio of 3.5, along z too unless {@code in2d}. */
    public Box smoothed(double sigma, double windowRatio, boolean in2d, Region target) {
        Kernel kernel = Kernel.gaussian(sigma, 0, windowRatio);
        return filter(kernel, kernel, in2d ? null : kernel, target);
    }

    /** The part of this box in {@code target}, copied. */
    public Box crop(Region target) {
        Box out = like(target);
        for (int z = target.minZ(); z < target.maxZ(); z++) {
            for (int y = target.minY(); y < target.maxY(); y++) {
                System.arraycopy(
                        samples,
                        index(z, y, target.minX()),
                        out.samples,
                        out.index(z, y, target.minX()),
                        target.width());
            }
        }
        return out;
    }

    /** Where the sample at (z, y, x), counted in the image, stands. */
    public int index(int z, int y, int x) {
        return ((z - region.minZ()) * region.height() + y - region.minY()) * region.width() + x - region.minX();
    }

    Box like(Region other) {
        return new Box(other, image, new float[Math.toIntExact(other.pixels())]);
    }
}
