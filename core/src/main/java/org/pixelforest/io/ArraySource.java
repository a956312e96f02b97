package org.pixelforest.io;

import java.io.IOException;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/**
 * A stored array whose axes have names. Memory of a read: the block, and once more its size where the stored order is not
 * already that of a block.
 */
final class ArraySource implements ImageSource {

    private static final String BLOCK_ORDER = "tczyx";

    private final StoredArray array;
    private final String axes;
    private final Shape shape;
    private final List<String> channelNames;

    ArraySource(StoredArray array, String axes, List<String> channelNames) throws IOException {
        this.array = array;
        this.axes = axes;
        this.shape = Axes.shape(array.file(), axes, array.shape());
        // Names that do not fit the channels are of no use to anybody.
        this.channelNames = channelNames.size() == shape.c() ? List.copyOf(channelNames) : List.of();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public SampleType sampleType() {
        return array.type();
    }

    @Override
    public String axes() {
        return axes;
    }

    @Override
    public List<String> channelNames() {
        return channelNames;
    }

    String description() throws IOException {
        return array.description();
    }

    @Override
    public Block read(Region region) throws IOException {
        if (!shape.whole(Math.min(region.t(), shape.t() - 1)).contains(region)) {
            throw new IllegalArgumentException(region + " does not lie in the image " + shape);
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
        Block block = Block.zeros(region, shape.c());
        if (inBlockOrder(count)) {
            array.read(offset, count, block.samples());
        } else {
            float[] stored = new float[block.samples().length];
            array.read(offset, count, stored);
            reorder(stored, count, size, block.samples());
        }
        return block;
    }

    /** Whether the axes longer than one sample already stand in the order of a block. */
    private boolean inBlockOrder(int[] count) {
        int last = -1;
        for (int i = 0; i < count.length; i++) {
            int k = BLOCK_ORDER.indexOf(axes.charAt(i));
            if (count[i] > 1) {
                if (k < last) {
                    return false;
                }
                last = k;
            }
        }
        return true;
    }

    private void reorder(float[] stored, int[] count, int[] size, float[] out) {
        int[] step = new int[BLOCK_ORDER.length()];
        int stride = 1;
        for (int i = count.length - 1; i >= 0; i--) {
            step[BLOCK_ORDER.indexOf(axes.charAt(i))] = stride;
            stride *= count[i];
        }
        int to = 0;
        for (int c = 0; c < size[1]; c++) {
            for (int z = 0; z < size[2]; z++) {
                for (int y = 0; y < size[3]; y++) {
                    int from = c * step[1] + z * step[2] + y * step[3];
                    gather(stored, from, step[4], out, to, size[4]);
                    to += size[4];
                }
            }
        }
    }

    private static void gather(float[] in, int from, int step, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = in[from + i * step];
        }
    }

    @Override
    public void close() throws IOException {
        array.close();
    }
}
