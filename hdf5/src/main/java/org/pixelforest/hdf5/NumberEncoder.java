package org.pixelforest.hdf5;

import org.pixelforest.hdf5.Datatype.FixedPoint;

/** Java numbers to stored elements. A number that the type cannot hold is an {@link IllegalArgumentException}. */
final class NumberEncoder {

    private NumberEncoder() {}

    /** One whole number of the type {@code numeric}. */
    static void put(Datatype numeric, long value, byte[] out, int at) {
        if (numeric instanceof FixedPoint type) {
            if (!fits(type, value)) {
                throw new IllegalArgumentException(value + " does not fit into " + (type.signed() ? "" : "an unsigned ")
                        + (type.signed() ? "a signed " : "") + "integer of " + type.size() + " bytes");
            }
            integer(type, value, out, at);
        } else {
            real(numeric, value, out, at);
        }
    }

    /** One number; a floating-point type takes it rounded to the nearest, an integer type only if it is whole. */
    static void put(Datatype numeric, double value, byte[] out, int at) {
        if (numeric instanceof FixedPoint) {
            if ((long) value != value || value >= 0x1p63) {
                throw new IllegalArgumentException(value + " does not fit into an integer");
            }
            put(numeric, (long) value, out, at);
        } else {
            real(numeric, value, out, at);
        }
    }

    private static boolean fits(FixedPoint type, long value) {
        int bits = type.precision();
        if (type.signed()) {
            return bits == 64 || value >> bits - 1 == value >> 63;
        }
        return value >= 0 && (bits == 64 || value >>> bits == 0);
    }

    static void integer(FixedPoint type, long value, byte[] out, int at) {
        int unused = 64 - type.precision();
        store((value << unused >>> unused) << type.offset(), type.size(), type.bigEndian(), out, at);
    }

    private static void real(Datatype type, double value, byte[] out, int at) {
        long bits =
                switch (type.size()) {
                    case 2 -> half(value);
                    case 4 -> Float.floatToRawIntBits((float) value);
                    default -> Double.doubleToRawLongBits(value);
                };
        store(bits, type.size(), ((Datatype.FloatingPoint) type).order() == 1, out, at);
    }

    private static void store(long bits, int size, boolean bigEndian, byte[] out, int at) {
        for (int i = 0; i < size; i++) {
            out[at + (bigEndian ? size - 1 - i : i)] = (byte) (bits >>> 8 * i);
        }
    }

    /** The half-precision number nearest to {@code value}, ties to even. */
    static int half(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        if (Double.isNaN(value)) {
            return sign | 0x7E00;
        }
        if (magnitude >= 65520) {
            return sign | 0x7C00;
        }
        // Multiples of the last place: 2^(e-10), for subnormal numbers 2^-24; a carry runs into the exponent.
        int exponent = Math.max(Math.getExponent(magnitude), -14);
        int places = (int) Math.rint(Math.scalb(magnitude, 10 - exponent));
        return sign | (exponent + 14 << 10) + places;
    }
}
