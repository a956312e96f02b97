package org.pixelforest.feature;

import static org.pixelforest.feature.VectorLanes.all;
import static org.pixelforest.feature.VectorLanes.eigenvalues;
import static org.pixelforest.feature.VectorLanes.even;
import static org.pixelforest.feature.VectorLanes.load;
import static org.pixelforest.feature.VectorLanes.odd;

import jdk.incubator.vector.FloatVector;

/**
 * The loops in whole vectors of the Vector API.
 *
 * <p>NB: the launcher tells the compiler to compile the methods of this class early and not into their callers, where it would
 * compile all of them once more; what they are made of is in {@link VectorLanes}. In loops a vector that is carried from turn to turn
 * is only ever an argument: as the receiver of a call, its class would be known from profiles alone, which may come too late.
 */
final class VectorRows implements Rows {

    private static final int N = VectorLanes.N;

    // Rows from one loop of filtersY to the next. NB: not in the output, where all unwanted features share one plane.
    private final float[] smoothed;
    private final float[] trace;
    private final float[] h;
    private final float[] xy;

    /** For rows of at most {@code width} pixels, halo included. */
    VectorRows(int width) {
        smoothed = new float[width + N];
        trace = new float[width + N];
        h = new float[width + N];
        xy = new float[width + N];
    }

    @Override
    public int overrun() {
        return 4 * N;
    }

    @Override
    public void smoothX(float[] in, int i, float[] out, int o, int n, float[] half, boolean fused) {
        for (int x = 0; x < n; x += 4 * N) {
            if (fused) {
                smoothFour(in, i + x, 1, out, o + x, half);
            } else {
                smoothFourUnfused(in, i + x, out, o + x, half);
            }
        }
    }

    @Override
    public void smoothY(float[] in, int i, int stride, float[] out, int o, int n, float[] half) {
        int x = 0;
        for (; x <= n - 4 * N; x += 4 * N) {
            smoothFour(in, i + x, stride, out, o + x, half);
        }
        for (; x < n; x += N) {
            smoothOne(in, i + x, stride, out, o + x, half);
        }
    }

    /** Four vectors at once, since a sum waits for the one before. */
    private static void smoothFour(float[] in, int i, int stride, float[] out, int o, float[] half) {
        FloatVector c = all(half[0]);
        FloatVector v0 = load(in, i).mul(c);
        FloatVector v1 = load(in, i + N).mul(c);
        FloatVector v2 = load(in, i + 2 * N).mul(c);
        FloatVector v3 = load(in, i + 3 * N).mul(c);
        int a = i;
        int b = i;
        for (int k = 1; k < half.length; k++) {
            a += stride;
            b -= stride;
            c = all(half[k]);
            v0 = load(in, a).add(load(in, b)).fma(c, v0);
            v1 = load(in, a + N).add(load(in, b + N)).fma(c, v1);
            v2 = load(in, a + 2 * N).add(load(in, b + 2 * N)).fma(c, v2);
            v3 = load(in, a + 3 * N).add(load(in, b + 3 * N)).fma(c, v3);
        }
        v0.intoArray(out, o);
        v1.intoArray(out, o + N);
        v2.intoArray(out, o + 2 * N);
        v3.intoArray(out, o + 3 * N);
    }

    private static void smoothOne(float[] in, int i, int stride, float[] out, int o, float[] half) {
        FloatVector v = load(in, i).mul(half[0]);
        for (int k = 1, a = i + stride, b = i - stride; k < half.length; k++, a += stride, b -= stride) {
            v = load(in, a).add(load(in, b)).fma(all(half[k]), v);
        }
        v.intoArray(out, o);
    }

    private static void smoothFourUnfused(float[] in, int i, float[] out, int o, float[] half) {
        FloatVector c = all(half[0]);
        FloatVector v0 = load(in, i).mul(c);
        FloatVector v1 = load(in, i + N).mul(c);
        FloatVector v2 = load(in, i + 2 * N).mul(c);
        FloatVector v3 = load(in, i + 3 * N).mul(c);
        for (int k = 1; k < half.length; k++) {
            int a = i + k;
            int b = i - k;
            c = all(half[k]);
            v0 = load(in, a).add(load(in, b)).mul(c).add(v0);
            v1 = load(in, a + N).add(load(in, b + N)).mul(c).add(v1);
            v2 = load(in, a + 2 * N).add(load(in, b + 2 * N)).mul(c).add(v2);
            v3 = load(in, a + 3 * N).add(load(in, b + 3 * N)).mul(c).add(v3);
        }
        v0.intoArray(out, o);
        v1.intoArray(out, o + N);
        v2.intoArray(out, o + 2 * N);
        v3.intoArray(out, o + 3 * N);
    }

    @Override
    public void wideX(float[] in, int i, float[] g0, float[] g1, float[] g2, int o, int n, Weights w, boolean fused) {
        if (fused) {
            wideFused(in, i, g0, g1, g2, o, n, w);
        } else {
            wideUnfused(in, i, g0, g1, g2, o, n, w);
        }
    }

