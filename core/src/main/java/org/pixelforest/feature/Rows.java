package org.pixelforest.feature;

/**
 * The loops over a row of pixels that 2D features consist of, for planes in plain row order. Both implementations give the same
 * floats; {@link FastRows} chooses between them. An instance belongs to one thread.
 *
 * <p>Every method computes {@code n} pixels and may write rubbish behind them, up to {@link #overrun} floats; callers compute
 * from left to right. Indices {@code m2 m1 c p1 p2} are the starts of the rows two above, one above, at, one below and two below
 * the pixel. "Fused" is a multiply-add with one rounding; passes along y always are.
 */
interface Rows {

    /** Floats behind the asked ones that a method may write to and read from. */
    int overrun();

    /** Even filter along x with weights c[0..r]; neighbours at {@code in[i - r .. i + n + r)}. */
    void smoothX(float[] in, int i, float[] out, int o, int n, float[] half, boolean fused);

    /** Even filter along y with weights c[0..r]; neighbours {@code k * stride} floats away. */
    void smoothY(float[] in, int i, int stride, float[] out, int o, int n, float[] half);

    /** Along x at the full sigma: smoothing, first and second derivative. */
    void wideX(float[] in, int i, float[] g0, float[] g1, float[] g2, int o, int n, Weights w, boolean fused);

    /** Along x at the small sigmas: smoothing and first derivative of the gradient, smoothing of the difference. */
    void narrowX(float[] in, int i, float[] s0, float[] s1, float[] d0, int o, int n, Weights w, boolean fused);

    /**
     * Along y, and the end of five filters. The planes at {@code q[0..5] + at} of {@code f} receive Gaussian Smoothing, Laplacian
     * of Gaussian, Gaussian Gradient Magnitude, Difference of Gaussians, and both Hessian eigenvalues.
     *
     * @param dm1 row above in {@code d0}; {@code dc} and {@code dp1} likewise
     */
    void filtersY(
            float[] g0,
            float[] g1,
            float[] g2,
            int m2,
            int m1,
            int c,
            int p1,
            int p2,
            float[] d0,
            int dm1,
            int dc,
            int dp1,
            float[] f,
            int[] q,
            int at,
            int n,
            Weights w);

    /** Along y the gradient of the structure tensor, and its products. */
    void products(
            float[] s0, float[] s1, int m1, int c, int p1, float[] xx, float[] xy, float[] yy, int o, int n, Weights w);

    /** Along x the smoothing of the products. */
    void tensorX(
            float[] xx,
            float[] xy,
            float[] yy,
            int i,
            float[] sxx,
            float[] sxy,
            float[] syy,
            int o,
            int n,
            Weights w,
            boolean fused);

    /** Along y the smoothing of the products, and their eigenvalues at {@code q1} (larger) and {@code q2} of {@code f}. */
    void tensorY(
            float[] sxx,
            float[] sxy,
            float[] syy,
            int m2,
            int m1,
            int c,
            int p1,
            int p2,
            float[] f,
            int q1,
            int q2,
            int n,
            Weights w);
}
