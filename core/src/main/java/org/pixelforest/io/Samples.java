package org.pixelforest.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pixelforest.image.SampleType;

/** Stored samples to floats and back: cast as numpy casts, integers to float by rounding to nearest even. */
final class Samples {

    private Samples() {}

    /** Converts {@code count} samples that stand {@code step} samples apart, from byte {@code at} on. */
    static void toFloats(
            byte[] bytes, int at, int step, ByteOrder order, SampleType type, float[] out, int from, int count) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
        int stride = step * type.bytes();
        switch (type) {
            case UINT8 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = bytes[p] & 0xff;
                }
            }
            case INT8 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = bytes[p];
                }
            }
            case UINT16 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = in.getChar(p);
                }
            }
            case INT16 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = in.getShort(p);
                }
            }
            case UINT32 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = in.getInt(p) & 0xffffffffL;
                }
            }
            case INT32 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = in.getInt(p);
                }
            }
            case UINT64 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = unsignedToFloat(in.getLong(p));
                }
            }
            case INT64 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = in.getLong(p);
                }
            }
            case FLOAT32 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = in.getFloat(p);
                }
            }
            case FLOAT64 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out[from + i] = (float) in.getDouble(p);
                }
            }
        }
    }

    /** Stores {@code count} floats {@code step} samples apart, from byte {@code at} on; the numbers fit the type. */
    static void toBytes(
            float[] samples, int from, int count, SampleType type, ByteOrder order, byte[] bytes, int at, int step) {
        ByteBuffer out = ByteBuffer.wrap(bytes).order(order);
        int stride = step * type.bytes();
        switch (type) {
            case UINT8, INT8 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    bytes[p] = (byte) (int) samples[from + i];
                }
            }
            case UINT16, INT16 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out.putShort(p, (short) (int) samples[from + i]);
                }
            }
            case UINT32, INT32 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out.putInt(p, (int) (long) samples[from + i]);
                }
            }
            case UINT64 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out.putLong(p, floatToUnsigned(samples[from + i]));
                }
            }
            case INT64 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out.putLong(p, (long) samples[from + i]);
                }
            }
            case FLOAT32 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out.putFloat(p, samples[from + i]);
                }
            }
            case FLOAT64 -> {
                for (int i = 0, p = at; i < count; i++, p += stride) {
                    out.putDouble(p, samples[from + i]);
                }
            }
        }
    }

    private static float unsignedToFloat(long v) {
        // NB: the lowest bit is kept so that halving does not change how the number rounds.
        return v >= 0 ? v : ((v >>> 1) | (v & 1)) * 2f;
    }

    private static long floatToUnsigned(float v) {
        return v < 0x1p63f ? (long) v : (long) (v - 0x1p63f) ^ Long.MIN_VALUE;
    }
}