    private static void wideFused(float[] in, int i, float[] g0, float[] g1, float[] g2, int o, int n, Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        FloatVector b1 = all(w.b1), b2 = all(w.b2);
        FloatVector c0 = all(w.c0), c1 = all(w.c1), c2 = all(w.c2);
        for (int x = 0; x < n; x += N) {
            int p = i + x;
            FloatVector m2 = load(in, p - 2), m1 = load(in, p - 1), c = load(in, p);
            FloatVector p1 = load(in, p + 1), p2 = load(in, p + 2);
            FloatVector near = p1.add(m1), far = p2.add(m2);
            far.fma(a2, near.fma(a1, c.mul(a0))).intoArray(g0, o + x);
            p2.sub(m2).fma(b2, p1.sub(m1).mul(b1)).intoArray(g1, o + x);
            far.fma(c2, near.fma(c1, c.mul(c0))).intoArray(g2, o + x);
        }
    }

    private static void wideUnfused(float[] in, int i, float[] g0, float[] g1, float[] g2, int o, int n, Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        FloatVector b1 = all(w.b1), b2 = all(w.b2);
        FloatVector c0 = all(w.c0), c1 = all(w.c1), c2 = all(w.c2);
        for (int x = 0; x < n; x += N) {
            int p = i + x;
            FloatVector m2 = load(in, p - 2), m1 = load(in, p - 1), c = load(in, p);
            FloatVector p1 = load(in, p + 1), p2 = load(in, p + 2);
            FloatVector near = p1.add(m1), far = p2.add(m2);
            c.mul(a0).add(near.mul(a1)).add(far.mul(a2)).intoArray(g0, o + x);
            p1.sub(m1).mul(b1).add(p2.sub(m2).mul(b2)).intoArray(g1, o + x);
            c.mul(c0).add(near.mul(c1)).add(far.mul(c2)).intoArray(g2, o + x);
        }
    }

    @Override
    public void narrowX(float[] in, int i, float[] s0, float[] s1, float[] d0, int o, int n, Weights w, boolean fused) {
        if (fused) {
            narrowFused(in, i, s0, s1, d0, o, n, w);
        } else {
            narrowUnfused(in, i, s0, s1, d0, o, n, w);
        }
    }

    private static void narrowFused(float[] in, int i, float[] s0, float[] s1, float[] d0, int o, int n, Weights w) {
        FloatVector a0 = all(w.s0), a1 = all(w.s1), b1 = all(w.t1), e0 = all(w.d0), e1 = all(w.d1);
        for (int x = 0; x < n; x += N) {
            FloatVector m1 = load(in, i + x - 1), c = load(in, i + x), p1 = load(in, i + x + 1);
            FloatVector near = p1.add(m1);
            near.fma(a1, c.mul(a0)).intoArray(s0, o + x);
            p1.sub(m1).mul(b1).intoArray(s1, o + x);
            near.fma(e1, c.mul(e0)).intoArray(d0, o + x);
        }
    }

    private static void narrowUnfused(float[] in, int i, float[] s0, float[] s1, float[] d0, int o, int n, Weights w) {
        FloatVector a0 = all(w.s0), a1 = all(w.s1), b1 = all(w.t1), e0 = all(w.d0), e1 = all(w.d1);
        for (int x = 0; x < n; x += N) {
            FloatVector m1 = load(in, i + x - 1), c = load(in, i + x), p1 = load(in, i + x + 1);
            FloatVector near = p1.add(m1);
            c.mul(a0).add(near.mul(a1)).intoArray(s0, o + x);
            p1.sub(m1).mul(b1).intoArray(s1, o + x);
            c.mul(e0).add(near.mul(e1)).intoArray(d0, o + x);
        }
    }

    @Override
    public void filtersY(
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
            Weights w) {
        evenY(g0, g2, m2, m1, c, p1, p2, n, w);
        store(smoothed, f, q[0] + at, n);
        store(trace, f, q[1] + at, n);
        differenceY(d0, dm1, dc, dp1, f, q[3] + at, n, w);
        oddY(g0, g1, m2, m1, c, p1, p2, f, q[2] + at, n, w);
        hessianEigenvalues(f, q[4] + at, q[5] + at, n);
    }

    /**
     * Smoothed, trace of the Hessian matrix and half the difference of its diagonal.
     *
     * <p>NB: the loops of {@link #filtersY} are several, since the compiler inlines only so much into one method, and vectors that are
     * handed on to what it does not inline become objects.
     */
    private void evenY(float[] g0, float[] g2, int m2, int m1, int c, int p1, int p2, int n, Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        FloatVector c0 = all(w.c0), c1 = all(w.c1), c2 = all(w.c2), half = all(0.5f);
        float[] smoothed = this.smoothed, trace = this.trace, h = this.h;
        for (int x = 0; x < n; x += N) {
            FloatVector v = load(g0, c + x);
            FloatVector near = load(g0, p1 + x).add(load(g0, m1 + x)),
                    far = load(g0, p2 + x).add(load(g0, m2 + x));
            far.fma(a2, near.fma(a1, v.mul(a0))).intoArray(smoothed, x);
            FloatVector yy = far.fma(c2, near.fma(c1, v.mul(c0)));
            FloatVector xx = even(g2, m2 + x, m1 + x, c + x, p1 + x, p2 + x, a0, a1, a2);
            yy.add(xx).intoArray(trace, x);
            xx.sub(yy).mul(half).intoArray(h, x);
        }
    }

