package org.pixelforest.prepare;

/** Spreads a seed over the state of a generator as numpy's {@code SeedSequence} does, with its pool of four 32-bit words. */
final class SeedSequence {

    private static final int POOL = 4;

    private final int[] pool = new int[POOL];
    private int hash = 0x43b0d7e5;

    /** {@code seed} is read as an unsigned number. */
    SeedSequence(long seed) {
        int[] entropy = {(int) seed, (int) (seed >>> 32)};
        for (int i = 0; i < POOL; i++) {
            pool[i] = hashed(i < entropy.length ? entropy[i] : 0);
        }
        for (int from = 0; from < POOL; from++) {
            for (int to = 0; to < POOL; to++) {
                if (from != to) {
                    pool[to] = mixed(pool[to], hashed(pool[from]));
                }
            }
        }
    }

    private int hashed(int word) {
        int value = word ^ hash;
        hash *= 0x931e8875;
        value *= hash;
        return value ^ (value >>> 16);
    }

    private static int mixed(int a, int b) {
        int value = 0xca01f9dd * a - 0x4973f715 * b;
        return value ^ (value >>> 16);
    }

    /** The first {@code count} 64-bit words of the state. */
    long[] words(int count) {
        int constant = 0x8b51f9dd;
        long[] words = new long[count];
        for (int i = 0; i < 2 * count; i++) {
            int value = pool[i % POOL] ^ constant;
            constant *= 0x58f38ded;
            value *= constant;
            value ^= value >>> 16;
            words[i / 2] |= Integer.toUnsignedLong(value) << (i % 2 * 32);
        }
        return words;
    }
}
