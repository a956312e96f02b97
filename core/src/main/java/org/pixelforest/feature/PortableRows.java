package org.pixelforest.feature;

import org.pixelforest.filter.Fma;

/**
 * Plain Java that the compiler turns into vector code. NB: it does so only when all neighbours of pixel x stand at index x of
 * some array, so rows are first copied, shifted, to the scratch rows (see FeatureBenchmark).
 */
final class PortableRows implements Rows {

    private final float[] m2;
    private final float[] m1;
    private final float[] p1;
    private final float[] p2;
    private final float[] e;

    /** For rows of at most {@code width} pixels, halo included. */
    PortableRows(int width) {
        m2 = new float[width];
        m1 = new float[width];
        p1 = new float[width];
        p2 = new float[width];
        e = new float[width];
    }

    @Override
    public int overrun() {
        return 0;
    }

    @Override
    public void smoothX(float[] in, int i, float[] out, int o, int n, float[] half, boolean fused) {
        int r = half.length - 1;
        scale(in, i, half[0], out, o, n);
        int k = 1;
        for (; k < r; k += 2) {
            shifted(in, i, k, p1, m1, n);
            shifted(in, i, k + 1, p2, m2, n);
            if (fused) {
                addTwo(p1, 0, m1, 0, half[k], p2, 0, m2, 0, half[k + 1], out, o, n);
            } else {
                addTwoUnfused(p1, m1, half[k], p2, m2, half[k + 1], out, o, n);
            }
        }
        if (k == r) {
            shifted(in, i, k, p1, m1, n);
            if (fused) {
                add(p1, 0, m1, 0, half[k], out, o, n);
            } else {
                addUnfused(p1, m1, half[k], out, o, n);
            }
        }
    }

    @Override
    public void smoothY(float[] in, int i, int stride, float[] out, int o, int n, float[] half) {
        int r = half.length - 1;
        scale(in, i, half[0], out, o, n);
        int k = 1;
        for (; k < r; k += 2) {
            int near = k * stride;
            int far = near + stride;
            addTwo(in, i + near, in, i - near, half[k], in, i + far, in, i - far, half[k + 1], out, o, n);
        }
        if (k == r) {
            add(in, i + k * stride, in, i - k * stride, half[k], out, o, n);
        }
    }

    @Override
    public void wideX(float[] in, int i, float[] g0, float[] g1, float[] g2, int o, int n, Weights w, boolean fused) {
        shifted(in, i, 1, p1, m1, n);
        shifted(in, i, 2, p2, m2, n);
        if (fused) {
            even(m2, 0, m1, 0, in, i, p1, 0, p2, 0, w.a0, w.a1, w.a2, g0, o, n);
            odd(m2, 0, m1, 0, p1, 0, p2, 0, w.b1, w.b2, g1, o, n);
            even(m2, 0, m1, 0, in, i, p1, 0, p2, 0, w.c0, w.c1, w.c2, g2, o, n);
        } else {
            evenUnfused(m2, m1, in, i, p1, p2, w.a0, w.a1, w.a2, g0, o, n);
            oddUnfused(m2, m1, p1, p2, w.b1, w.b2, g1, o, n);
            evenUnfused(m2, m1, in, i, p1, p2, w.c0, w.c1, w.c2, g2, o, n);
        }
    }

    @Override
    public void narrowX(float[] in, int i, float[] s0, float[] s1, float[] d0, int o, int n, Weights w, boolean fused) {
        shifted(in, i, 1, p1, m1, n);
        if (fused) {
            even(m1, 0, in, i, p1, 0, w.s0, w.s1, s0, o, n);
            even(m1, 0, in, i, p1, 0, w.d0, w.d1, d0, o, n);
        } else {
            evenUnfused(m1, in, i, p1, w.s0, w.s1, s0, o, n);
            evenUnfused(m1, in, i, p1, w.d0, w.d1, d0, o, n);
        }
        odd(m1, 0, p1, 0, w.t1, s1, o, n);
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
        float[] first = this.m2;
        float[] second = this.m1;
        float[] third = this.p1;
        float[] fourth = this.p2;
        even(g0, m2, g0, m1, g0, c, g0, p1, g0, p2, w.a0, w.a1, w.a2, f, q[0] + at, n);
        even(d0, dm1, d0, dc, d0, dp1, w.d0, w.d1, first, 0, n);
        difference(f, q[0] + at, first, f, q[3] + at, n);
        even(g0, m2, g0, m1, g0, c, g0, p1, g0, p2, w.c0, w.c1, w.c2, first, 0, n);
        even(g2, m2, g2, m1, g2, c, g2, p1, g2, p2, w.a0, w.a1, w.a2, second, 0, n);
        sum(first, second, f, q[1] + at, n);
        odd(g0, m2, g0, m1, g0, p1, g0, p2, w.b1, w.b2, third, 0, n);
        even(g1, m2, g1, m1, g1, c, g1, p1, g1, p2, w.a0, w.a1, w.a2, fourth, 0, n);
        magnitude(third, fourth, f, q[2] + at, n);
        odd(g1, m2, g1, m1, g1, p1, g1, p2, w.b1, w.b2, third, 0, n);
        eigenvalues(second, third, first, e, f, q[4] + at, q[5] + at, n);
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
        float[] dx = this.m1;
        float[] dy = this.p1;
        even(s1, m1, s1, c, s1, p1, w.s0, w.s1, dx, 0, n);
        odd(s0, m1, s0, p1, w.t1, dy, 0, n);
        product(dx, dx, xx, o, n);
        product(dx, dy, xy, o, n);
        product(dy, dy, yy, o, n);
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
        smoothTensorX(xx, i, sxx, o, n, w, fused);
        smoothTensorX(xy, i, sxy, o, n, w, fused);
        smoothTensorX(yy, i, syy, o, n, w, fused);
    }

