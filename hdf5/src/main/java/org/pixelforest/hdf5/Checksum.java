package org.pixelforest.hdf5;

/** The two checksums of the format: Bob Jenkins' lookup3 for structures and Fletcher's for chunks. */
final class Checksum {

    private Checksum() {}

    /** Jenkins' lookup3 "hashlittle" with initial value 0, as the format's checksum fields hold it. */
    static int lookup3(byte[] bytes, int from, int length) {
        int a = 0xdeadbeef + length;
        int b = a;
        int c = a;
        int p = from;
        int left = length;
        while (left > 12) {
            a += word(bytes, p, 4);
            b += word(bytes, p + 4, 4);
            c += word(bytes, p + 8, 4);
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
            p += 12;
            left -= 12;
        }
        if (left == 0) {
            return c;
        }
        a += word(bytes, p, Math.min(4, left));
        b += word(bytes, p + 4, Math.min(4, Math.max(0, left - 4)));
        c += word(bytes, p + 8, Math.max(0, left - 8));
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
        return c;
    }

    private static int word(byte[] bytes, int from, int n) {
        int value = 0;
        for (int i = n - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    /** Fletcher's checksum over big-endian 16-bit words, as filter 3 appends it to a chunk. */
    static int fletcher32(byte[] bytes, int length) {
        long first = 0;
        long second = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            first += (bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF;
            second += first;
            if ((i & 0x1FE) == 0) {
                first = fold(first);
                second = fold(second);
            }
        }
        if ((length & 1) != 0) {
            first += (bytes[length - 1] & 0xFF) << 8;
            second += first;
        }
        return (int) (fold(fold(fold(second))) << 16 | fold(fold(fold(first))));
    }

    /** One step of the reduction modulo 65535 that keeps 65535 apart from 0, as the original does. */
    private static long fold(long sum) {
        return (sum & 0xFFFF) + (sum >>> 16);
    }
}
