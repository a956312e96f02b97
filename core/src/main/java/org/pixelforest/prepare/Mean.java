package org.pixelforest.prepare;

import java.util.Arrays;

/** Means over channels in float, with the order of additions of the original programs. */
final class Mean {

    private Mean() {}

    /**
     * Sums of {@code count} planes as numpy adds along a contiguous axis ("pairwise"). Plane p starts at {@code p * pixels}.
     *
     * @param sums receives a number a pixel
     */
    static void pairwise(float[] planes, int first, int count, int pixels, float[] sums) {
        if (count < 8) {
            Arrays.fill(sums, 0, pixels, 0f);
            for (int p = 0; p < count; p++) {
                add(planes, (first + p) * pixels, pixels, sums);
            }
        } else if (count <= 128) {
            eightWays(planes, first, count, pixels, sums);
        } else {
            int half = count / 2;
            half -= half % 8;
            float[] rest = new float[pixels];
            pairwise(planes, first, half, pixels, sums);
            pairwise(planes, first + half, count - half, pixels, rest);
            add(rest, 0, pixels, sums);
        }
    }

    /** Eight running sums, joined as a binary tree; what does not fill a round of eight is added last. */
    private static void eightWays(float[] planes, int first, int count, int pixels, float[] sums) {
        int rounds = count - count % 8;
        for (int i = 0; i < pixels; i++) {
            int at = first * pixels + i;
            float r0 = planes[at];
            float r1 = planes[at + pixels];
            float r2 = planes[at + 2 * pixels];
            float r3 = planes[at + 3 * pixels];
            float r4 = planes[at + 4 * pixels];
            float r5 = planes[at + 5 * pixels];
            float r6 = planes[at + 6 * pixels];
            float r7 = planes[at + 7 * pixels];
            for (int p = 8; p < rounds; p += 8) {
                int next = at + p * pixels;
                r0 += planes[next];
                r1 += planes[next + pixels];
                r2 += planes[next + 2 * pixels];
                r3 += planes[next + 3 * pixels];
                r4 += planes[next + 4 * pixels];
                r5 += planes[next + 5 * pixels];
                r6 += planes[next + 6 * pixels];
                r7 += planes[next + 7 * pixels];
            }
            float sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
            for (int p = rounds; p < count; p++) {
                sum += planes[at + p * pixels];
            }
            sums[i] = sum;
        }
    }

    private static void add(float[] planes, int offset, int pixels, float[] sums) {
        for (int i = 0; i < pixels; i++) {
            sums[i] += planes[offset + i];
        }
    }
}