    private void smoothTensorX(float[] in, int i, float[] out, int o, int n, Weights w, boolean fused) {
        shifted(in, i, 1, p1, m1, n);
        shifted(in, i, 2, p2, m2, n);
        if (fused) {
            even(m2, 0, m1, 0, in, i, p1, 0, p2, 0, w.a0, w.a1, w.a2, out, o, n);
        } else {
            evenUnfused(m2, m1, in, i, p1, p2, w.a0, w.a1, w.a2, out, o, n);
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
        even(sxx, m2, sxx, m1, sxx, c, sxx, p1, sxx, p2, w.a0, w.a1, w.a2, this.m2, 0, n);
        even(sxy, m2, sxy, m1, sxy, c, sxy, p1, sxy, p2, w.a0, w.a1, w.a2, this.m1, 0, n);
        even(syy, m2, syy, m1, syy, c, syy, p1, syy, p2, w.a0, w.a1, w.a2, this.p1, 0, n);
        eigenvalues(this.m2, this.m1, this.p1, e, f, q1, q2, n);
    }

    private static void shifted(float[] in, int i, int k, float[] right, float[] left, int n) {
        System.arraycopy(in, i + k, right, 0, n);
        System.arraycopy(in, i - k, left, 0, n);
    }

    private static void scale(float[] in, int i, float c, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = c * in[i + x];
        }
    }

    private static void add(float[] right, int r, float[] left, int l, float c, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = Fma.fma(c, right[r + x] + left[l + x], out[o + x]);
        }
    }

    private static void addTwo(
            float[] right,
            int r,
            float[] left,
            int l,
            float c,
            float[] farRight,
            int fr,
            float[] farLeft,
            int fl,
            float d,
            float[] out,
            int o,
            int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] =
                    Fma.fma(d, farRight[fr + x] + farLeft[fl + x], Fma.fma(c, right[r + x] + left[l + x], out[o + x]));
        }
    }

    private static void addUnfused(float[] right, float[] left, float c, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = out[o + x] + c * (right[x] + left[x]);
        }
    }

    private static void addTwoUnfused(
            float[] right,
            float[] left,
            float c,
            float[] farRight,
            float[] farLeft,
            float d,
            float[] out,
            int o,
            int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = (out[o + x] + c * (right[x] + left[x])) + d * (farRight[x] + farLeft[x]);
        }
    }

    private static void even(
            float[] a,
            int m2,
            float[] b,
            int m1,
            float[] in,
            int c,
            float[] d,
            int p1,
            float[] g,
            int p2,
            float k0,
            float k1,
            float k2,
            float[] out,
            int o,
            int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = Fma.fma(k2, g[p2 + x] + a[m2 + x], Fma.fma(k1, d[p1 + x] + b[m1 + x], k0 * in[c + x]));
        }
    }

    private static void evenUnfused(
            float[] m2,
            float[] m1,
            float[] in,
            int c,
            float[] p1,
            float[] p2,
            float k0,
            float k1,
            float k2,
            float[] out,
            int o,
            int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = (k0 * in[c + x] + k1 * (p1[x] + m1[x])) + k2 * (p2[x] + m2[x]);
        }
    }

    private static void even(
            float[] a, int m1, float[] in, int c, float[] b, int p1, float k0, float k1, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = Fma.fma(k1, b[p1 + x] + a[m1 + x], k0 * in[c + x]);
        }
    }

    private static void evenUnfused(
            float[] m1, float[] in, int c, float[] p1, float k0, float k1, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = k0 * in[c + x] + k1 * (p1[x] + m1[x]);
        }
    }

    private static void odd(
            float[] a,
            int m2,
            float[] b,
            int m1,
            float[] d,
            int p1,
            float[] g,
            int p2,
            float k1,
            float k2,
            float[] out,
            int o,
            int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = Fma.fma(k2, g[p2 + x] - a[m2 + x], k1 * (d[p1 + x] - b[m1 + x]));
        }
    }

    private static void oddUnfused(
            float[] m2, float[] m1, float[] p1, float[] p2, float k1, float k2, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = k1 * (p1[x] - m1[x]) + k2 * (p2[x] - m2[x]);
        }
    }

    private static void odd(float[] a, int m1, float[] b, int p1, float k1, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = k1 * (b[p1 + x] - a[m1 + x]);
        }
    }

    private static void difference(float[] a, int i, float[] b, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = a[i + x] - b[x];
        }
    }

    private static void sum(float[] a, float[] b, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = a[x] + b[x];
        }
    }

    private static void product(float[] a, float[] b, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = a[x] * b[x];
        }
    }

    private static void magnitude(float[] dy, float[] dx, float[] out, int o, int n) {
        for (int x = 0; x < n; x++) {
            out[o + x] = (float) Math.sqrt(dy[x] * dy[x] + dx[x] * dx[x]);
        }
    }

    /** NB: three loops, because the compiler vectorises a loop with one store. */
    private static void eigenvalues(float[] xx, float[] xy, float[] yy, float[] d, float[] f, int q1, int q2, int n) {
        for (int x = 0; x < n; x++) {
            float half = (xx[x] - yy[x]) * 0.5f;
            d[x] = (float) Math.sqrt(half * half + xy[x] * xy[x]);
        }
        for (int x = 0; x < n; x++) {
            f[q1 + x] = (xx[x] + yy[x]) * 0.5f + d[x];
        }
        for (int x = 0; x < n; x++) {
            f[q2 + x] = (xx[x] + yy[x]) * 0.5f - d[x];
        }
    }
}
