package org.pixelforest.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.UnsupportedFileException;

/**
 * One page of a TIFF file. Its samples are cut into segments: strips (as wide as the page) or tiles; with planar configuration
 * "separate" every sample has segments of its own.
 */
final class TiffPage {

    private static final long LONGEST_ROW = 1 << 27;

    /** Stacks of more planes are no image of our field. */
    private static final long MOST_PLANES = 1 << 20;

    private final FileBytes bytes;
    private final ByteOrder order;
    private final SegmentCache cache;
    private final SampleType type;
    private final TiffCompression compression;
    private final int predictor;
    private final int width;
    private final int height;
    private final int samples;
    private final boolean separate;
    private final int segmentWidth;
    private final int segmentHeight;
    private final boolean tiled;
    private final long[] offsets;
    private final long[] lengths;

    private TiffPage(FileBytes bytes, ByteOrder order, SegmentCache cache, TiffDirectory directory, long mostSegments)
            throws IOException {
        this.bytes = bytes;
        this.order = order;
        this.cache = cache;
        this.width = size(directory.number(TiffTag.IMAGE_WIDTH, "ImageWidth"), "width");
        this.height = size(directory.number(TiffTag.IMAGE_LENGTH, "ImageLength"), "height");
        this.samples = size(directory.number(TiffTag.SAMPLES_PER_PIXEL, 1), "number of samples per pixel");
        this.separate = samples > 1 && directory.number(TiffTag.PLANAR_CONFIGURATION, 1) == 2;
        this.type = sampleType(directory);
        this.compression = TiffCompression.of(bytes.file(), directory.number(TiffTag.COMPRESSION, 1));
        this.predictor = predictor(directory);
        refuseWhatWeCannotRead(directory);
        this.tiled = directory.has(TiffTag.TILE_WIDTH);
        if (tiled) {
            segmentWidth = size(directory.number(TiffTag.TILE_WIDTH, "TileWidth"), "tile width");
            segmentHeight = size(directory.number(TiffTag.TILE_LENGTH, "TileLength"), "tile height");
        } else {
            segmentWidth = width;
            long rows = directory.number(TiffTag.ROWS_PER_STRIP, height);
            segmentHeight = rows < 1 || rows > height ? height : (int) rows;
        }
        if ((long) segmentWidth * samples * type.bytes() > LONGEST_ROW) {
            throw new UnsupportedFileException(bytes.file(), "has rows longer than 128 MiB");
        }
        boolean tileTags = directory.has(TiffTag.TILE_OFFSETS);
        long count = Math.multiplyExact((long) across() * down(), separate ? samples : 1);
        if (count > mostSegments) {
            throw new UnsupportedFileException(bytes.file(), "is cut into too many strips or tiles (" + count + ")");
        }
        this.offsets = directory.numbers(tileTags ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS, count);
        this.lengths =
                lengths(directory, tileTags ? TiffTag.TILE_BYTE_COUNTS : TiffTag.STRIP_BYTE_COUNTS, offsets.length);
        checkSegments();
    }

    /** A plane like {@code first} whose samples stand uncompressed at {@code start}. */
    private TiffPage(TiffPage first, long start) {
        this.bytes = first.bytes;
        this.order = first.order;
        this.cache = first.cache;
        this.type = first.type;
        this.compression = TiffCompression.NONE;
        this.predictor = 1;
        this.width = first.width;
        this.height = first.height;
        this.samples = first.samples;
        this.separate = first.separate;
        this.segmentWidth = width;
        this.segmentHeight = height;
        this.tiled = false;
        this.offsets = new long[separate ? samples : 1];
        this.lengths = new long[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            lengths[i] = decodedBytes(i);
            offsets[i] = start + i * lengths[i];
        }
    }

    /** {@code mostSegments}: how many strips or tiles the page may have. */
    static TiffPage of(FileBytes bytes, ByteOrder order, SegmentCache cache, TiffDirectory directory, long mostSegments)
            throws IOException {
        try {
            return new TiffPage(bytes, order, cache, directory, mostSegments);
        } catch (ArithmeticException e) {
            throw new BrokenFileException(bytes.file(), "claims an impossible number of strips or tiles", e);
        }
    }

    private int size(long number, String what) throws IOException {
        if (number < 1 || number > Integer.MAX_VALUE - 16) {
            throw new BrokenFileException(bytes.file(), "has an impossible " + what + " (" + number + ")");
        }
        return (int) number;
    }

    private SampleType sampleType(TiffDirectory directory) throws IOException {
        long bits = same(directory, TiffTag.BITS_PER_SAMPLE, 1, "bits");
        long format = same(directory, TiffTag.SAMPLE_FORMAT, 1, "types");
        // 4 = undefined, which every reader takes for unsigned.
        SampleType found =
                switch ((int) (format == 4 ? 1 : format) * 1000 + (int) Math.min(bits, 999)) {
                    case 1008 -> SampleType.UINT8;
                    case 1016 -> SampleType.UINT16;
                    case 1032 -> SampleType.UINT32;
                    case 1064 -> SampleType.UINT64;
                    case 2008 -> SampleType.INT8;
                    case 2016 -> SampleType.INT16;
                    case 2032 -> SampleType.INT32;
                    case 2064 -> SampleType.INT64;
                    case 3032 -> SampleType.FLOAT32;
                    case 3064 -> SampleType.FLOAT64;
                    default -> null;
                };
        if (found == null) {
            throw new UnsupportedFileException(
                    bytes.file(),
                    "has samples of " + bits + " bits (format " + format
                            + "); save it with 8, 16, 32 or 64 bits a sample");
        }
        return found;
    }

