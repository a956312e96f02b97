package org.pixelforest.label;

/** The way of a brush from one point to the next; {@link Stroke} states which pixels it paints. */
final class BrushSegment {

    /** Of the 16 samples of a pixel, so many must be covered. */
    private static final int THRESHOLD = 7;

    private final int brush;
    private final double ax;
    private final double ay;
    private final double bx;
    private final double by;
    private final double dx;
    private final double dy;
    private final double length2;
    private final double radius2;

    BrushSegment(Stroke.Point a, Stroke.Point b, int brush) {
        this.brush = brush;
        ax = a.x();
        ay = a.y();
        bx = b.x();
        by = b.y();
        dx = bx - ax;
        dy = by - ay;
        length2 = dx * dx + dy * dy;
        double radius = brush / 2.0;
        radius2 = radius * radius;
    }

    void rasterise(int height, int width, Stroke.SpanConsumer consumer) {
        if (brush == 1 && length2 == 0) {
            dot(ax, ay, height, width, consumer);
            return;
        }
        double reach = brush / 2.0 + 1;
        int minY = (int) Math.max(0, Math.floor(Math.min(ay, by) - reach));
        int maxY = (int) Math.min(height, Math.ceil(Math.max(ay, by) + reach));
        for (int y = minY; y < maxY; y++) {
            rasteriseRow(y, width, reach, consumer);
        }
        if (brush == 1) {
            dot(ax, ay, height, width, consumer);
            dot(bx, by, height, width, consumer);
        }
    }

    /**
     * Only the columns near the part of the segment that passes by this row are looked at; "near" errs on the wide side, so
     * that it never decides about a pixel.
     */
    private void rasteriseRow(int y, int width, double reach, Stroke.SpanConsumer consumer) {
        double from = 0;
        double to = 1;
        if (dy != 0) {
            double p = (y - reach - ay) / dy;
            double q = (y + 1 + reach - ay) / dy;
            from = Math.max(0, Math.min(p, q));
            to = Math.min(1, Math.max(p, q));
        }
        double p = ax + from * dx;
        double q = ax + to * dx;
        int minX = (int) Math.max(0, Math.floor(Math.min(p, q) - reach));
        int maxX = (int) Math.min(width, Math.ceil(Math.max(p, q) + reach));
        int first = -1;
        for (int x = minX; x < maxX; x++) {
            if (painted(y, x)) {
                first = first < 0 ? x : first;
            } else if (first >= 0) {
                consumer.accept(y, first, x);
                first = -1;
            }
        }
        if (first >= 0) {
            consumer.accept(y, first, maxX);
        }
    }

    private static void dot(double x, double y, int height, int width, Stroke.SpanConsumer consumer) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            consumer.accept((int) y, (int) x, (int) x + 1);
        }
    }

    private boolean painted(int y, int x) {
        int covered = 0;
        for (int j = 0; j < 4; j++) {
            double py = y + (2 * j + 1) / 8.0;
            for (int i = 0; i < 4; i++) {
                covered += covers(x + (2 * i + 1) / 8.0, py) ? 1 : 0;
            }
        }
        return covered >= THRESHOLD;
    }

    private boolean covers(double px, double py) {
        double wx = px - ax;
        double wy = py - ay;
        double s = wx * dx + wy * dy;
        if (s <= 0) {
            return wx * wx + wy * wy <= radius2;
        }
        if (s >= length2) {
            double ux = px - bx;
            double uy = py - by;
            return ux * ux + uy * uy <= radius2;
        }
        double n = wx * dy - wy * dx;
        return n * n <= radius2 * length2;
    }
}
