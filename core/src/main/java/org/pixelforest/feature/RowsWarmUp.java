package org.pixelforest.feature;

import org.pixelforest.filter.Kernel;

/** Calls every loop on a few pixels, often enough that the compiler takes notice. */
final class RowsWarmUp {

    private static final int PIXELS = 160;

    private final Rows rows = FastRows.create(PIXELS);
    private final float[] a = new float[PIXELS + 400];
    private final float[] b = new float[PIXELS + 400];
    private final float[] c = new float[PIXELS + 400];
    private final float[] d = new float[PIXELS + 400];
    private final float[] e = new float[PIXELS + 400];
    private final float[] f = new float[PIXELS + 400];
    private final int[] q = new int[8];
    private final float[] half = Kernel.gaussian(1.6, 0, 3.5).half();
    private final Weights weights = new Weights(1, 1000);

    /** All loops once. More than one turn each, or the compiler would believe that there is never a second. */
    void once() {
        int n = 2 * Math.max(16, rows.overrun() / 4);
        for (int fused = 0; fused < 2; fused++) {
            rows.smoothX(a, 100, b, 100, n, half, fused == 1);
            rows.narrowX(a, 100, b, c, d, 100, n, weights, fused == 1);
            rows.wideX(a, 100, b, c, d, 100, n, weights, fused == 1);
            rows.tensorX(a, b, c, 100, d, e, f, 100, n, weights, fused == 1);
        }
        rows.smoothY(a, 100, 1, b, 100, n, half);
        rows.smoothY(a, 100, 1, b, 100, 2 * n, half);
        rows.filtersY(a, b, c, 98, 99, 100, 101, 102, d, 99, 100, 101, f, q, 100, n, weights);
        rows.products(a, b, 99, 100, 101, d, e, f, 100, n, weights);
        rows.tensorY(a, b, c, 98, 99, 100, 101, 102, f, 100, 100, n, weights);
    }
}
