package org.pixelforest.feature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pixelforest.feature.FeatureSelection.Scale;
import org.pixelforest.feature.Layout.Cell;
import org.pixelforest.filter.Box;
import org.pixelforest.filter.Filter;
import org.pixelforest.filter.Mirror;
import org.pixelforest.image.Halo;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * 2D features of a tile of one plane: {@link Presmoothing} of the whole tile, then the filters a few rows at a time, so that
 * the features of the rows are still in the cache when the forest reads them. One instance a thread; nothing is allocated after
 * construction as long as samples are ordinary numbers.
 *
 * <pre>
 * presmoothed plane (scale, channel), with 3 pixels around the tile, mirrored at the edge of the image
 *   │ along x ──▶ g0 g1 g2 (full sigma) ───────────────────▶ along y ──▶ five filters ──▶ f
 *   └ along x ──▶ s0 s1 d0 (small sigmas) ──▶ products xx xy yy of a row
 *                                               └ along x ──▶ sxx sxy syy ──▶ along y ──▶ structure tensor ──▶ f
 * </pre>
 */
final class PlaneTile implements FeatureTile {

    static final int WIDTH = 256;

    private static final int HEIGHT = 128;

    /** Floats of features that stay in the second-level cache, roughly. */
    private static final int FEATURES = 1 << 19;

    /** Filters reach at most so far beyond the pixel. */
    static final int MARGIN = 3;

    private static final int TENSOR = 6;

    /** What there is to compute for a scale and channel. */
    private record Pair(
            int scale,
            int channel,
            double sigma,
            Weights weights,
            boolean suited,
            boolean filters,
            boolean tensor,
            int[] planes,
            List<Cell> cells) {}

    private final Shape image;
    private final Rows rows;
    private final Presmoothing presmoothing;
    private final List<Pair> pairs = new ArrayList<>();
    private final Halo halo;
    private final int maxWidth;
    private final int maxHeight;
    private final int stride;
    private final int stripRows;
    private final float[] f;
    private final int[] q = new int[8];
    private final boolean[] dirty;

    private final float[] g0;
    private final float[] g1;
    private final float[] g2;
    private final float[] s0;
    private final float[] s1;
    private final float[] d0;
    private final float[] xx;
    private final float[] xy;
    private final float[] yy;
    private final float[] sxx;
    private final float[] sxy;
    private final float[] syy;

    private Region tile;
    private int from;
    private int to;
    private int width;
    private int pitch;
    private int length;

    /**
     * @param needed a flag a feature channel; those not needed may be left out (their planes then hold rubbish), unless one of
     *     them might be a number that is not finite
     */
    PlaneTile(FeatureSelection selection, Shape image, boolean[] needed, Rows rows) {
        this(selection, image, needed, rows, WIDTH, HEIGHT, stripRows(selection.count(image)));
    }

    PlaneTile(
            FeatureSelection selection,
            Shape image,
            boolean[] needed,
            Rows rows,
            int maxWidth,
            int maxHeight,
            int stripRows) {
        this.image = image;
        this.rows = rows;
        this.maxWidth = maxWidth;
        this.maxHeight = maxHeight;
        this.stripRows = stripRows;
        Layout layout = new Layout(selection, image);
        int count = layout.count();
        List<Scale> scales = selection.scales();
        boolean[] present = new boolean[scales.size() * image.c()];
        for (int scale = 0; scale < scales.size(); scale++) {
            for (int channel = 0; channel < image.c(); channel++) {
                Pair pair = pair(layout, scales.get(scale), scale, channel, needed);
                present[scale * image.c() + channel] = !pair.cells.isEmpty();
                if (!pair.cells.isEmpty()) {
                    pairs.add(pair);
                }
            }
        }
        presmoothing = new Presmoothing(scales, present, image, rows, maxWidth, maxHeight);
        halo = presmoothing.halo();
        int maxPitch = roundUp(maxWidth, rows);
        dirty = new boolean[pairs.size()];
        int slack = rows.overrun() + 16;
        // A stride of a power of two would put all planes into the same sets of the cache.
        stride = maxPitch * stripRows + 16;
        f = new float[Math.addExact(Math.multiplyExact(count + 1, stride), slack)];
        int wide = maxPitch * (stripRows + 4) + slack;
        int maxLength = roundUp(maxWidth + 2 * MARGIN, rows);
        int narrow = maxLength * (stripRows + 6) + slack;
        g0 = new float[wide];
        g1 = new float[wide];
        g2 = new float[wide];
        s0 = new float[narrow];
        s1 = new float[narrow];
        d0 = new float[narrow];
        xx = new float[maxLength + slack];
        xy = new float[maxLength + slack];
        yy = new float[maxLength + slack];
        sxx = new float[wide];
        sxy = new float[wide];
        syy = new float[wide];
    }

