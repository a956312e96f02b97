package org.pixelforest.hdf5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.pixelforest.hdf5.Datatype.Array;
import org.pixelforest.hdf5.Datatype.BitField;
import org.pixelforest.hdf5.Datatype.Compound;
import org.pixelforest.hdf5.Datatype.Enumeration;
import org.pixelforest.hdf5.Datatype.FixedPoint;
import org.pixelforest.hdf5.Datatype.FloatingPoint;
import org.pixelforest.hdf5.Datatype.Member;

/** Stored elements to Java numbers. Elements stand {@code step} bytes apart in {@code source}, from {@code at} on. */
final class Numbers {

    private static final VarHandle SHORT = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = view(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE = view(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_SHORT = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_INT = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_LONG = view(long[].class, ByteOrder.BIG_ENDIAN);

    private Numbers() {}

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    /** The type of the numbers that elements of {@code type} are, or null if they are none. */
    static Datatype numeric(Datatype type) {
        if (type instanceof Enumeration e) {
            return e.base();
        }
        if (type instanceof BitField b) {
            return b.precision() >= 1 && b.offset() + b.precision() <= 8 * b.size()
                    ? new FixedPoint(b.size(), false, b.bigEndian(), b.offset(), b.precision(), b.padding())
                    : null;
        }
        if (type instanceof FixedPoint f) {
            return f.size() <= 8 ? f : null;
        }
        return type instanceof FloatingPoint f && f.isIeee() ? f : null;
    }

    /** One integer of up to eight bytes; an unsigned one of 2⁶³ or more comes out negative. */
    static long integer(FixedPoint type, byte[] source, int at) {
        int size = type.size();
        boolean big = type.bigEndian();
        long value =
                switch (size) {
                    case 1 -> source[at];
                    case 2 -> (short) (big ? BIG_SHORT : SHORT).get(source, at);
                    case 4 -> (int) (big ? BIG_INT : INT).get(source, at);
                    case 8 -> (long) (big ? BIG_LONG : LONG).get(source, at);
                    default -> bytes(source, at, size, big);
                };
        int unused = 64 - type.precision();
        value = value >> type.offset() << unused;
        return type.signed() ? value >> unused : value >>> unused;
    }

    private static long bytes(byte[] source, int at, int size, boolean big) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | source[at + (big ? i : size - 1 - i)] & 0xFF;
        }
        return value;
    }

    static double real(Datatype type, byte[] source, int at) {
        if (type instanceof FixedPoint f) {
            long value = integer(f, source, at);
            return f.signed() || value >= 0 ? value : unsigned(value);
        }
        boolean big = ((FloatingPoint) type).order() == 1;
        return switch (type.size()) {
            case 2 -> half((short) (big ? BIG_SHORT : SHORT).get(source, at));
            case 4 -> Float.intBitsToFloat((int) (big ? BIG_INT : INT).get(source, at));
            default -> Double.longBitsToDouble((long) (big ? BIG_LONG : LONG).get(source, at));
        };
    }

    /** The double nearest to an unsigned number of 2⁶³ or more; the lowest bit is kept sticky for the rounding. */
    private static double unsigned(long value) {
        return (double) (value >>> 1 | value & 1) * 2;
    }

    /** IEEE 754 half precision: 1 sign, 5 exponent, 10 mantissa bits. */
    static float half(short bits) {
        int exponent = bits >> 10 & 31;
        int mantissa = bits & 0x3FF;
        int sign = bits << 16 & 0x80000000;
        if (exponent == 0) {
            float value = mantissa * 0x1p-24f;
            return sign == 0 ? value : -value;
        }
        int wide = exponent == 31 ? 0xFF : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
    }

    static void toFloats(Datatype type, byte[] source, int at, int step, float[] out, int from, int n) {
        boolean plain = isPlain(type);
        if (plain && type.equals(Datatype.UINT16)) {
            for (int i = 0; i < n; i++) {
                out[from + i] = (short) SHORT.get(source, at + i * step) & 0xFFFF;
            }
        } else if (plain && type.equals(Datatype.UINT8)) {
            for (int i = 0; i < n; i++) {
                out[from + i] = source[at + i * step] & 0xFF;
            }
        } else if (plain && type.equals(Datatype.FLOAT32)) {
            for (int i = 0; i < n; i++) {
                out[from + i] = (float) FLOAT.get(source, at + i * step);
            }
        } else if (type instanceof FixedPoint f && f.precision() < 64) {
            // Straight from the integer: by way of a double, a value of more than 53 bits would be rounded twice.
            for (int i = 0; i < n; i++) {
                out[from + i] = integer(f, source, at + i * step);
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[from + i] = single(type, source, at + i * step);
            }
        }
    }

