package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An array in the file. Values are in row-major order (last dimension fastest). Whole reads need memory for the whole
 * dataset and refuse to take more than a quarter of what Java has; {@code read} takes a region of it. Safe for many
 * threads. Numbers are converted where no value changes, and to floats by rounding to the nearest; a value that the
 * Java type cannot hold gives {@link Hdf5Exception}.
 */
public final class Dataset implements Node {

    private final ObjectNode node;
    private final Datatype type;
    private final Dataspace space;
    private final RegionReader reader;

    Dataset(ObjectNode node) throws IOException {
        this.node = node;
        this.type = DatatypeMessage.read(message(ObjectHeader.DATATYPE, "type"));
        this.space = Dataspace.read(message(ObjectHeader.DATASPACE, "shape"));
        if (space.elements() > Long.MAX_VALUE / type.size()) {
            throw node.file()
                    .storage()
                    .unsupported("dataset " + path() + " of the shape " + Arrays.toString(space.shape()));
        }
        this.reader = new RegionReader(node, type, space);
    }

    private Cursor message(int number, String what) throws Hdf5Exception {
        ObjectHeader header = node.header();
        Optional<ObjectHeader.Message> found = header.find(number);
        if (found.isEmpty()) {
            throw node.file().storage().corrupt("dataset " + path() + " has no " + what);
        }
        return header.cursor(found.get(), what + " of " + path());
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public Attributes attributes() throws IOException {
        return node.attributes();
    }

    public Datatype type() {
        return type;
    }

    /** Lengths, slowest dimension first; empty for a single value. */
    public long[] shape() {
        return space.shape().clone();
    }

    /** Whether the dataset has a type but no value (null dataspace). */
    public boolean isEmpty() {
        return space.isNull();
    }

    /** The lengths of a chunk, or nothing where the dataset is not stored in chunks. */
    public Optional<long[]> chunk() {
        return reader.layout() instanceof DataLayout.Chunked c
                ? Optional.of(c.chunk().clone())
                : Optional.empty();
    }

    /** All elements, to be converted; pointers into the file's heaps are followed when they are asked for. */
    public Values values() throws IOException {
        byte[] raw = new byte[length(type.size())];
        reader.read(new long[space.shape().length], space.shape(), new Target.Bytes(type, raw));
        return new Values(source(), type, raw, (int) space.elements());
    }

    Values.Source source() {
        return new Values.Source(node.file().storage(), node.file().heap(), "dataset " + path());
    }

    /** The elements' bytes, numbers turned to little-endian. */
    public byte[] bytes() throws IOException {
        byte[] out = new byte[length(type.size())];
        read(new long[space.shape().length], space.shape(), out);
        return out;
    }

    public int[] ints() throws IOException {
        if (isArray()) {
            return values().ints();
        }
        int[] out = new int[length(4) / 4];
        read(new long[space.shape().length], space.shape(), out);
        return out;
    }

    public long[] longs() throws IOException {
        if (isArray()) {
            return values().longs();
        }
        long[] out = new long[length(8) / 8];
        read(new long[space.shape().length], space.shape(), out);
        return out;
    }

    public float[] floats() throws IOException {
        if (isArray()) {
            return values().floats();
        }
        float[] out = new float[length(4) / 4];
        read(new long[space.shape().length], space.shape(), out);
        return out;
    }

    public double[] doubles() throws IOException {
        if (isArray()) {
            return values().doubles();
        }
        double[] out = new double[length(8) / 8];
        read(new long[space.shape().length], space.shape(), out);
        return out;
    }

    private boolean isArray() {
        return type instanceof Datatype.Array;
    }

    /** True where an enumeration's or integer's value is not zero. */
    public boolean[] booleans() throws IOException {
        return values().booleans();
    }

    /** Text, without its padding; bytes that are not UTF-8 are taken for Latin-1. */
    public List<String> strings() throws IOException {
        return values().strings();
    }

    /** The only element's text. */
    public String string() throws IOException {
        return values().string();
    }

    /** Bytes of all elements if each takes {@code size}; refuses what would fill the memory. */
    private int length(int size) throws Hdf5Exception {
        long bytes = Math.multiplyExact(space.elements(), (long) size);
        if (bytes > mostBytes()) {
            throw source().mismatch("has the shape " + Arrays.toString(space.shape()) + ", " + bytes
                    + " bytes: too many to read at once");
        }
        return (int) bytes;
    }

    /** The largest array that reading may make: a quarter of the memory. */
    static long mostBytes() {
        return Math.min(Math.max(16 << 20, Runtime.getRuntime().maxMemory() / 4), Integer.MAX_VALUE - 1024);
    }

    /**
     * Reads the box of {@code count} elements from {@code offset} on; elements' bytes, numbers turned to little-endian.
     *
     * @throws IndexOutOfBoundsException if the box does not lie in the dataset; as for all {@code read}
     * @throws IllegalArgumentException if {@code out} is too short for it; as for all {@code read}
     * @throws Hdf5Exception if the file is damaged, or a value is none of the type asked for; as for all {@code read}
     */
    public void read(long[] offset, long[] count, byte[] out) throws IOException {
        int n = reader.check(offset, count, out.length / type.size());
        reader.read(offset, count, new Target.Bytes(type, out));
        Numbers.toLittleEndian(type, out, 0, type.size(), n);
    }

    /** Reads the box of {@code count} elements from {@code offset} on. */
    public void read(long[] offset, long[] count, int[] out) throws IOException {
        reader.check(offset, count, out.length);
        reader.read(offset, count, new Target.Ints(source(), numeric(), out));
    }

    /** Reads the box of {@code count} elements from {@code offset} on. */
    public void read(long[] offset, long[] count, long[] out) throws IOException {
        reader.check(offset, count, out.length);
        reader.read(offset, count, new Target.Longs(source(), numeric(), out));
    }

    /** Reads the box of {@code count} elements from {@code offset} on, each rounded to the nearest float. */
    public void read(long[] offset, long[] count, float[] out) throws IOException {
        reader.check(offset, count, out.length);
        reader.read(offset, count, new Target.Floats(numeric(), out));
    }

    /** Reads the box of {@code count} elements from {@code offset} on, each rounded to the nearest double. */
    public void read(long[] offset, long[] count, double[] out) throws IOException {
        reader.check(offset, count, out.length);
        reader.read(offset, count, new Target.Doubles(numeric(), out));
    }

    private Datatype numeric() throws Hdf5Exception {
        Datatype numeric = Numbers.numeric(type);
        if (numeric == null) {
            throw source().mismatch("holds no numbers");
        }
        return numeric;
    }

    Dataspace space() {
        return space;
    }

    RegionReader reader() {
        return reader;
    }

    ObjectHeader header() {
        return node.header();
    }

    Hdf5File file() {
        return node.file();
    }
}