    /** A length that every vector divides and 64 bytes too. */
    static int roundUp(int n, Rows rows) {
        int multiple = Math.max(16, rows.overrun() / 4);
        return (n + multiple - 1) / multiple * multiple;
    }

    private Pair pair(Layout layout, Scale scale, int index, int channel, boolean[] needed) {
        int[] planes = new int[8];
        Arrays.fill(planes, layout.count()); // a plane behind the last for what nobody asked
        boolean filters = false;
        boolean tensor = false;
        boolean selectedTensor = false;
        List<Cell> cells = new ArrayList<>();
        for (Cell cell : layout.cells()) {
            if (cell.scale() != index) {
                continue;
            }
            cells.add(cell);
            boolean isTensor = cell.filter() == Filter.STRUCTURE_TENSOR_EIGENVALUES;
            selectedTensor |= isTensor;
            int slot = isTensor ? TENSOR : slot(cell.filter());
            for (int k = 0; k < cell.planes(); k++) {
                int plane = cell.first() + channel * cell.planes() + k;
                planes[slot + k] = plane;
                boolean wanted = needed == null || needed[plane];
                tensor |= wanted && isTensor;
                filters |= wanted && !isTensor;
            }
        }
        double sigma = scale.filterSigma();
        return new Pair(
                index,
                channel,
                sigma,
                new Weights(sigma, image.x()),
                Weights.suit(sigma, selectedTensor),
                filters,
                tensor,
                planes,
                cells);
    }

    private static int slot(Filter filter) {
        return switch (filter) {
            case GAUSSIAN_SMOOTHING -> 0;
            case LAPLACIAN_OF_GAUSSIAN -> 1;
            case GAUSSIAN_GRADIENT_MAGNITUDE -> 2;
            case DIFFERENCE_OF_GAUSSIANS -> 3;
            case HESSIAN_OF_GAUSSIAN_EIGENVALUES -> 4;
            case STRUCTURE_TENSOR_EIGENVALUES -> TENSOR;
        };
    }

    private static int stripRows(int features) {
        return clamp(FEATURES / (Math.max(1, features) * WIDTH), 1, 16);
    }

    /** Tiles of one plane each. */
    @Override
    public List<Region> tiles(Region region) {
        return FeatureTile.cut(region, 1, maxHeight, maxWidth);
    }

    @Override
    public void load(ImageSource source, Region tile) throws IOException {
        this.tile = tile;
        width = tile.width();
        pitch = roundUp(width, rows);
        length = roundUp(width + 2 * MARGIN, rows);
        from = 0;
        to = 0;
        presmoothing.load(new SourceBlock(source.read(tile.grow(halo, image)), source.sampleType()), tile);
    }

    @Override
    public boolean next() {
        if (to == tile.height()) {
            return false;
        }
        from = to;
        to = Math.min(from + stripRows, tile.height());
        strip(from, to);
        return true;
    }

    @Override
    public Region strip() {
        return rows(from, to);
    }

    private Region rows(int from, int to) {
        return new Region(
                tile.t(), tile.minZ(), tile.minY() + from, tile.minX(), tile.maxZ(), tile.minY() + to, tile.maxX());
    }

    @Override
    public int pitch() {
        return pitch;
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public int first() {
        return 0;
    }

    @Override
    public float[] planes() {
        return f;
    }

    private void strip(int from, int to) {
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            boolean ordinary = presmoothing.ordinary(pair.channel);
            float[] p = presmoothing.plane(pair.scale, pair.channel);
            if (!ordinary || (!pair.suited && (pair.filters || pair.tensor))) {
                oneByOne(pair, from, to);
                dirty[i] = true;
                continue;
            }
            for (int k = 0; k < q.length; k++) {
                q[k] = pair.planes[k] * stride;
            }
            if (pair.filters || pair.tensor) {
                narrow(p, pair.weights, from, to);
            }
            if (pair.filters) {
                filters(p, pair.weights, from, to);
            }
            if (pair.tensor) {
                tensor(pair.weights, from, to);
            }
            if (dirty[i] && !(pair.filters && pair.tensor)) {
                clear(pair);
            }
            dirty[i] = false;
        }
    }

    /** What is left out must not be taken for a feature of another tile, which may be NaN. */
    private void clear(Pair pair) {
        for (int k = 0; k < q.length; k++) {
            if (k < TENSOR ? !pair.filters : !pair.tensor) {
                Arrays.fill(f, q[k], q[k] + stride, 0f);
            }
        }
    }

