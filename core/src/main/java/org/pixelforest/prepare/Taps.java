package org.pixelforest.prepare;

/**
 * Where the pixels of an enlarged axis fall between the pixels of the source: pixel i lies at {@code fraction[i]} of the way
 * from {@code lower[i]} to {@code upper[i]}. Positions ascend.
 */
record Taps(int[] lower, int[] upper, float[] fraction) {

    /**
     * As scikit-image 0.17/0.18 {@code resize(order=1, mode="symmetric")} of float images: centres at half integers, positions
     * in float, edge pixels repeated.
     */
    static Taps scikitImage(int from, int to) {
        Taps taps = new Taps(new int[to], new int[to], new float[to]);
        double factor = (double) from / to;
        float step = (float) factor;
        float start = (float) (0.5 * factor - 0.5);
        for (int i = 0; i < to; i++) {
            float position = step * i + start;
            double below = Math.floor(position);
            taps.lower[i] = clamp((int) below, from);
            taps.upper[i] = clamp((int) Math.ceil(position), from);
            taps.fraction[i] = (float) (position - below);
        }
        return taps;
    }

    /** As OpenCV's {@code resize} with INTER_LINEAR: the same positions, but at the edges the fraction is 0. */
    static Taps openCv(int from, int to) {
        Taps taps = new Taps(new int[to], new int[to], new float[to]);
        double factor = (double) from / to;
        for (int i = 0; i < to; i++) {
            float position = (float) ((i + 0.5) * factor - 0.5);
            int below = (int) Math.floor(position);
            taps.lower[i] = clamp(below, from);
            taps.upper[i] = clamp(below + 1, from);
            taps.fraction[i] = below < 0 || below >= from - 1 ? 0 : position - below;
        }
        return taps;
    }

    private static int clamp(int index, int length) {
        return Math.min(Math.max(index, 0), length - 1);
    }
}
