package org.pixelforest.hdf5;

import java.nio.ByteOrder;
import java.util.List;

/**
 * What one element of a dataset or attribute is. The kinds and their names are those of the HDF5 file format; equal
 * types are {@code equal}.
 */
public sealed interface Datatype {

    /** One byte, −128 … 127. */
    Datatype INT8 = integer(1, true, ByteOrder.LITTLE_ENDIAN);
    /** One byte, 0 … 255. */
    Datatype UINT8 = integer(1, false, ByteOrder.LITTLE_ENDIAN);
    /** Two bytes, signed. */
    Datatype INT16 = integer(2, true, ByteOrder.LITTLE_ENDIAN);
    /** Two bytes, unsigned. */
    Datatype UINT16 = integer(2, false, ByteOrder.LITTLE_ENDIAN);
    /** Four bytes, signed. */
    Datatype INT32 = integer(4, true, ByteOrder.LITTLE_ENDIAN);
    /** Four bytes, unsigned. */
    Datatype UINT32 = integer(4, false, ByteOrder.LITTLE_ENDIAN);
    /** Eight bytes, signed. */
    Datatype INT64 = integer(8, true, ByteOrder.LITTLE_ENDIAN);
    /** Eight bytes, unsigned. */
    Datatype UINT64 = integer(8, false, ByteOrder.LITTLE_ENDIAN);
    /** IEEE 754 half precision. */
    Datatype FLOAT16 = floating(2, ByteOrder.LITTLE_ENDIAN);
    /** IEEE 754 single precision. */
    Datatype FLOAT32 = floating(4, ByteOrder.LITTLE_ENDIAN);
    /** IEEE 754 double precision. */
    Datatype FLOAT64 = floating(8, ByteOrder.LITTLE_ENDIAN);
    /** A string of any length, UTF-8. */
    Datatype STRING = new VariableString(Padding.NUL_TERMINATED, true);
    /** A truth value as h5py writes it: an enumeration of one byte, FALSE = 0 and TRUE = 1. */
    Datatype BOOLEAN = new Enumeration(
            (FixedPoint) INT8, List.of(new EnumerationMember("FALSE", 0), new EnumerationMember("TRUE", 1)));

    /** Bytes of an element where it is stored; for what is kept in a heap, of the pointer to it. */
    int size();

    /** An integer of 1 to 8 bytes. */
    static Datatype integer(int bytes, boolean signed, ByteOrder order) {
        if (bytes < 1 || bytes > 8) {
            throw new IllegalArgumentException("an integer must have 1 to 8 bytes (got " + bytes + ")");
        }
        return new FixedPoint(bytes, signed, order == ByteOrder.BIG_ENDIAN, 0, 8 * bytes, 0);
    }

    /** An IEEE 754 number of 2, 4 or 8 bytes. */
    static Datatype floating(int bytes, ByteOrder order) {
        return FloatingPoint.ieee(bytes, order == ByteOrder.BIG_ENDIAN);
    }

    /** A UTF-8 string in a field of {@code bytes} bytes (at least 1), filled up with NULs. */
    static Datatype fixedString(int bytes) {
        checkField(bytes);
        return new FixedString(bytes, Padding.NUL_PADDED, true);
    }

    /** {@code bytes} bytes (at least 1) without a meaning, labelled with {@code tag}, which may be empty. */
    static Datatype opaque(int bytes, String tag) {
        checkField(bytes);
        return new Opaque(bytes, tag);
    }