    private void narrow(float[] p, Weights w, int from, int to) {
        int first = Math.max(0, tile.minX() - 2);
        int last = Math.min(image.x(), tile.maxX() + 2);
        int a = clamp(w.narrowFrom, first, last);
        int b = clamp(w.narrowTo, a, last);
        int left = tile.minX() - MARGIN;
        for (int y = from - 3; y < to + 3; y++) {
            int in = (y + MARGIN) * length - left;
            int out = (y - from + 3) * length - left;
            if (first < a) {
                rows.narrowX(p, in + first, s0, s1, d0, out + first, a - first, w, false);
            }
            if (a < b) {
                rows.narrowX(p, in + a, s0, s1, d0, out + a, b - a, w, true);
            }
            if (b < last) {
                rows.narrowX(p, in + b, s0, s1, d0, out + b, last - b, w, false);
            }
        }
    }

    private void filters(float[] p, Weights w, int from, int to) {
        int first = tile.minX();
        int last = tile.maxX();
        int a = clamp(w.wideFrom, first, last);
        int b = clamp(w.wideTo, a, last);
        for (int y = from - 2; y < to + 2; y++) {
            int in = (y + MARGIN) * length - (first - MARGIN);
            int out = (y - from + 2) * pitch - first;
            if (first < a) {
                rows.wideX(p, in + first, g0, g1, g2, out + first, a - first, w, false);
            }
            if (a < b) {
                rows.wideX(p, in + a, g0, g1, g2, out + a, b - a, w, true);
            }
            if (b < last) {
                rows.wideX(p, in + b, g0, g1, g2, out + b, last - b, w, false);
            }
        }
        for (int y = from; y < to; y++) {
            int c = (y - from + 2) * pitch;
            int dc = (y - from + 3) * length + MARGIN;
            rows.filtersY(
                    g0,
                    g1,
                    g2,
                    c - 2 * pitch,
                    c - pitch,
                    c,
                    c + pitch,
                    c + 2 * pitch,
                    d0,
                    dc - length,
                    dc,
                    dc + length,
                    f,
                    q,
                    (y - from) * pitch,
                    width,
                    w);
        }
    }

    private void tensor(Weights w, int from, int to) {
        int first = Math.max(0, tile.minX() - 2);
        int last = Math.min(image.x(), tile.maxX() + 2);
        int left = tile.minX() - MARGIN;
        int a = clamp(w.wideFrom, tile.minX(), tile.maxX());
        int b = clamp(w.wideTo, a, tile.maxX());
        int top = Math.max(from - 2, -tile.minY());
        int bottom = Math.min(to + 2, image.y() - tile.minY());
        for (int y = top; y < bottom; y++) {
            int c = (y - from + 3) * length + first - left;
            rows.products(s0, s1, c - length, c, c + length, xx, xy, yy, first - left, last - first, w);
            mirrorColumns(left);
            int out = (y - from + 2) * pitch - tile.minX();
            tensorX(tile.minX(), a, left, out, w, false);
            tensorX(a, b, left, out, w, true);
            tensorX(b, tile.maxX(), left, out, w, false);
        }
        for (int y = from; y < to; y++) {
            rows.tensorY(
                    sxx,
                    sxy,
                    syy,
                    tensorRow(y - 2, from),
                    tensorRow(y - 1, from),
                    tensorRow(y, from),
                    tensorRow(y + 1, from),
                    tensorRow(y + 2, from),
                    f,
                    q[TENSOR] + (y - from) * pitch,
                    q[TENSOR + 1] + (y - from) * pitch,
                    width,
                    w);
        }
    }

    private void tensorX(int from, int to, int left, int out, Weights w, boolean fused) {
        if (from < to) {
            rows.tensorX(xx, xy, yy, from - left, sxx, sxy, syy, out + from, to - from, w, fused);
        }
    }

    /** The gradient changes its sign at the mirror, so products are mirrored and not what they are made of. */
    private void mirrorColumns(int left) {
        for (int x = tile.minX() - 2; x < 0; x++) {
            copyProducts(Mirror.at(x, image.x()) - left, x - left);
        }
        for (int x = image.x(); x < tile.maxX() + 2; x++) {
            copyProducts(Mirror.at(x, image.x()) - left, x - left);
        }
    }

    private void copyProducts(int from, int to) {
        xx[to] = xx[from];
        xy[to] = xy[from];
        yy[to] = yy[from];
    }

    private int tensorRow(int y, int from) {
        int inside = Mirror.at(tile.minY() + y, image.y()) - tile.minY();
        return (inside - from + 2) * pitch;
    }

    /** Filter by filter, as plainly as can be: for numbers and kernels that the shared passes do not suit. */
    private void oneByOne(Pair pair, int from, int to) {
        Region target = rows(from, to);
        Box in = presmoothing.around(pair.scale, pair.channel, target);
        for (Cell cell : pair.cells) {
            List<Box> planes = cell.filter().apply(in, target, pair.sigma, true);
            for (int k = 0; k < planes.size(); k++) {
                int plane = (cell.first() + pair.channel * cell.planes() + k) * stride;
                for (int y = 0; y < to - from; y++) {
                    System.arraycopy(planes.get(k).samples(), y * width, f, plane + y * pitch, width);
                }
            }
        }
    }

    static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }
}
