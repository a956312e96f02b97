package org.pixelforest.feature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * Computes the features of a tile of an image and hands them out strip by strip; the features of a whole tile never stand in
 * memory. The features of a pixel do not depend on the tile it is in. One instance serves one thread, for any number of tiles:
 *
 * <pre>{@code
 * FeatureTile features = FeatureTile.of(selection, stack.shape(), null);
 * for (Region tile : features.tiles(stack.shape().whole(0))) {
 *     features.load(stack, tile);
 *     while (features.next()) {
 *         Region strip = features.strip(); // some rows of one plane
 *         // feature f of pixel (y, x), counted from the strip's corner, stands at
 *         // features.planes()[f * features.stride() + features.first() + y * features.pitch() + x]
 *     }
 * }
 * }</pre>
 *
 * <p>Memory for 2D features: 1 MB, 0.15 MB a presmoothed plane (scale and channel) and at most 2 MB of features, or 1 kB a
 * feature if that is more. For 3D features: about 100 MB.
 */
public sealed interface FeatureTile permits PlaneTile, VolumeTile {

    /**
     * @param needed a flag a feature channel, or null for all. A channel that is not needed may be left out; its plane then holds
     *     rubbish, but never NaN: where a pixel's features may be no numbers, all are computed
     * @throws IllegalArgumentException when the image is too small, as {@link FeatureSelection#tooSmall} says
     */
    static FeatureTile of(FeatureSelection selection, Shape image, boolean[] needed) {
        selection.tooSmall(image).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        return selection.in3d(image)
                ? new VolumeTile(selection, image)
                : new PlaneTile(selection, image, needed, FastRows.create(PlaneTile.WIDTH + 64));
    }

    /** Something to call over and over while a program starts, so that the loops are compiled when they are needed. */
    static Runnable warmUp() {
        return new RowsWarmUp()::once;
    }

    /** Cuts a region into the tiles that {@link #load} takes: disjoint, together the region. */
    List<Region> tiles(Region region);

    /**
     * Reads a tile with its halo and prepares it.
     *
     * @param source has the shape that this was made for
     */
    void load(ImageSource source, Region tile) throws IOException;

    /** Computes the features of the next strip of the tile; false when there is none. */
    boolean next();

    /** The pixels that {@link #planes} now holds: some rows of one plane. */
    Region strip();

    /** Features of the strip. The array is written over by {@link #next}. */
    float[] planes();

    /** Distance of two feature channels in {@link #planes}. */
    int stride();

    /** Where the strip's first pixel stands in each feature channel. */
    int first();

    /** Distance of two rows; what stands between a row's end and the next is rubbish. */
    int pitch();

    /** Pieces of nearly equal size, at most so large. */
    static List<Region> cut(Region region, int depth, int height, int width) {
        List<Region> pieces = new ArrayList<>();
        int nz = (region.depth() + depth - 1) / depth;
        int ny = (region.height() + height - 1) / height;
        int nx = (region.width() + width - 1) / width;
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    pieces.add(new Region(
                            region.t(),
                            region.minZ() + part(region.depth(), z, nz),
                            region.minY() + part(region.height(), y, ny),
                            region.minX() + part(region.width(), x, nx),
                            region.minZ() + part(region.depth(), z + 1, nz),
                            region.minY() + part(region.height(), y + 1, ny),
                            region.minX() + part(region.width(), x + 1, nx)));
                }
            }
        }
        return pieces;
    }

    private static int part(int length, int i, int n) {
        return (int) ((long) length * i / n);
    }
}
