package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pixelforest.hdf5.Datatype.Array;
import org.pixelforest.hdf5.Datatype.Compound;
import org.pixelforest.hdf5.Datatype.FixedString;
import org.pixelforest.hdf5.Datatype.Member;
import org.pixelforest.hdf5.Datatype.Padding;
import org.pixelforest.hdf5.Datatype.Sequence;
import org.pixelforest.hdf5.Datatype.VariableString;

/**
 * Elements that were read, in row-major order (last dimension fastest), to be looked at as Java values. A conversion
 * that would change a value, and one that makes no sense for the type, throws {@link Hdf5Exception}.
 */
public final class Values {

    private final Source source;
    private final Datatype type;
    private final byte[] raw;
    private final int first;
    private final int step;
    private final int count;

    /** Where elements come from: the file they may point into, and a name for error messages. */
    record Source(Storage storage, GlobalHeap heap, String name) {

        Hdf5Exception mismatch(String problem) {
            return new Hdf5Exception(storage.path() + ": " + name + " " + problem);
        }
    }

    Values(Source source, Datatype type, byte[] raw, int count) {
        this(source, type, raw, 0, type.size(), count);
    }

    private Values(Source source, Datatype type, byte[] raw, int first, int step, int count) {
        this.source = source;
        this.type = type;
        this.raw = raw;
        this.first = first;
        this.step = step;
        this.count = count;
    }

    public Datatype type() {
        return type;
    }

    Source source() {
        return source;
    }

    /** The elements as the file has them; valid for values that were read as a whole. */
    byte[] raw() {
        return raw;
    }

    /** Number of elements. */
    public int count() {
        return count;
    }

    /** The field {@code name} of elements that are compounds. */
    public Values member(String name) throws Hdf5Exception {
        if (type instanceof Compound c) {
            for (Member member : c.members()) {
                if (member.name().equals(name)) {
                    return new Values(source, member.type(), raw, first + member.offset(), step, count);
                }
            }
        }
        throw source.mismatch("has no member \"" + name + "\"");
    }

    /** The elements' bytes one behind the other, numbers turned to little-endian. */
    public byte[] bytes() {
        int size = type.size();
        byte[] packed = new byte[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(raw, first + i * step, packed, i * size, size);
        }
        Numbers.toLittleEndian(type, packed, 0, size, count);
        return packed;
    }

    public int[] ints() throws Hdf5Exception {
        Numeric n = numeric();
        int[] out = new int[n.count];
        for (int i = 0; i < n.groups; i++) {
            int at = first + i * step;
            int bad = Numbers.toInts(n.type, raw, at, n.step, out, i * n.each, n.each);
            if (bad >= 0) {
                throw source.mismatch("holds " + Numbers.real(n.type, raw, at + bad * n.step) + ", which is no int");
            }
        }
        return out;
    }

    public long[] longs() throws Hdf5Exception {
        Numeric n = numeric();
        long[] out = new long[n.count];
        for (int i = 0; i < n.groups; i++) {
            int at = first + i * step;
            int bad = Numbers.toLongs(n.type, raw, at, n.step, out, i * n.each, n.each);
            if (bad >= 0) {
                throw source.mismatch("holds " + Numbers.real(n.type, raw, at + bad * n.step) + ", which is no long");
            }
        }
        return out;
    }

    /** Rounded to the nearest float where the type is more precise. */
    public float[] floats() throws Hdf5Exception {
        Numeric n = numeric();
        float[] out = new float[n.count];
        for (int i = 0; i < n.groups; i++) {
            Numbers.toFloats(n.type, raw, first + i * step, n.step, out, i * n.each, n.each);
        }
        return out;
    }

    /** Rounded to the nearest double where the type is more precise. */
    public double[] doubles() throws Hdf5Exception {
        Numeric n = numeric();
        double[] out = new double[n.count];
        for (int i = 0; i < n.groups; i++) {
            Numbers.toDoubles(n.type, raw, first + i * step, n.step, out, i * n.each, n.each);
        }
        return out;
    }

