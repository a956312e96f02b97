package org.pixelforest.io;

import java.util.Arrays;

/**
 * Packs one strip with TIFF's LZW (TIFF 6.0, section 13). The format leaves open when the table is cleared; we clear where the
 * library clears with which ilastik writes, so that equal samples give equal files: when the table is full, and, looking every
 * 10,000 bytes or more, when the ratio of bytes in to bits out since the last clearing has not grown.
 */
final class LzwEncoder {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FULL = 4094;
    private static final int LOOK_EVERY = 10_000;
    private static final int SLOTS = 1 << 14;

    private final int[] keys = new int[SLOTS];
    private final short[] codes = new short[SLOTS];
    private byte[] out;
    private int length;
    private long bits;
    private int bitCount;
    private int width;
    private int next;
    private long bytesIn;
    private long bitsOut;
    private long bestRatio;

    /** The packed form of {@code bytes[0..count)}. */
    byte[] encode(byte[] bytes, int count) {
        // A code of at most 12 bits a byte, clear codes not counted that stand behind at least 3836 others.
        out = new byte[Math.toIntExact(count + count / 2L + count / 2000L + 16)];
        length = 0;
        bits = 0;
        bitCount = 0;
        startTable();
        put(CLEAR);
        if (count > 0) {
            int string = bytes[0] & 0xff;
            bytesIn = 1;
            long lookAt = LOOK_EVERY;
            for (int i = 1; i < count; i++) {
                int b = bytes[i] & 0xff;
                bytesIn++;
                int slot = slot(string, b);
                if (keys[slot] != 0) {
                    string = codes[slot];
                    continue;
                }
                put(string);
                keys[slot] = key(string, b);
                codes[slot] = (short) next++;
                string = b;
                if (next == FULL) {
                    clear();
                } else if (next == 1 << width) {
                    width++;
                } else if (bytesIn >= lookAt) {
                    lookAt = bytesIn + LOOK_EVERY;
                    long ratio = ratio();
                    if (ratio <= bestRatio) {
                        clear();
                    } else {
                        bestRatio = ratio;
                    }
                }
            }
            put(string);
            next++;
            if (next == FULL) {
                put(CLEAR);
                width = 9;
            } else if (next == 1 << width) {
                width++;
            }
        }
        put(END);
        if (bitCount > 0) {
            out[length++] = (byte) (bits << 8 - bitCount);
        }
        return Arrays.copyOf(out, length);
    }

    private void startTable() {
        Arrays.fill(keys, 0);
        width = 9;
        next = END + 1;
        bytesIn = 0;
        bitsOut = 0;
        bestRatio = 0;
    }

    /** NB: the clear code itself is still counted, and written in the old width, after the counts are reset. */
    private void clear() {
        int oldWidth = width;
        startTable();
        width = oldWidth;
        put(CLEAR);
        width = 9;
    }

    /** Bytes in per bit out, times 256. */
    private long ratio() {
        if (bytesIn > 0x7fffff) {
            long coarse = bitsOut >> 8;
            return coarse == 0 ? 0x7fffffff : bytesIn / coarse;
        }
        return (bytesIn << 8) / bitsOut;
    }

    private static int key(int string, int b) {
        return (string << 8 | b) + 1;
    }

    /** Where the entry for a string and the byte after it stands, or the free slot for it. */
    private int slot(int string, int b) {
        int key = key(string, b);
        int slot = (key * 0x9E3779B1) >>> 18;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private void put(int code) {
        bits = bits << width | code;
        bitCount += width;
        bitsOut += width;
        while (bitCount >= 8) {
            bitCount -= 8;
            out[length++] = (byte) (bits >> bitCount);
        }
    }
}
