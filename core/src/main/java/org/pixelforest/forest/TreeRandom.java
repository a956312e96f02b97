package org.pixelforest.forest;

/**
 * The random numbers of one tree: SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195), written out because the result of a
 * training must be the same for ever. Each tree starts at its own place, so that trees may be grown in any order.
 */
final class TreeRandom {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    TreeRandom(long seed, int tree) {
        state = mix(mix(seed + GAMMA) + GAMMA * (tree + 1L));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in 0 .. bound - 1, without bias (Lemire 2019, doi:10.1145/3230636). */
    int next(int bound) {
        long product = (nextLong() >>> 32) * bound;
        if ((product & 0xFFFFFFFFL) < bound) {
            long least = (0x100000000L - bound) % bound;
            while ((product & 0xFFFFFFFFL) < least) {
                product = (nextLong() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    private long nextLong() {
        state += GAMMA;
        return mix(state);
    }
}
