package org.pixelforest.io;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.UnsupportedFileException;

/** A NumPy {@code .npy} file, versions 1 to 3, C or Fortran order, any integer or float type of 1 to 8 bytes. */
final class NpyArray implements StoredArray {

    private static final int LARGEST_HEADER = 1 << 16;
    private static final Pattern DTYPE = Pattern.compile("'descr'\\s*:\\s*['\"]([<>|=])?([buif])(\\d)['\"]");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

    private final FileBytes bytes;
    private final SampleType type;
    private final ByteOrder order;
    private final BoxReader box;
    private final long[] shape;
    private final boolean fortran;

    private NpyArray(FileBytes bytes) throws IOException {
        this.bytes = bytes;
        Path file = bytes.file();
        byte[] head = bytes.read(0, 12, "the header");
        boolean v1 = head[6] == 1;
        int length = (head[8] & 0xff) | (head[9] & 0xff) << 8;
        if (!v1) {
            length |= (head[10] & 0xff) << 16 | (head[11] & 0xff) << 24;
        }
        if (length < 0 || length > LARGEST_HEADER) {
            throw new BrokenFileException(file, "claims a header of " + (length & 0xffffffffL) + " bytes");
        }
        int start = v1 ? 10 : 12;
        String header = new String(bytes.read(start, length, "the header"), StandardCharsets.UTF_8);
        Matcher dtype = DTYPE.matcher(header);
        Matcher memory = ORDER.matcher(header);
        Matcher sizes = SHAPE.matcher(header);
        if (!memory.find() || !sizes.find()) {
            throw new BrokenFileException(file, "has an unreadable NumPy header");
        }
        if (!dtype.find()) {
            throw new UnsupportedFileException(file, "holds numbers of a kind that is no image: " + header.strip());
        }
        this.order = ">".equals(dtype.group(1)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.type = type(file, dtype.group(2), Integer.parseInt(dtype.group(3)));
        this.fortran = memory.group(1).equals("True");
        this.shape = shape(file, sizes.group(1));
        long samples = 1;
        for (long s : shape) {
            if (s == 0) {
                throw new UnsupportedFileException(file, "is an empty array (" + Axes.sizes(shape) + "), no image");
            }
            if (samples > bytes.size() / s) {
                throw new BrokenFileException(file, "claims " + Axes.sizes(shape) + " samples, which it does not hold");
            }
            samples *= s;
        }
        bytes.check(start + (long) length, samples * type.bytes(), "the last row");
        this.box = new BoxReader(bytes, start + (long) length, type, order);
    }

    static NpyArray open(FileBytes bytes) throws IOException {
        return new NpyArray(bytes);
    }

    private static SampleType type(Path file, String kind, int size) throws IOException {
        return switch (kind + size) {
            case "b1", "u1" -> SampleType.UINT8;
            case "i1" -> SampleType.INT8;
            case "u2" -> SampleType.UINT16;
            case "i2" -> SampleType.INT16;
            case "u4" -> SampleType.UINT32;
            case "i4" -> SampleType.INT32;
            case "u8" -> SampleType.UINT64;
            case "i8" -> SampleType.INT64;
            case "f4" -> SampleType.FLOAT32;
            case "f8" -> SampleType.FLOAT64;
            default ->
                throw new UnsupportedFileException(file, "has samples of type " + kind + size + "; save it as float32");
        };
    }

    private static long[] shape(Path file, String list) throws IOException {
        try {
            return Arrays.stream(list.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new BrokenFileException(file, "has an unreadable shape (" + list + ")", e);
        }
    }

    @Override
    public Path file() {
        return bytes.file();
    }

    @Override
    public SampleType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public void read(long[] offset, int[] count, float[] out) throws IOException {
        if (!fortran) {
            box.read(shape, offset, count, out);
            return;
        }
        // Fortran order is C order of the axes turned around.
        int n = shape.length;
        long[] turnedShape = new long[n];
        long[] turnedOffset = new long[n];
        int[] turnedCount = new int[n];
        int samples = 1;
        for (int i = 0; i < n; i++) {
            turnedShape[n - 1 - i] = shape[i];
            turnedOffset[n - 1 - i] = offset[i];
            turnedCount[n - 1 - i] = count[i];
            samples *= count[i];
        }
        float[] turned = new float[samples];
        box.read(turnedShape, turnedOffset, turnedCount, turned);
        int[] index = new int[n];
        for (int to = 0; to < samples; to++) {
            int from = 0;
            for (int i = n - 1; i >= 0; i--) {
                from = from * count[i] + index[i];
            }
            out[to] = turned[from];
            for (int i = n - 1; i >= 0 && ++index[i] == count[i]; i--) {
                index[i] = 0;
            }
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