    private static void store(float[] row, float[] f, int at, int n) {
        for (int x = 0; x < n; x += N) {
            load(row, x).intoArray(f, at + x);
        }
    }

    /** Difference of Gaussians. */
    private void differenceY(float[] d0, int m1, int c, int p1, float[] f, int difference, int n, Weights w) {
        FloatVector e0 = all(w.d0), e1 = all(w.d1);
        float[] smoothed = this.smoothed;
        for (int x = 0; x < n; x += N) {
            FloatVector inner = load(d0, p1 + x)
                    .add(load(d0, m1 + x))
                    .fma(e1, load(d0, c + x).mul(e0));
            load(smoothed, x).sub(inner).intoArray(f, difference + x);
        }
    }

    /** Gradient magnitude and the mixed element of the Hessian matrix. */
    private void oddY(
            float[] g0, float[] g1, int m2, int m1, int c, int p1, int p2, float[] f, int magnitude, int n, Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        FloatVector b1 = all(w.b1), b2 = all(w.b2);
        float[] xy = this.xy;
        for (int x = 0; x < n; x += N) {
            FloatVector dy = odd(g0, m2 + x, m1 + x, p1 + x, p2 + x, b1, b2);
            FloatVector dx = even(g1, m2 + x, m1 + x, c + x, p1 + x, p2 + x, a0, a1, a2);
            dy.mul(dy).add(dx.mul(dx)).sqrt().intoArray(f, magnitude + x);
            odd(g1, m2 + x, m1 + x, p1 + x, p2 + x, b1, b2).intoArray(xy, x);
        }
    }

    private void hessianEigenvalues(float[] f, int larger, int smaller, int n) {
        FloatVector half = all(0.5f);
        float[] trace = this.trace, h = this.h, xy = this.xy;
        for (int x = 0; x < n; x += N) {
            FloatVector mean = load(trace, x).mul(half), a = load(h, x), b = load(xy, x);
            FloatVector d = a.mul(a).add(b.mul(b)).sqrt();
            mean.add(d).intoArray(f, larger + x);
            mean.sub(d).intoArray(f, smaller + x);
        }
    }

    @Override
    public void products(
            float[] s0,
            float[] s1,
            int m1,
            int c,
            int p1,
            float[] xx,
            float[] xy,
            float[] yy,
            int o,
            int n,
            Weights w) {
        FloatVector a0 = all(w.s0), a1 = all(w.s1), b1 = all(w.t1);
        for (int x = 0; x < n; x += N) {
            FloatVector dx = load(s1, p1 + x)
                    .add(load(s1, m1 + x))
                    .fma(a1, load(s1, c + x).mul(a0));
            FloatVector dy = load(s0, p1 + x).sub(load(s0, m1 + x)).mul(b1);
            dx.mul(dx).intoArray(xx, o + x);
            dx.mul(dy).intoArray(xy, o + x);
            dy.mul(dy).intoArray(yy, o + x);
        }
    }

    @Override
    public void tensorX(
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
            boolean fused) {
        if (fused) {
            smoothTensorX(xx, i, sxx, o, n, w);
            smoothTensorX(xy, i, sxy, o, n, w);
            smoothTensorX(yy, i, syy, o, n, w);
        } else {
            smoothTensorXUnfused(xx, i, sxx, o, n, w);
            smoothTensorXUnfused(xy, i, sxy, o, n, w);
            smoothTensorXUnfused(yy, i, syy, o, n, w);
        }
    }

    private static void smoothTensorX(float[] in, int i, float[] out, int o, int n, Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        for (int x = 0; x < n; x += N) {
            int p = i + x;
            even(in, p - 2, p - 1, p, p + 1, p + 2, a0, a1, a2).intoArray(out, o + x);
        }
    }

    private static void smoothTensorXUnfused(float[] in, int i, float[] out, int o, int n, Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        for (int x = 0; x < n; x += N) {
            int p = i + x;
            FloatVector near = load(in, p + 1).add(load(in, p - 1));
            FloatVector far = load(in, p + 2).add(load(in, p - 2));
            load(in, p).mul(a0).add(near.mul(a1)).add(far.mul(a2)).intoArray(out, o + x);
        }
    }

    @Override
    public void tensorY(
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
            Weights w) {
        FloatVector a0 = all(w.a0), a1 = all(w.a1), a2 = all(w.a2);
        for (int x = 0; x < n; x += N) {
            FloatVector xx = even(sxx, m2 + x, m1 + x, c + x, p1 + x, p2 + x, a0, a1, a2);
            FloatVector xy = even(sxy, m2 + x, m1 + x, c + x, p1 + x, p2 + x, a0, a1, a2);
            FloatVector yy = even(syy, m2 + x, m1 + x, c + x, p1 + x, p2 + x, a0, a1, a2);
            eigenvalues(xx, xy, yy, f, q1 + x, q2 + x);
        }
    }
}