    private static float single(Datatype type, byte[] source, int at) {
        if (type instanceof FixedPoint f) {
            long value = integer(f, source, at);
            return f.signed() || value >= 0 ? value : (float) (value >>> 1 | value & 1) * 2;
        }
        return (float) real(type, source, at);
    }

    static void toDoubles(Datatype type, byte[] source, int at, int step, double[] out, int from, int n) {
        if (isPlain(type) && type.equals(Datatype.FLOAT64)) {
            for (int i = 0; i < n; i++) {
                out[from + i] = (double) DOUBLE.get(source, at + i * step);
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[from + i] = real(type, source, at + i * step);
            }
        }
    }

    /** Whole numbers; returns the index of the first element that is no {@code long}, or −1. */
    static int toLongs(Datatype type, byte[] source, int at, int step, long[] out, int from, int n) {
        for (int i = 0; i < n; i++) {
            if (type instanceof FixedPoint f) {
                out[from + i] = integer(f, source, at + i * step);
                if (out[from + i] < 0 && !f.signed()) {
                    return i;
                }
            } else {
                double value = real(type, source, at + i * step);
                out[from + i] = (long) value;
                if (out[from + i] != value || out[from + i] == Long.MAX_VALUE) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** As {@link #toLongs}, for {@code int}. */
    static int toInts(Datatype type, byte[] source, int at, int step, int[] out, int from, int n) {
        if (isPlain(type) && type.equals(Datatype.INT32)) {
            for (int i = 0; i < n; i++) {
                out[from + i] = (int) INT.get(source, at + i * step);
            }
            return -1;
        }
        for (int i = 0; i < n; i++) {
            if (type instanceof FixedPoint f) {
                long value = integer(f, source, at + i * step);
                out[from + i] = (int) value;
                if (out[from + i] != value) {
                    return i;
                }
            } else {
                double value = real(type, source, at + i * step);
                out[from + i] = (int) value;
                if (out[from + i] != value) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean isPlain(Datatype type) {
        if (type instanceof FixedPoint i) {
            return !i.bigEndian();
        }
        return type instanceof FloatingPoint f && f.order() == 0;
    }

    /** Turns the numbers in {@code n} elements of {@code type}, {@code step} bytes apart, to little-endian, in place. */
    static void toLittleEndian(Datatype type, byte[] bytes, int at, int step, int n) {
        if (!hasBigEndian(type)) {
            return;
        }
        if (type instanceof Compound c) {
            for (Member member : c.members()) {
                toLittleEndian(member.type(), bytes, at + member.offset(), step, n);
            }
        } else if (type instanceof Array a) {
            for (int i = 0; i < n; i++) {
                toLittleEndian(a.base(), bytes, at + i * step, a.base().size(), a.length());
            }
        } else {
            for (int i = 0; i < n; i++) {
                reverse(bytes, at + i * step, type.size());
            }
        }
    }

    private static void reverse(byte[] bytes, int at, int size) {
        for (int i = 0; i < size / 2; i++) {
            byte b = bytes[at + i];
            bytes[at + i] = bytes[at + size - 1 - i];
            bytes[at + size - 1 - i] = b;
        }
    }

    private static boolean hasBigEndian(Datatype type) {
        if (type instanceof FixedPoint i) {
            return i.bigEndian();
        } else if (type instanceof BitField b) {
            return b.bigEndian();
        } else if (type instanceof FloatingPoint f) {
            return f.order() == 1;
        } else if (type instanceof Enumeration e) {
            return e.base().bigEndian();
        } else if (type instanceof Array a) {
            return hasBigEndian(a.base());
        }
        return type instanceof Compound c && c.members().stream().anyMatch(m -> hasBigEndian(m.type()));
    }
}
