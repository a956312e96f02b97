package org.pixelforest.project;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pixelforest.hdf5.Attribute;
import org.pixelforest.hdf5.Dataset;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/** Reads the blocks of {@code PixelClassification/LabelSets/labelsNNN}. */
final class LabelBlocks {

    private static final Pattern SPAN = Pattern.compile("\\s*(\\d{1,10})\\s*:\\s*(\\d{1,10})\\s*");

    /** Elements read at a time: bounds memory whatever the size of a block. */
    private static final int PIECE = 1 << 22;

    private final StoredGroup group;
    private final String name;
    private final long[] start;
    private final long[] stop;
    private final String axes;
    private final Dataset data;

    private LabelBlocks(StoredGroup group, String name, String order) throws IOException {
        this.group = group;
        this.name = name;
        data = group.dataset(name).orElseThrow(() -> group.broken(name, "is empty"));
        String slice = text(data, "blockSlice").orElseThrow(() -> group.broken(name, "has no attribute blockSlice"));
        String[] spans = slice.strip().replaceAll("^\\[|]$", "").split(",");
        start = new long[spans.length];
        stop = new long[spans.length];
        for (int i = 0; i < spans.length; i++) {
            Matcher span = SPAN.matcher(spans[i]);
            if (!span.matches()) {
                throw group.broken(name, "has a blockSlice that is none: " + slice);
            }
            start[i] = Long.parseLong(span.group(1));
            stop[i] = Long.parseLong(span.group(2));
        }
        axes = axes(order);
        check(slice);
    }

    /** The order of the version, unless the block has another number of axes; then what the block says of itself. */
    private String axes(String order) throws IOException {
        if (order.length() == start.length) {
            return order;
        }
        return text(data, "axistags")
                .flatMap(AxisTags::parse)
                .filter(a -> a.length() == start.length)
                .orElseThrow(() -> group.broken(
                        name, "has " + start.length + " axes, but labels of this image have " + order.length()));
    }

    private void check(String slice) throws IOException {
        long[] shape = data.shape();
        boolean sound = shape.length == start.length;
        for (int i = 0; sound && i < shape.length; i++) {
            sound = stop[i] > start[i] && stop[i] - start[i] == shape[i] && stop[i] <= Integer.MAX_VALUE;
            sound &= axes.charAt(i) != 'c' || start[i] == 0 && stop[i] == 1;
        }
        if (!sound) {
            throw group.broken(name, "does not fit its blockSlice " + slice);
        }
    }

    private static Optional<String> text(Dataset dataset, String attribute) throws IOException {
        Optional<Attribute> found = dataset.attributes().find(attribute);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get().string());
    }

    /** All blocks of a group painted one over the other, in name order. */
    static Labels read(StoredGroup group, String order, Shape image) throws IOException {
        Labels labels = Labels.empty(image);
        for (String name : group.datasets()) {
            labels = new LabelBlocks(group, name, order).paintedOver(labels);
        }
        return labels;
    }

    /** The smallest image that all blocks of a group fit in. */
    static Shape reach(StoredGroup group, String order) throws IOException {
        int[] size = {1, 1, 1, 1};
        for (String name : group.datasets()) {
            LabelBlocks block = new LabelBlocks(group, name, order);
            for (int i = 0; i < 4; i++) {
                int at = block.axes.indexOf("tzyx".charAt(i));
                size[i] = at < 0 ? size[i] : Math.max(size[i], (int) block.stop[at]);
            }
        }
        return new Shape(size[0], 1, size[1], size[2], size[3]);
    }

    private Labels paintedOver(Labels labels) throws IOException {
        for (int i = 0; i < axes.length(); i++) {
            if (axes.charAt(i) != 'c' && stop[i] > labels.shape().along(axes.charAt(i))) {
                throw group.broken(name, "has labels outside the image of " + labels.shape());
            }
        }
        long[] shape = data.shape();
        long pixels = 1;
        for (long length : shape) {
            pixels = pixels > Integer.MAX_VALUE ? pixels : pixels * length;
        }
        if (!group.budget().spendLabels(pixels)) {
            throw group.broken(name, "claims more labels than a project can have");
        }
        long row = pixels / shape[0];
        if (row > PIECE) {
            return byRows(labels, shape);
        }
        Labels painted = labels;
        long step = Math.max(1, PIECE / row);
        long[] offset = new long[shape.length];
        long[] count = shape.clone();
        for (long first = 0; first < shape[0]; first += step) {
            offset[0] = first;
            count[0] = Math.min(step, shape[0] - first);
            painted = painted(painted, offset, count);
        }
        return painted;
    }

    /** For blocks in which a single index of the first axis is already large: pieces along the first two axes. */
    private Labels byRows(Labels labels, long[] shape) throws IOException {
        Labels painted = labels;
        long rest = 1;
        for (int i = 2; i < shape.length; i++) {
            rest *= shape[i];
        }
        long step = Math.max(1, PIECE / rest);
        long[] offset = new long[shape.length];
        long[] count = shape.clone();
        count[0] = 1;
        for (offset[0] = 0; offset[0] < shape[0]; offset[0]++) {
            for (offset[1] = 0; offset[1] < shape[1]; offset[1] += step) {
                count[1] = Math.min(step, shape[1] - offset[1]);
                painted = painted(painted, offset, count);
            }
        }
        return painted;
    }

    private Labels painted(Labels labels, long[] offset, long[] count) throws IOException {
        long elements = 1;
        for (long n : count) {
            elements *= n;
        }
        if (elements > 8 * PIECE) {
            throw group.broken(name, "has a shape that labels never have: " + Arrays.toString(count));
        }
        int[] values = new int[(int) elements];
        data.read(offset, count, values);
        for (int value : values) {
            if (value < 0 || value > Labels.ERASE) {
                throw group.broken(name, "holds " + value + ", which is no class number (1 .. 99)");
            }
        }
        return Transposed.paint(labels, axes, from(offset), count, values);
    }

    private long[] from(long[] offset) {
        long[] from = start.clone();
        for (int i = 0; i < from.length; i++) {
            from[i] += offset[i];
        }
        return from;
    }

    /** Turns a box of any axis order into regions of z, y, x. */
    private static final class Transposed {

        static Labels paint(Labels labels, String axes, long[] from, long[] count, int[] values) {
            int[] first = new int[4];
            int[] size = {1, 1, 1, 1};
            int[] stride = new int[4];
            int step = 1;
            for (int i = axes.length() - 1; i >= 0; i--) {
                int at = "tzyx".indexOf(axes.charAt(i));
                if (at >= 0) {
                    first[at] = (int) from[i];
                    size[at] = (int) count[i];
                    stride[at] = step;
                }
                step *= (int) count[i];
            }
            Labels painted = labels;
            byte[] classes = new byte[size[1] * size[2] * size[3]];
            for (int t = 0; t < size[0]; t++) {
                int n = 0;
                for (int z = 0; z < size[1]; z++) {
                    for (int y = 0; y < size[2]; y++) {
                        int at = t * stride[0] + z * stride[1] + y * stride[2];
                        for (int x = 0; x < size[3]; x++, at += stride[3]) {
                            classes[n++] = (byte) values[at];
                        }
                    }
                }
                Region region = new Region(
                        first[0] + t,
                        first[1],
                        first[2],
                        first[3],
                        first[1] + size[1],
                        first[2] + size[2],
                        first[3] + size[3]);
                painted = painted.with(region, classes);
            }
            return painted;
        }
    }
}