    private static void checkField(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("an element must have at least one byte (got " + bytes + ")");
        }
    }

    /** An integer: {@code precision} bits from bit {@code offset} on. {@code padding}: the format's bits, 0 as a rule. */
    record FixedPoint(int size, boolean signed, boolean bigEndian, int offset, int precision, int padding)
            implements Datatype {}

    /** Bits without a number's meaning; read as an unsigned integer. */
    record BitField(int size, boolean bigEndian, int offset, int precision, int padding) implements Datatype {}

    /**
     * A floating-point number.
     *
     * @param order 0 little-endian, 1 big-endian, 3 VAX
     * @param normalization 0 none, 1 leading bit stored, 2 leading bit implied (IEEE)
     * @param padding the format's padding bits, 0 as a rule
     */
    record FloatingPoint(
            int size,
            int order,
            int padding,
            int normalization,
            int signAt,
            int offset,
            int precision,
            int exponentAt,
            int exponentBits,
            int mantissaAt,
            int mantissaBits,
            long exponentBias)
            implements Datatype {

        static FloatingPoint ieee(int size, boolean bigEndian) {
            int order = bigEndian ? 1 : 0;
            return switch (size) {
                case 2 -> new FloatingPoint(2, order, 0, 2, 15, 0, 16, 10, 5, 0, 10, 15);
                case 4 -> new FloatingPoint(4, order, 0, 2, 31, 0, 32, 23, 8, 0, 23, 127);
                case 8 -> new FloatingPoint(8, order, 0, 2, 63, 0, 64, 52, 11, 0, 52, 1023);
                default ->
                    throw new IllegalArgumentException(
                            "a floating-point number must have 2, 4 or 8 bytes (got " + size + ")");
            };
        }

        /** Whether this is one of the IEEE 754 formats, so that its values can be read as numbers. */
        public boolean isIeee() {
            return (size == 2 || size == 4 || size == 8)
                    && order < 2
                    && equals(ieee(size, order == 1).withPadding(padding));
        }

        private FloatingPoint withPadding(int bits) {
            return new FloatingPoint(
                    size,
                    order,
                    bits,
                    normalization,
                    signAt,
                    offset,
                    precision,
                    exponentAt,
                    exponentBits,
                    mantissaAt,
                    mantissaBits,
                    exponentBias);
        }
    }

    /** What fills a string's field behind its last character. */
    enum Padding {
        NUL_TERMINATED,
        NUL_PADDED,
        SPACE_PADDED
    }

    /** Text in a field of {@code size} bytes. Read as UTF-8 whether or not {@code utf8} says so. */
    record FixedString(int size, Padding padding, boolean utf8) implements Datatype {}

    /** Text of any length, kept in a heap. Read as UTF-8 whether or not {@code utf8} says so. */
    record VariableString(Padding padding, boolean utf8) implements Datatype {
        @Override
        public int size() {
            return 16;
        }
    }

    /** Any number of elements of one type, kept in a heap. */
    record Sequence(Datatype base) implements Datatype {
        @Override
        public int size() {
            return 16;
        }
    }

    /** Bytes without a meaning. */
    record Opaque(int size, String tag) implements Datatype {}

    /** A name for an integer. */
    record EnumerationMember(String name, long value) {}

    /** Integers that have names. */
    record Enumeration(FixedPoint base, List<EnumerationMember> members) implements Datatype {
        public Enumeration {
            members = List.copyOf(members);
        }

        @Override
        public int size() {
            return base.size();
        }

        /** Whether these are h5py's truth values. */
        public boolean isBoolean() {
            return members.equals(((Enumeration) BOOLEAN).members);
        }
    }

    /** A field of a compound, {@code offset} bytes behind the start of the element. */
    record Member(String name, int offset, Datatype type) {}

    /** Named fields side by side. */
    record Compound(int size, List<Member> members) implements Datatype {
        public Compound {
            members = List.copyOf(members);
        }
    }

    /** A small array as one element, slowest dimension first. */
    record Array(Datatype base, List<Integer> shape) implements Datatype {
        public Array {
            shape = List.copyOf(shape);
        }

        /** Number of base elements. */
        public int length() {
            return shape.stream().reduce(1, (a, b) -> a * b);
        }

        @Override
        public int size() {
            return base.size() * length();
        }
    }

    /** A pointer to an object ({@code kind} 0) or to a region of a dataset (1); other kinds are newer. */
    record Reference(int size, int kind) implements Datatype {}

    /** A type of a class that this library does not interpret; its elements can be read as bytes and copied. */
    record Other(int classNumber, int size, List<Byte> encoded) implements Datatype {
        public Other {
            encoded = List.copyOf(encoded);
        }
    }
}
