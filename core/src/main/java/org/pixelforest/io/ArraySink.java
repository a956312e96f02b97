package org.pixelforest.io;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Turns blocks into boxes of an array with the given axes. Memory of a write: at most one copy of the block. */
final class ArraySink implements ImageSink {

    private static final String BLOCK_ORDER = "tczyx";

    private final Shape shape;
    private final SampleType type;
    private final String axes;
    private final ArrayWriter writer;
    private final AtomicLong missing;

    ArraySink(Shape shape, SampleType type, String axes, ArrayWriter writer) {
        this.shape = shape;
        this.type = type;
        this.axes = axes;
        this.writer = writer;
        this.missing = new AtomicLong(shape.pixels());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public SampleType sampleType() {
        return type;
    }

    @Override
    public void write(Block block) throws IOException {
        Region region = block.region();
        if (block.channels() != shape.c()
                || !shape.whole(Math.min(region.t(), shape.t() - 1)).contains(region)) {
            throw new IllegalArgumentException(
                    region + " with " + block.channels() + " channels does not lie in the image " + shape);
        }
        int[] first = {region.t(), 0, region.minZ(), region.minY(), region.minX()};
        int[] size = {1, shape.c(), region.depth(), region.height(), region.width()};
        long[] offset = new long[axes.length()];
        int[] count = new int[axes.length()];
        for (int i = 0; i < axes.length(); i++) {
            int k = BLOCK_ORDER.indexOf(axes.charAt(i));
            offset[i] = first[k];
            count[i] = size[k];
        }
        writer.write(offset, count, inOrder(block.samples(), count, size));
        missing.addAndGet(-region.pixels());
    }

    /** The samples in the order of the axes; the array itself where that is the order of a block. */
    private float[] inOrder(float[] samples, int[] count, int[] size) {
        int[] step = new int[BLOCK_ORDER.length()];
        int stride = 1;
        boolean same = true;
        int last = BLOCK_ORDER.length();
        for (int i = count.length - 1; i >= 0; i--) {
            int k = BLOCK_ORDER.indexOf(axes.charAt(i));
            step[k] = stride;
            stride *= count[i];
            if (count[i] > 1) {
                same &= k < last;
                last = k;
            }
        }
        if (same) {
            return samples;
        }
        float[] ordered = new float[stride];
        int from = 0;
        for (int c = 0; c < size[1]; c++) {
            for (int z = 0; z < size[2]; z++) {
                for (int y = 0; y < size[3]; y++) {
                    scatter(samples, from, ordered, c * step[1] + z * step[2] + y * step[3], step[4], size[4]);
                    from += size[4];
                }
            }
        }
        return ordered;
    }

    private static void scatter(float[] in, int from, float[] out, int to, int step, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i * step] = in[from + i];
        }
    }

    @Override
    public void commit() throws IOException {
        if (missing.get() != 0) {
            throw new IllegalStateException(missing.get() + " of " + shape.pixels() + " pixels have not been written");
        }
        writer.commit();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
