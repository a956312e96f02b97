package org.pixelforest.prepare;

/** Smallest and largest number of a stack over all channels and pixels. */
record Range(float low, float high) {

    static final Range EMPTY = new Range(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

    static Range of(float[] samples, int count) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, samples[i]);
            high = Math.max(high, samples[i]);
        }
        return new Range(low, high);
    }

    Range and(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
}
