package org.pixelforest.prepare;

/** MT19937 with the integer seeding of 2002, and bounded numbers as numpy's {@code RandomState.randint} draws them. */
final class MersenneTwister {

    private static final int LENGTH = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[LENGTH];
    private int next = LENGTH;

    /** {@code seed} is read as an unsigned number. */
    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < LENGTH; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** The next 32 bits. */
    int next() {
        if (next == LENGTH) {
            twist();
            next = 0;
        }
        int bits = state[next++];
        bits ^= bits >>> 11;
        bits ^= (bits << 7) & 0x9d2c5680;
        bits ^= (bits << 15) & 0xefc60000;
        return bits ^ (bits >>> 18);
    }

    private void twist() {
        for (int i = 0; i < LENGTH; i++) {
            int bits = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
            int odd = (bits & 1) == 0 ? 0 : 0x9908b0df;
            state[i] = state[(i + SHIFT) % LENGTH] ^ (bits >>> 1) ^ odd;
        }
    }

    /** A number 0 .. bound - 1 by masking and rejection; a bound of 1 draws nothing. */
    int below(int bound) {
        int largest = bound - 1;
        if (largest == 0) {
            return 0;
        }
        int mask = (Integer.highestOneBit(largest) << 1) - 1;
        int drawn = next() & mask;
        while (drawn > largest) {
            drawn = next() & mask;
        }
        return drawn;
    }
}
