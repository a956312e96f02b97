package org.pixelforest.feature;

import java.util.Arrays;
import java.util.List;
import org.pixelforest.feature.FeatureSelection.Scale;
import org.pixelforest.filter.Box;
import org.pixelforest.filter.Kernel;
import org.pixelforest.image.Halo;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * The presmoothed planes of a tile, one a scale and channel, each with {@link PlaneTile#MARGIN} pixels around the tile; where the
 * image ends it goes on mirrored. Row y of the tile begins at {@code (y + MARGIN) * length}, its column x stands MARGIN + x further.
 */
final class Presmoothing {

    private static final int MARGIN = PlaneTile.MARGIN;

    /**
     * Up to here no filter can overflow to something that is not a number. Beyond, and for infinities, the shortcuts would
     * show: a neighbour multiplied by 0, a feature left out because nobody tests it.
     */
    private static final float ORDINARY = 1e17f;

    private final Shape image;
    private final Rows rows;
    private final float[][] weights;
    private final int[] fusedFrom;
    private final int[] fusedTo;
    private final int reach;
    private final float[][] planes;
    private final boolean[] ordinary;
    private final float[] source;
    private final float[] smoothedInX;

    private Region tile;
    private int length;

    Presmoothing(List<Scale> scales, boolean[] present, Shape image, Rows rows, int maxWidth, int maxHeight) {
        this.image = image;
        this.rows = rows;
        weights = new float[scales.size()][];
        fusedFrom = new int[scales.size()];
        fusedTo = new int[scales.size()];
        int widest = 0;
        for (int scale = 0; scale < scales.size(); scale++) {
            if (present[scale * image.c()]) {
                Kernel kernel = Kernel.gaussian(scales.get(scale).presmoothingSigma(), 0, Scale.WINDOW_RATIO);
                weights[scale] = kernel.half();
                fusedFrom[scale] = kernel.fusedFrom(image.x());
                fusedTo[scale] = kernel.fusedTo(image.x());
                widest = Math.max(widest, kernel.radius());
            }
        }
        reach = widest;
        int slack = rows.overrun() + 16;
        int maxLength = PlaneTile.roundUp(maxWidth + 2 * MARGIN, rows);
        int maxRows = maxHeight + 2 * MARGIN;
        planes = new float[present.length][];
        for (int pair = 0; pair < present.length; pair++) {
            planes[pair] = present[pair] ? new float[maxRows * maxLength + slack] : null;
        }
        ordinary = new boolean[image.c()];
        source = new float[(maxRows + 2 * reach) * (maxLength + 2 * reach) + slack];
        smoothedInX = new float[(maxRows + 2 * reach) * maxLength + slack];
    }

    /** Pixels around a tile that {@link #load} reads. */
    Halo halo() {
        return new Halo(0, MARGIN + reach, MARGIN + reach);
    }

    void load(SourceBlock block, Region tile) {
        this.tile = tile;
        length = PlaneTile.roundUp(tile.width() + 2 * MARGIN, rows);
        int sourceLength = length + 2 * reach;
        for (int channel = 0; channel < image.c(); channel++) {
            ordinary[channel] = copySource(block, channel, sourceLength) <= ORDINARY;
            for (int scale = 0; scale < weights.length; scale++) {
                if (weights[scale] != null) {
                    alongX(scale, sourceLength);
                    alongY(scale, planes[scale * image.c() + channel]);
                }
            }
        }
    }

    /** Whether all samples of a channel around the tile are numbers of ordinary size. */
    boolean ordinary(int channel) {
        return ordinary[channel];
    }

    float[] plane(int scale, int channel) {
        return planes[scale * image.c() + channel];
    }

    /** A copy of the presmoothed pixels in {@code target} and the margin around it, as far as the image reaches. */
    Box around(int scale, int channel, Region target) {
        Region region = target.grow(new Halo(0, MARGIN, MARGIN), image);
        float[] plane = plane(scale, channel);
        float[] samples = new float[Math.toIntExact(region.pixels())];
        for (int y = 0; y < region.height(); y++) {
            int row = (region.minY() + y - tile.minY() + MARGIN) * length;
            System.arraycopy(
                    plane, row + region.minX() - tile.minX() + MARGIN, samples, y * region.width(), region.width());
        }
        return new Box(region, image, samples);
    }

    /** Fills {@link #source}, mirrored beyond the image, and returns the largest magnitude (NaN if there is one). */
    private float copySource(SourceBlock block, int channel, int sourceLength) {
        int top = tile.minY() - MARGIN - reach;
        int height = tile.height() + 2 * (MARGIN + reach);
        float largest = 0;
        for (int y = 0; y < height; y++) {
            int in = block.index(channel, tile.minZ(), reflect(top + y, image.y()), 0);
            largest = Math.max(largest, copyRow(block, in, y * sourceLength));
        }
        return largest;
    }

    private float copyRow(SourceBlock block, int in, int out) {
        int left = tile.minX() - MARGIN - reach;
        int right = tile.maxX() + MARGIN + reach;
        int from = Math.max(0, left);
        int to = Math.min(image.x(), right);
        float[] samples = block.samples();
        System.arraycopy(samples, in + from, source, out - left + from, to - from);
        for (int x = left; x < 0; x++) {
            source[out - left + x] = samples[in + reflect(x, image.x())];
        }
        for (int x = image.x(); x < right; x++) {
            source[out - left + x] = samples[in + reflect(x, image.x())];
        }
        return block.unbounded() ? largest(source, out - left + from, to - from) : 0;
    }

    private static float largest(float[] a, int i, int n) {
        float largest = 0;
        for (int x = 0; x < n; x++) {
            largest = Math.max(largest, Math.abs(a[i + x]));
        }
        return largest;
    }

    /** Like {@code Mirror}, over any distance: margins may be wider than the image. */
    private static int reflect(int i, int length) {
        int period = 2 * (length - 1);
        int inside = Math.floorMod(i, period);
        return inside < length ? inside : period - inside;
    }

    private void alongX(int scale, int sourceLength) {
        float[] half = weights[scale];
        int r = half.length - 1;
        int left = tile.minX() - MARGIN;
        int first = Math.max(0, left);
        int last = Math.min(image.x(), tile.maxX() + MARGIN);
        int a = PlaneTile.clamp(fusedFrom[scale], first, last);
        int b = PlaneTile.clamp(fusedTo[scale], a, last);
        int height = tile.height() + 2 * (MARGIN + r);
        for (int y = 0; y < height; y++) {
            int in = (y + reach - r) * sourceLength + reach - left;
            int out = y * length - left;
            rowAlongX(half, in, out, first, a, b, last);
            mirrorRow(out, left);
        }
    }

    private void rowAlongX(float[] half, int in, int out, int first, int a, int b, int last) {
        if (first < a) {
            rows.smoothX(source, in + first, smoothedInX, out + first, a - first, half, false);
        }
        if (a < b) {
            rows.smoothX(source, in + a, smoothedInX, out + a, b - a, half, true);
        }
        if (b < last) {
            rows.smoothX(source, in + b, smoothedInX, out + b, last - b, half, false);
        }
    }

    /** Mirrored after filtering: beyond the edge the pass would round differently. */
    private void mirrorRow(int out, int left) {
        for (int x = left; x < 0; x++) {
            smoothedInX[out + x] = smoothedInX[out + reflect(x, image.x())];
        }
        for (int x = image.x(); x < tile.maxX() + MARGIN; x++) {
            smoothedInX[out + x] = smoothedInX[out + reflect(x, image.x())];
        }
        Arrays.fill(smoothedInX, out + tile.maxX() + MARGIN, out + left + length, 0f);
    }

    /** NB: in columns of 64 floats, so that the rows a pixel needs stay in the first-level cache. */
    private void alongY(int scale, float[] plane) {
        float[] half = weights[scale];
        int r = half.length - 1;
        int height = tile.height() + 2 * MARGIN;
        for (int column = 0; column < length; column += 64) {
            int n = Math.min(64, length - column);
            for (int y = 0; y < height; y++) {
                rows.smoothY(smoothedInX, (y + r) * length + column, length, plane, y * length + column, n, half);
            }
        }
    }
}
