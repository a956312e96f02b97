package org.pixelforest.io;

import java.io.IOException;
import java.io.InputStream;

/** Unpacks PackBits: runs of up to 128 bytes, literal or repeated (TIFF 6.0, section 9). */
final class PackBitsInputStream extends InputStream {

    private final InputStream packed;
    private int literal;
    private int repeat;
    private int value;

    PackBitsInputStream(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        while (literal == 0 && repeat == 0) {
            int head = packed.read();
            if (head < 0) {
                return -1;
            }
            byte n = (byte) head;
            if (n >= 0) {
                literal = n + 1;
            } else if (n != -128) {
                repeat = 1 - n;
                value = packed.read();
            }
        }
        if (literal > 0) {
            literal--;
            return packed.read();
        }
        repeat--;
        return value;
    }

    @Override
    public int read(byte[] out, int from, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int b = read();
            if (b < 0) {
                return i == 0 ? -1 : i;
            }
            out[from + i] = (byte) b;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }
}