    private long same(TiffDirectory directory, int tag, long otherwise, String what) throws IOException {
        if (!directory.has(tag)) {
            return otherwise;
        }
        long[] values = directory.numbers(tag, Math.max(1, Math.min(samples, directory.count(tag))));
        for (long v : values) {
            if (v != values[0]) {
                throw new UnsupportedFileException(bytes.file(), "mixes samples of different " + what + " in one page");
            }
        }
        return values[0];
    }

    private int predictor(TiffDirectory directory) throws IOException {
        long number = compression == TiffCompression.NONE ? 1 : directory.number(TiffTag.PREDICTOR, 1);
        if (number < 1 || number > 3 || (number == 3 && !type.floating())) {
            throw new UnsupportedFileException(
                    bytes.file(), "uses predictor " + number + "; save it without a predictor");
        }
        return (int) number;
    }

    private void refuseWhatWeCannotRead(TiffDirectory directory) throws IOException {
        if (directory.number(TiffTag.IMAGE_DEPTH, 1) != 1) {
            throw new UnsupportedFileException(bytes.file(), "has pages with depth; save one plane a page");
        }
        if (directory.number(TiffTag.FILL_ORDER, 1) != 1) {
            throw new UnsupportedFileException(bytes.file(), "stores its bits in reverse (FillOrder 2)");
        }
        if (directory.number(TiffTag.PHOTOMETRIC, 1) == 6) {
            throw new UnsupportedFileException(bytes.file(), "is coded as YCbCr; save it as RGB");
        }
    }

    private long[] lengths(TiffDirectory directory, int tag, int count) throws IOException {
        if (directory.has(tag)) {
            return directory.numbers(tag, count);
        }
        if (compression != TiffCompression.NONE) {
            throw new BrokenFileException(bytes.file(), "does not say how long its strips are");
        }
        long[] derived = new long[count];
        for (int i = 0; i < count; i++) {
            derived[i] = decodedBytes(i);
        }
        return derived;
    }

    private void checkSegments() throws IOException {
        for (int i = 0; i < offsets.length; i++) {
            // Offset and length 0: never written, all zero.
            if (isMissing(i)) {
                continue;
            }
            bytes.check(offsets[i], lengths[i], tiled ? "a tile" : "a strip");
            long decoded = decodedBytes(i);
            boolean tooShort = compression == TiffCompression.NONE
                    ? lengths[i] < decoded
                    : decoded / compression.mostBytesPerByte() > lengths[i];
            if (tooShort) {
                throw new BrokenFileException(
                        bytes.file(),
                        "has a " + (tiled ? "tile" : "strip") + " of " + lengths[i] + " bytes where " + decoded
                                + " bytes of samples should be");
            }
        }
    }

    /** GDAL leaves out strips and tiles of nothing but zeros. */
    private boolean isMissing(int segment) {
        return offsets[segment] == 0 && lengths[segment] == 0;
    }

    /** Bytes of a segment when decoded: tiles are stored whole, the last strip only as far as the page goes. */
    private long decodedBytes(int segment) {
        return rowBytes() * rows(segment);
    }

    private int rows(int segment) {
        if (tiled) {
            return segmentHeight;
        }
        int row = segment % down();
        return Math.min(segmentHeight, height - row * segmentHeight);
    }

    private long rowBytes() {
        return (long) segmentWidth * samplesTogether() * type.bytes();
    }

    /** Samples that stand side by side in one segment. */
    private int samplesTogether() {
        return separate ? 1 : samples;
    }

    private int across() {
        return (width - 1) / segmentWidth + 1;
    }

    private int down() {
        return (height - 1) / segmentHeight + 1;
    }

    SampleType type() {
        return type;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Samples per pixel. */
    int samples() {
        return samples;
    }

    /** Whether every sample has a plane of its own. */
    boolean separate() {
        return separate;
    }

    /** Number of strips or tiles. */
    int segments() {
        return offsets.length;
    }

    /** Whether pages of this size and type make one image. */
    boolean isLike(TiffPage other) {
        return width == other.width
                && height == other.height
                && samples == other.samples
                && separate == other.separate
                && type == other.type;
    }

    /** The {@code count} planes of a stack of which only the first has a page: they stand behind each other without gaps. */
    List<TiffPage> stackBehind(long count) throws IOException {
        long plane = (long) width * height * samples * type.bytes();
        long start = contiguousStart();
        if (count > MOST_PLANES) {
            throw new UnsupportedFileException(bytes.file(), "has too many planes (" + count + ")");
        }
        if (start < 0 || count > (bytes.size() - start) / plane) {
            throw new BrokenFileException(bytes.file(), "describes " + count + " planes but does not hold them");
        }
        List<TiffPage> stack = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stack.add(new TiffPage(this, start + i * plane));
        }
        return stack;
    }

