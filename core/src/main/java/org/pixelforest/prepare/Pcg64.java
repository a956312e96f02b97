package org.pixelforest.prepare;

/**
 * PCG64 (XSL-RR 128/64) and bounded numbers as numpy's {@code default_rng(seed).integers} draws them. 128-bit numbers are held
 * as two longs.
 */
final class Pcg64 {

    private static final long MULTIPLIER_HIGH = 0x2360ed051fc65da4L;
    private static final long MULTIPLIER_LOW = 0x4385df649fccf645L;

    private final long incrementHigh;
    private final long incrementLow;
    private long high;
    private long low;
    private boolean halfKept;
    private int half;

    /** {@code seed} is read as an unsigned number. */
    Pcg64(long seed) {
        long[] words = new SeedSequence(seed).words(4);
        incrementHigh = words[2] << 1 | words[3] >>> 63;
        incrementLow = words[3] << 1 | 1;
        step();
        add(words[0], words[1]);
        step();
    }

    private void step() {
        long productHigh = unsignedHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
        low = low * MULTIPLIER_LOW;
        high = productHigh;
        add(incrementHigh, incrementLow);
    }

    private void add(long addHigh, long addLow) {
        low += addLow;
        high += addHigh + (Long.compareUnsigned(low, addLow) < 0 ? 1 : 0);
    }

    /** Java 17 has no {@code unsignedMultiplyHigh}. */
    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    /** The next 64 bits. */
    long next() {
        step();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    /** The next 32 bits: of every 64 the low half first. */
    private long nextHalf() {
        if (halfKept) {
            halfKept = false;
            return Integer.toUnsignedLong(half);
        }
        long bits = next();
        half = (int) (bits >>> 32);
        halfKept = true;
        return bits & 0xffffffffL;
    }

    /** A number 0 .. bound - 1 by Lemire's method; a bound of 1 draws nothing. */
    int below(int bound) {
        if (bound == 1) {
            return 0;
        }
        long product = nextHalf() * bound;
        if ((product & 0xffffffffL) < bound) {
            long threshold = ((1L << 32) - bound) % bound;
            while ((product & 0xffffffffL) < threshold) {
                product = nextHalf() * bound;
            }
        }
        return (int) (product >>> 32);
    }
}
