package org.pixelforest.label;

import java.util.List;

/**
 * One movement of a round brush over a plane.
 *
 * <p><b>Which pixels it paints</b>, so that a browser can compute the same, bit for bit. All numbers are IEEE doubles, every
 * operation is rounded on its own (no fused multiply-add), in the order written here.
 *
 * <ol>
 *   <li>Pixel (x, y) covers x ≤ px &lt; x+1 and y ≤ py &lt; y+1. Coordinates of points are rounded to sixteenths of a pixel:
 *       {@code floor(v * 16 + 0.5) / 16}.
 *   <li>A stroke paints the union of its segments, from each point to the next; a single point is a segment from itself to
 *       itself. Every segment is judged on its own, so that a stroke can be drawn while it grows.
 *   <li>A segment from (ax, ay) to (bx, by) with a brush of diameter d covers the points whose distance from it is at most
 *       r = d / 2 (round ends). Each pixel is sampled at 16 points: px = x + (2i + 1) / 8, py = y + (2j + 1) / 8 with i, j in
 *       0 .. 3. Let {@code dx = bx - ax, dy = by - ay, l = dx * dx + dy * dy, wx = px - ax, wy = py - ay,
 *       s = wx * dx + wy * dy}. The sample is covered
 *       <ul>
 *         <li>if {@code s <= 0}: when {@code wx * wx + wy * wy <= r * r};
 *         <li>else if {@code s >= l}: with {@code ux = px - bx, uy = py - by} when {@code ux * ux + uy * uy <= r * r};
 *         <li>else: with {@code n = wx * dy - wy * dx} when {@code n * n <= r * r * l}, computed as {@code (r * r) * l}.
 *       </ul>
 *   <li>A pixel is painted when at least 7 of its 16 samples are covered.
 *   <li>A brush of diameter 1 also paints the pixel under each end of the segment: (floor(ax), floor(ay)) and (floor(bx),
 *       floor(by)); if the ends are equal, that pixel alone. So it never misses.
 *   <li>Pixels outside the image are left out.
 * </ol>
 *
 * @param cls class number 1 .. 99, or 0: the eraser
 * @param brush diameter in pixels, 1 .. {@value #MAX_BRUSH}
 * @param t time of the plane
 * @param z place of the plane in the stack
 * @param points where the brush went, at least one
 */
public record Stroke(int cls, int brush, int t, int z, List<Point> points) {

    /** The number of the eraser in place of a class. */
    public static final int ERASER = 0;

    public static final int MAX_BRUSH = 1000;

    /** A place on a plane in pixels, kept to a sixteenth. */
    public record Point(double x, double y) {

        public Point {
            x = Math.floor(x * 16 + 0.5) / 16;
            y = Math.floor(y * 16 + 0.5) / 16;
            if (!(Math.abs(x) <= 1 << 30) || !(Math.abs(y) <= 1 << 30)) {
                throw new IllegalArgumentException("a point must lie within 2^30 pixels (got: " + x + ", " + y + ")");
            }
        }
    }

    public Stroke {
        if (cls < ERASER || cls > Labels.MAX_CLASSES) {
            throw new IllegalArgumentException(
                    "a class number must be 1 .. 99, or 0 for the eraser (got: " + cls + ")");
        }
        if (brush < 1 || brush > MAX_BRUSH) {
            throw new IllegalArgumentException(
                    "a brush must be 1 .. " + MAX_BRUSH + " pixels wide (got: " + brush + ")");
        }
        if (t < 0 || z < 0) {
            throw new IllegalArgumentException("a plane must not be negative (got: t=" + t + " z=" + z + ")");
        }
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a stroke needs at least one point");
        }
    }

    public boolean eraser() {
        return cls == ERASER;
    }

    /** Takes pixels {@code minX} ≤ x &lt; {@code maxX} of row {@code y}. */
    @FunctionalInterface
    public interface SpanConsumer {
        void accept(int y, int minX, int maxX);
    }

    /**
     * Gives the painted pixels as runs, clipped to an image of {@code height} x {@code width}; a pixel may come several times.
     * Time follows the painted area, not the size of the image.
     */
    public void rasterise(int height, int width, SpanConsumer consumer) {
        if (points.size() == 1) {
            new BrushSegment(points.get(0), points.get(0), brush).rasterise(height, width, consumer);
        }
        for (int i = 1; i < points.size(); i++) {
            new BrushSegment(points.get(i - 1), points.get(i), brush).rasterise(height, width, consumer);
        }
    }
}
