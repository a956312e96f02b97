package org.pixelforest.feature;

import java.io.IOException;
import java.util.List;
import org.pixelforest.feature.FeatureSelection.Scale;
import org.pixelforest.feature.Layout.Cell;
import org.pixelforest.filter.Box;
import org.pixelforest.image.Block;
import org.pixelforest.image.Halo;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * Features of a tile of a stack, some of them along z: all channels are presmoothed at all scales, then the filters are applied
 * one by one to a small box at a time, whose planes are the strips.
 */
final class VolumeTile implements FeatureTile {

    /** Bytes that the source block and the presmoothed boxes of a tile may take. */
    private static final long TILE_BYTES = 64 << 20;

    /** Bytes that the features of a small box may take. */
    private static final long FEATURE_BYTES = 16 << 20;

    private final Shape image;
    private final List<Scale> scales;
    private final Layout layout;
    private final Halo halo;
    private final int[] tileSize;
    private final int[] boxSize;
    private final int stride;
    private final float[] planes;

    private final Box[] presmoothed;
    private List<Region> boxes = List.of();
    private int nextBox;
    private Region box;
    private int plane;

    VolumeTile(FeatureSelection selection, Shape image) {
        this.image = image;
        scales = selection.scales();
        layout = new Layout(selection, image);
        halo = selection.halo(image);
        presmoothed = new Box[scales.size() * image.c()];
        boxSize = new int[] {8, 32, 64};
        while ((long) layout.count() * boxSize[0] * boxSize[1] * boxSize[2] * Float.BYTES > FEATURE_BYTES
                && shrink(boxSize, 1)) {}
        tileSize = new int[] {32, 128, 128};
        while (tileBytes() > TILE_BYTES && shrink(tileSize, 8)) {}
        stride = boxSize[0] * boxSize[1] * boxSize[2];
        planes = new float[Math.multiplyExact(layout.count(), stride)];
    }

    private static boolean shrink(int[] size, int least) {
        int longest = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (size[axis] > size[longest]) {
                longest = axis;
            }
        }
        if (size[longest] <= least) {
            return false;
        }
        size[longest] /= 2;
        return true;
    }

    private long tileBytes() {
        long source = (long) Math.min(image.z(), tileSize[0] + 2 * halo.z())
                * Math.min(image.y(), tileSize[1] + 2 * halo.y())
                * Math.min(image.x(), tileSize[2] + 2 * halo.x());
        long smooth = (long) Math.min(image.z(), tileSize[0] + 6) * (tileSize[1] + 6) * (tileSize[2] + 6);
        return (source * image.c() + smooth * presmoothed.length) * Float.BYTES;
    }

    @Override
    public List<Region> tiles(Region region) {
        return FeatureTile.cut(region, tileSize[0], tileSize[1], tileSize[2]);
    }

    @Override
    public void load(ImageSource source, Region tile) throws IOException {
        Region around = tile.grow(halo, image);
        Block block = source.read(around);
        int pixels = Math.toIntExact(around.pixels());
        for (int channel = 0; channel < image.c(); channel++) {
            float[] samples = new float[pixels];
            System.arraycopy(block.samples(), channel * pixels, samples, 0, pixels);
            Box in = new Box(around, image, samples);
            for (int scale = 0; scale < scales.size(); scale++) {
                Halo filters = filterHalo(scale);
                if (filters != null) {
                    Scale s = scales.get(scale);
                    presmoothed[scale * image.c() + channel] = in.smoothed(
                            s.presmoothingSigma(),
                            Scale.WINDOW_RATIO,
                            !s.presmoothedIn3d(image),
                            tile.grow(filters, image));
                }
            }
        }
        boxes = FeatureTile.cut(tile, boxSize[0], boxSize[1], boxSize[2]);
        nextBox = 0;
        box = null;
    }

    /** What the filters at a scale reach, or null if there are none. */
    private Halo filterHalo(int scale) {
        Halo reach = null;
        Scale s = scales.get(scale);
        for (Cell cell : layout.cells()) {
            if (cell.scale() == scale) {
                Halo needed = cell.filter().halo(s.filterSigma(), s.in2d(), image);
                reach = reach == null ? needed : reach.max(needed);
            }
        }
        return reach;
    }

    @Override
    public boolean next() {
        if (box != null && ++plane < box.depth()) {
            return true;
        }
        if (nextBox == boxes.size()) {
            return false;
        }
        box = boxes.get(nextBox++);
        plane = 0;
        for (int scale = 0; scale < scales.size(); scale++) {
            Halo filters = filterHalo(scale);
            for (int channel = 0; filters != null && channel < image.c(); channel++) {
                Box in = presmoothed[scale * image.c() + channel].crop(box.grow(filters, image));
                features(in, scale, channel);
            }
        }
        return true;
    }

    private void features(Box in, int scale, int channel) {
        Scale s = scales.get(scale);
        for (Cell cell : layout.cells()) {
            if (cell.scale() == scale) {
                List<Box> results = cell.filter().apply(in, box, s.filterSigma(), s.in2d());
                for (int k = 0; k < results.size(); k++) {
                    float[] samples = results.get(k).samples();
                    int to = (cell.first() + channel * cell.planes() + k) * stride;
                    System.arraycopy(samples, 0, planes, to, samples.length);
                }
            }
        }
    }

    @Override
    public Region strip() {
        int z = box.minZ() + plane;
        return new Region(box.t(), z, box.minY(), box.minX(), z + 1, box.maxY(), box.maxX());
    }

    @Override
    public float[] planes() {
        return planes;
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public int first() {
        return plane * box.height() * box.width();
    }

    @Override
    public int pitch() {
        return box.width();
    }
}
