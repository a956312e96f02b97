package org.pixelforest.ui;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.Region;
import org.pixelforest.label.Labels;

/**
 * The labels in a box as the page reads them: little-endian {@code uint32} number of parts, then for each its x, y, width and
 * height as {@code uint32} and a class number a pixel, row by row. Parts do not overlap; what no part covers is 0.
 */
final class LabelParts {

    private LabelParts() {}

    static byte[] of(Labels labels, Region box) {
        List<Region> parts = new ArrayList<>();
        long size = 4;
        for (Region part : labels.occupied()) {
            if (part.intersects(box)) {
                Region shown = common(part, box);
                parts.add(shown);
                size += 16 + shown.pixels();
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(parts.size());
        for (Region part : parts) {
            bytes.putInt(part.minX()).putInt(part.minY()).putInt(part.width()).putInt(part.height());
            bytes.put(labels.read(part));
        }
        return bytes.array();
    }

    private static Region common(Region a, Region b) {
        return new Region(
                a.t(),
                Math.max(a.minZ(), b.minZ()),
                Math.max(a.minY(), b.minY()),
                Math.max(a.minX(), b.minX()),
                Math.min(a.maxZ(), b.maxZ()),
                Math.min(a.maxY(), b.maxY()),
                Math.min(a.maxX(), b.maxX()));
    }
}
