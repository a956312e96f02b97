package org.pixelforest.ui;

import java.util.List;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/** Fills the polygon of a closed stroke, as docs/page-protocol.md states it. */
final class StrokeFill {

    private static final int ROWS = 256;

    private StrokeFill() {}

    /**
     * Labels with every pixel painted whose centre is inside the polygon by the even-odd rule.
     *
     * @param points x and y in turn, in sixteenths of a pixel
     * @param cls class number, 0 to erase
     */
    static Labels fill(Labels labels, List<Integer> points, int t, int z, int cls) {
        Shape shape = labels.shape();
        long[] x = new long[points.size() / 2];
        long[] y = new long[x.length];
        long minY = Long.MAX_VALUE;
        long maxY = Long.MIN_VALUE;
        long minX = Long.MAX_VALUE;
        long maxX = Long.MIN_VALUE;
        for (int i = 0; i < x.length; i++) {
            x[i] = points.get(2 * i);
            y[i] = points.get(2 * i + 1);
            minX = Math.min(minX, x[i]);
            maxX = Math.max(maxX, x[i]);
            minY = Math.min(minY, y[i]);
            maxY = Math.max(maxY, y[i]);
        }
        int top = (int) Math.max(0, Math.floorDiv(minY, 16));
        int bottom = (int) Math.min(shape.y(), Math.floorDiv(maxY, 16) + 1);
        int left = (int) Math.max(0, Math.floorDiv(minX, 16));
        int right = (int) Math.min(shape.x(), Math.floorDiv(maxX, 16) + 1);
        byte value = cls == 0 ? Labels.ERASE : (byte) cls;
        Labels filled = labels;
        for (int row = top; row < bottom && left < right; row += ROWS) {
            int end = Math.min(bottom, row + ROWS);
            byte[] classes = new byte[(end - row) * (right - left)];
            for (int py = row; py < end; py++) {
                fillRow(x, y, 16L * py + 8, left, right, value, classes, (py - row) * (right - left));
            }
            filled = filled.with(new Region(t, z, row, left, z + 1, end, right), classes);
        }
        return filled;
    }

    private static void fillRow(long[] x, long[] y, long cy, int left, int right, byte value, byte[] out, int at) {
        // inside[i] flips at the first pixel centre that an edge lies to the right of; counting flips from the right
        // end.
        boolean[] flips = new boolean[right - left + 1];
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            if ((y[j] <= cy) == (y[i] <= cy)) {
                continue;
            }
            boolean down = y[i] > y[j];
            // The edge counts for every centre cx with (cx - xj) dy < (xi - xj)(cy - yj) for dy > 0, > for dy < 0.
            long dy = y[i] - y[j];
            long cross = (x[i] - x[j]) * (cy - y[j]);
            long limit = down ? cross : -cross;
            long step = Math.abs(dy);
            // Count of centres cx = 16 px + 8 with (cx - xj) * step < limit, i.e. px < (limit / step + xj - 8) / 16.
            long below = Math.floorDiv(limit - 1 + (x[j] - 8) * step, 16 * step) + 1;
            int count = (int) Math.max(0, Math.min((long) right - left, below - left));
            flips[count] = !flips[count];
        }
        boolean inside = false;
        for (int px = right - left - 1; px >= 0; px--) {
            inside ^= flips[px + 1];
            if (inside) {
                out[at + px] = value;
            }
        }
    }
}