    /** Where the samples stand if they are uncompressed, without gaps, else -1. */
    private long contiguousStart() {
        if (compression != TiffCompression.NONE || (tiled && offsets.length > 1) || isMissing(0)) {
            return -1;
        }
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] != offsets[i - 1] + decodedBytes(i - 1)) {
                return -1;
            }
        }
        boolean wholeTile = !tiled || (segmentWidth == width && segmentHeight == height);
        return wholeTile ? offsets[0] : -1;
    }

    /**
     * Reads samples {@code s0..s1}, rows {@code y0..y1}, columns {@code x0..x1}. Sample (s, y, x), counted from the corner,
     * goes to {@code to + s * sampleStep + y * rowStep + x * columnStep}.
     */
    void read(
            int s0,
            int s1,
            int y0,
            int y1,
            int x0,
            int x1,
            float[] out,
            int to,
            int sampleStep,
            int rowStep,
            int columnStep)
            throws IOException {
        int planes = separate ? s1 - s0 : 1;
        for (int plane = 0; plane < planes; plane++) {
            int firstSegment = separate ? (s0 + plane) * across() * down() : 0;
            for (int row = y0 / segmentHeight; row <= (y1 - 1) / segmentHeight; row++) {
                for (int column = x0 / segmentWidth; column <= (x1 - 1) / segmentWidth; column++) {
                    int top = row * segmentHeight;
                    int left = column * segmentWidth;
                    int fromY = Math.max(y0, top);
                    int toY = (int) Math.min(y1, (long) top + segmentHeight);
                    int fromX = Math.max(x0, left);
                    int toX = (int) Math.min(x1, (long) left + segmentWidth);
                    int target = to + plane * sampleStep + (fromY - y0) * rowStep + (fromX - x0) * columnStep;
                    copy(
                            firstSegment + row * across() + column,
                            separate ? 0 : s0,
                            separate ? 1 : s1,
                            fromY - top,
                            toY - top,
                            fromX - left,
                            toX - left,
                            out,
                            target,
                            sampleStep,
                            rowStep,
                            columnStep);
                }
            }
        }
    }

    private void copy(
            int segment,
            int s0,
            int s1,
            int y0,
            int y1,
            int x0,
            int x1,
            float[] out,
            int to,
            int sampleStep,
            int rowStep,
            int columnStep)
            throws IOException {
        if (isMissing(segment)) {
            return;
        }
        int together = samplesTogether();
        int size = type.bytes();
        int length = (x1 - x0) * together * size;
        float[] line = new float[x1 - x0];
        int rowsAtOnce = Math.max(1, Math.min(y1 - y0, (1 << 18) / length));
        byte[] rows = new byte[rowsAtOnce * length];
        SegmentCache.Segment decoded = compression == TiffCompression.NONE ? null : decoded(segment);
        for (int y = y0; y < y1; y += rowsAtOnce) {
            int n = Math.min(rowsAtOnce, y1 - y);
            fetch(decoded, segment, y, n, x0 * together * size, length, rows);
            for (int k = 0; k < n; k++) {
                for (int s = s0; s < s1; s++) {
                    Samples.toFloats(rows, k * length + s * size, together, order, type, line, 0, line.length);
                    int target = to + (s - s0) * sampleStep + (y - y0 + k) * rowStep;
                    if (columnStep == 1) {
                        System.arraycopy(line, 0, out, target, line.length);
                    } else {
                        for (int x = 0; x < line.length; x++) {
                            out[target + x * columnStep] = line[x];
                        }
                    }
                }
            }
        }
    }

    private void fetch(SegmentCache.Segment decoded, int segment, int y, int n, int left, int length, byte[] rows)
            throws IOException {
        long rowBytes = rowBytes();
        if (length == rowBytes) {
            part(decoded, segment, y * rowBytes, rows, 0, n * length);
            return;
        }
        for (int k = 0; k < n; k++) {
            part(decoded, segment, (y + k) * rowBytes + left, rows, k * length, length);
        }
    }

    private void part(SegmentCache.Segment decoded, int segment, long at, byte[] rows, int to, int length)
            throws IOException {
        if (decoded == null) {
            bytes.read(offsets[segment] + at, rows, to, length, "an image row");
        } else {
            decoded.read(at, rows, to, length);
        }
    }

    private SegmentCache.Segment decoded(int segment) throws IOException {
        String what = tiled ? "a tile" : "a strip";
        try {
            return cache.get(
                    offsets[segment],
                    decodedBytes(segment),
                    () -> TiffPredictor.of(
                            predictor,
                            compression.decode(bytes, offsets[segment], lengths[segment], what),
                            (int) rowBytes(),
                            samplesTogether(),
                            type,
                            order));
        } catch (EOFException | ZipException e) {
            throw new BrokenFileException(bytes.file(), "has " + what + " whose packed samples are damaged", e);
        }
    }
}
