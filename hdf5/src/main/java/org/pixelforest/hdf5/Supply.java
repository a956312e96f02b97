package org.pixelforest.hdf5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.pixelforest.hdf5.Datatype.FixedPoint;

/** Hands out a caller's values as stored elements: the opposite of {@link Target}. */
interface Supply {

    VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    /** Puts {@code n} elements from index {@code from} on into {@code out}, {@code step} bytes apart, from {@code at}. */
    void put(int from, int n, byte[] out, int at, int step);

    /** Elements that are bytes already, numbers little-endian. */
    static Supply of(Datatype type, byte[] elements) {
        int size = type.size();
        byte[] stored = elements;
        if (!type.equals(Datatype.UINT8)) {
            stored = elements.clone();
            Numbers.toLittleEndian(type, stored, 0, size, stored.length / size);
        }
        return stored(stored, size);
    }

    /** Elements of {@code size} bytes, as they are to be stored. */
    static Supply stored(byte[] source, int size) {
        return (from, n, out, at, step) -> {
            if (step == size) {
                System.arraycopy(source, from * size, out, at, n * size);
                return;
            }
            for (int i = 0; i < n; i++) {
                System.arraycopy(source, (from + i) * size, out, at + i * step, size);
            }
        };
    }

    static Supply of(Datatype type, int[] values) {
        Datatype numeric = numeric(type);
        return (from, n, out, at, step) -> {
            for (int i = 0; i < n; i++) {
                NumberEncoder.put(numeric, (long) values[from + i], out, at + i * step);
            }
        };
    }

    static Supply of(Datatype type, long[] values) {
        Datatype numeric = numeric(type);
        return (from, n, out, at, step) -> {
            for (int i = 0; i < n; i++) {
                NumberEncoder.put(numeric, values[from + i], out, at + i * step);
            }
        };
    }

    /** The bits of integers of two bytes, whether signed or not. */
    static Supply of(Datatype type, short[] bits) {
        if (!(type instanceof FixedPoint f) || f.size() != 2 || f.precision() != 16) {
            throw new IllegalArgumentException("shorts are written to integers of two bytes only (got " + type + ")");
        }
        return (from, n, out, at, step) -> {
            for (int i = 0; i < n; i++) {
                short value = bits[from + i];
                SHORT.set(out, at + i * step, f.bigEndian() ? Short.reverseBytes(value) : value);
            }
        };
    }

    static Supply of(Datatype type, float[] values) {
        Datatype numeric = numeric(type);
        if (numeric.equals(Datatype.FLOAT32)) {
            return (from, n, out, at, step) -> {
                for (int i = 0; i < n; i++) {
                    FLOAT.set(out, at + i * step, values[from + i]);
                }
            };
        }
        return (from, n, out, at, step) -> {
            for (int i = 0; i < n; i++) {
                NumberEncoder.put(numeric, (double) values[from + i], out, at + i * step);
            }
        };
    }

    static Supply of(Datatype type, double[] values) {
        Datatype numeric = numeric(type);
        return (from, n, out, at, step) -> {
            for (int i = 0; i < n; i++) {
                NumberEncoder.put(numeric, values[from + i], out, at + i * step);
            }
        };
    }

    private static Datatype numeric(Datatype type) {
        Datatype numeric = Numbers.numeric(type);
        if (numeric == null) {
            throw new IllegalArgumentException("numbers cannot be written as " + type);
        }
        return numeric;
    }
}
