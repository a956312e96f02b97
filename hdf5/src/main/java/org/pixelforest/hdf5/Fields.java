package org.pixelforest.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian fields of a structure that is being written, one behind the other. */
final class Fields {

    private byte[] bytes = new byte[64];
    private int size;

    private int grow(long n) {
        int from = size;
        size = Math.toIntExact(size + n);
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, size)));
        }
        return from;
    }

    Fields unsigned(long value, int width) {
        int at = grow(width);
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    Fields u8(int value) {
        return unsigned(value, 1);
    }

    Fields u16(int value) {
        return unsigned(value, 2);
    }

    Fields u32(long value) {
        return unsigned(value, 4);
    }

    Fields u64(long value) {
        return unsigned(value, 8);
    }

    Fields zeros(long n) {
        grow(n);
        return this;
    }

    Fields bytes(byte[] more) {
        return bytes(more, 0, more.length);
    }

    Fields bytes(byte[] more, int from, int length) {
        int at = grow(length);
        System.arraycopy(more, from, bytes, at, length);
        return this;
    }

    Fields signature(String name) {
        return bytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** A name, its NUL, and more NULs up to a multiple of eight bytes. */
    Fields paddedName(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return bytes(text).zeros(8 - text.length % 8);
    }

    /** Zeros up to a multiple of eight bytes. */
    Fields pad() {
        return zeros(-size & 7);
    }

    int size() {
        return size;
    }

    /** The fields so far, and after {@link #size} of them unused room. */
    byte[] bytes() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }
}
