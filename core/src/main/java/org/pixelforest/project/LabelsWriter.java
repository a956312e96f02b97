package org.pixelforest.project;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pixelforest.hdf5.DatasetWriter;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.hdf5.Layout;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.Region;
import org.pixelforest.label.Labels;

/** Writes the labels of a lane as blocks with their {@code blockSlice}. */
final class LabelsWriter {

    /** Labels of images up to this size go into one block, as ilastik does with small images. */
    private static final long ONE_BLOCK = 1 << 20;

    /** Larger images are cut into cells; of each cell, the smallest box with labels is stored. */
    private static final int CELL = 1024;

    private LabelsWriter() {}

    /** Writes into a group that is there. {@code order}: the axes of the blocks, slowest first. */
    static void write(Hdf5Writer file, String group, Labels labels, String order) throws IOException {
        int number = 0;
        for (Region block : blocks(labels)) {
            String path = group + "/" + String.format(Locale.ROOT, "block%04d", number++);
            writeBlock(file, path, labels, block, order);
        }
    }

    /** Boxes that together hold all labels, each within one time. */
    static List<Region> blocks(Labels labels) {
        Map<List<Integer>, Region> cells = new TreeMap<>(LabelsWriter::compare);
        for (Region tile : labels.occupied()) {
            cells.merge(List.of(tile.t(), 0, 0, 0), tile, LabelsWriter::union);
        }
        List<Region> blocks = new ArrayList<>();
        for (Region whole : cells.values()) {
            if (whole.pixels() <= ONE_BLOCK) {
                blocks.add(whole);
            }
        }
        if (blocks.size() == cells.size()) {
            return blocks;
        }
        cells.clear();
        for (Region tile : labels.occupied()) {
            List<Integer> cell = List.of(tile.t(), tile.minZ(), tile.minY() / CELL, tile.minX() / CELL);
            cells.merge(cell, tile, LabelsWriter::union);
        }
        return List.copyOf(cells.values());
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        int order = 0;
        for (int i = 0; i < a.size() && order == 0; i++) {
            order = a.get(i).compareTo(b.get(i));
        }
        return order;
    }

    private static Region union(Region a, Region b) {
        return new Region(
                a.t(),
                Math.min(a.minZ(), b.minZ()),
                Math.min(a.minY(), b.minY()),
                Math.min(a.minX(), b.minX()),
                Math.max(a.maxZ(), b.maxZ()),
                Math.max(a.maxY(), b.maxY()),
                Math.max(a.maxX(), b.maxX()));
    }

    private static void writeBlock(Hdf5Writer file, String path, Labels labels, Region block, String order)
            throws IOException {
        int[] min = {block.t(), block.minZ(), block.minY(), block.minX(), 0};
        int[] size = {1, block.depth(), block.height(), block.width(), 1};
        long[] shape = new long[order.length()];
        StringBuilder slice = new StringBuilder();
        int[] stride = new int[5];
        int step = 1;
        for (int i = order.length() - 1; i >= 0; i--) {
            int axis = "tzyxc".indexOf(order.charAt(i));
            shape[i] = size[axis];
            stride[axis] = step;
            step *= size[axis];
            slice.insert(0, (i == 0 ? "" : ",") + min[axis] + ":" + (min[axis] + size[axis]));
        }
        byte[] read = labels.read(block);
        byte[] turned = new byte[read.length];
        int n = 0;
        for (int z = 0; z < size[1]; z++) {
            for (int y = 0; y < size[2]; y++) {
                for (int x = 0; x < size[3]; x++) {
                    turned[z * stride[1] + y * stride[2] + x * stride[3]] = read[n++];
                }
            }
        }
        DatasetWriter data = file.dataset(path, Datatype.UINT8, shape, Layout.contiguous());
        data.write(new long[shape.length], shape, turned);
        file.attribute(path, "blockSlice", "[" + slice + "]");
        file.attribute(path, "axistags", AxisTags.json(order));
    }
}
