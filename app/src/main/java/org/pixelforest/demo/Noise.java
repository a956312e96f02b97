package org.pixelforest.demo;

/** Smooth random fields over the plane: values on a lattice, blended; several octaves give natural outlines. */
final class Noise {

    private Noise() {}

    /** About -0.5 .. 0.5, changing over lengths of 1. */
    static double fractal(double x, double y, long seed, int octaves) {
        double sum = 0;
        double amplitude = 1;
        double total = 0;
        for (int octave = 0; octave < octaves; octave++) {
            sum += amplitude * value(x, y, seed + 17L * octave);
            total += amplitude;
            amplitude *= 0.5;
            x *= 2.03;
            y *= 2.03;
        }
        return sum / total - 0.5;
    }

    /** 0 .. 1. */
    static double value(double x, double y, long seed) {
        long column = (long) Math.floor(x);
        long row = (long) Math.floor(y);
        double fx = eased(x - column);
        double fy = eased(y - row);
        double a = lattice(column, row, seed);
        double b = lattice(column + 1, row, seed);
        double c = lattice(column, row + 1, seed);
        double d = lattice(column + 1, row + 1, seed);
        return a + (b - a) * fx + (c - a) * fy + (a - b - c + d) * fx * fy;
    }

    private static double eased(double t) {
        return t * t * t * (t * (t * 6 - 15) + 10);
    }

    /** The finaliser of SplitMix64 over the place. */
    private static double lattice(long column, long row, long seed) {
        long h = column * 0x9e3779b97f4a7c15L ^ row * 0xc2b2ae3d27d4eb4fL ^ seed * 0x165667b19e3779f9L;
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return ((h ^ (h >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