    /** True where an enumeration's or integer's value is not zero. */
    public boolean[] booleans() throws Hdf5Exception {
        long[] numbers = longs();
        boolean[] out = new boolean[numbers.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = numbers[i] != 0;
        }
        return out;
    }

    /** Text, without its padding; bytes that are not UTF-8 are taken for Latin-1. */
    public List<String> strings() throws IOException {
        List<String> out = new ArrayList<>();
        if (type instanceof FixedString fixed) {
            for (int i = 0; i < count; i++) {
                out.add(text(raw, first + i * step, fixed));
            }
        } else if (type instanceof VariableString) {
            Budget budget = new Budget(source.storage.size());
            for (int i = 0; i < count; i++) {
                out.add(decode(upToNul(pointed(i, 1, budget))));
            }
        } else {
            throw source.mismatch("holds no text");
        }
        return out;
    }

    /** The only element's text. */
    public String string() throws IOException {
        List<String> all = strings();
        if (all.size() != 1) {
            throw source.mismatch("holds " + all.size() + " strings instead of one");
        }
        return all.get(0);
    }

    /** For elements that are sequences: each one's elements. */
    public List<Values> sequences() throws IOException {
        if (!(type instanceof Sequence s)) {
            throw source.mismatch("holds no sequences");
        }
        List<Values> out = new ArrayList<>();
        Budget budget = new Budget(source.storage.size());
        for (int i = 0; i < count; i++) {
            byte[] bytes = pointed(i, s.base().size(), budget);
            out.add(new Values(source, s.base(), bytes, bytes.length / s.base().size()));
        }
        return out;
    }

    /** No two elements share an object of a heap, so that what they point to cannot be more than the file. */
    private static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }
    }

    /** What the pointer of element {@code i} (length, heap, index) points to. */
    private byte[] pointed(int i, int elementSize, Budget budget) throws IOException {
        Cursor in = new Cursor(source.storage, source.name, raw).skip(first + (long) i * step);
        long length = in.u32() * elementSize;
        long address = in.address();
        long index = in.u32();
        if (length == 0 || address == 0 || address == Storage.UNDEFINED) {
            return new byte[0];
        }
        budget.left -= length;
        if (budget.left < 0) {
            throw source.storage.corrupt(source.name + " points to more bytes than the file has");
        }
        return source.heap.object(address, index, length);
    }

    private static byte[] upToNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return Arrays.copyOf(bytes, i);
            }
        }
        return bytes;
    }

    private static String text(byte[] raw, int from, FixedString type) {
        int end = from + type.size();
        byte filler = (byte) (type.padding() == Padding.SPACE_PADDED ? ' ' : 0);
        if (type.padding() == Padding.NUL_TERMINATED) {
            int nul = from;
            while (nul < end && raw[nul] != 0) {
                nul++;
            }
            end = nul;
        }
        while (end > from && raw[end - 1] == filler) {
            end--;
        }
        return decode(Arrays.copyOfRange(raw, from, end));
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** How to walk the numbers: {@code groups} elements of {@code each} numbers, {@code step} bytes apart. */
    private record Numeric(Datatype type, int groups, int each, int step, int count) {}

    private Numeric numeric() throws Hdf5Exception {
        Datatype base = type instanceof Array a ? a.base() : type;
        Datatype numbers = Numbers.numeric(base);
        if (numbers == null) {
            throw source.mismatch("holds no numbers");
        }
        if (type instanceof Array a) {
            long total = (long) count * a.length();
            if (total > Integer.MAX_VALUE - 8) {
                throw source.mismatch("holds " + total + " numbers, too many for one array");
            }
            return new Numeric(numbers, count, a.length(), numbers.size(), (int) total);
        }
        return new Numeric(numbers, 1, count, step, count);
    }
}
