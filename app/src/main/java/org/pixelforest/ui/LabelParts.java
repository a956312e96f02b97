package org.pixelforest.ui;

import java.io.IOException;
import java.io.OutputStream;
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

    /** Writes part after part: those of a whole image may be more than fits into memory. */
    static void write(Labels labels, Region box, OutputStream out) throws IOException {
        List<Region> parts = new ArrayList<>();
        for (Region part : labels.occupied()) {
            if (part.intersects(box)) {
                parts.add(common(part, box));
            }
        }
        out.write(numbers(parts.size()));
        for (Region part : parts) {
            out.write(numbers(part.minX(), part.minY(), part.width(), part.height()));
            out.write(labels.read(part));
        }
    }

    private static byte[] numbers(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(numbers);
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
