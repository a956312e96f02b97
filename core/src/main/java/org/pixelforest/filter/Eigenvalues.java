package org.pixelforest.filter;

import java.util.ArrayList;
import java.util.List;

/** Eigenvalues of symmetric 2x2 and 3x3 matrices, one matrix a pixel, in falling order. */
final class Eigenvalues {

    private static final double SQRT_3 = Math.sqrt(3);

    private Eigenvalues() {}

    /** {@code tensor} holds xx, xy, yy or xx, xy, xz, yy, yz, zz; its boxes are written over. */
    static List<Box> of(List<Box> tensor) {
        List<float[]> e = tensor.stream().map(Box::samples).toList();
        if (tensor.size() == 3) {
            ofPlane(e.get(0), e.get(1), e.get(2));
            return List.of(tensor.get(0), tensor.get(2));
        }
        List<Box> out = new ArrayList<>(List.of(tensor.get(0), tensor.get(3), tensor.get(5)));
        double[] roots = new double[3];
        for (int i = 0; i < e.get(0).length; i++) {
            ofVolume(e.get(0)[i], e.get(1)[i], e.get(2)[i], e.get(3)[i], e.get(4)[i], e.get(5)[i], roots);
            for (int k = 0; k < 3; k++) {
                out.get(k).samples()[i] = (float) roots[k];
            }
        }
        return out;
    }

    /** The larger eigenvalue goes to {@code xx}, the smaller to {@code yy}. Every operation is rounded to float. */
    private static void ofPlane(float[] xx, float[] xy, float[] yy) {
        for (int i = 0; i < xx.length; i++) {
            float mean = (xx[i] + yy[i]) * 0.5f;
            float half = (xx[i] - yy[i]) * 0.5f;
            float d = (float) Math.sqrt(half * half + xy[i] * xy[i]);
            xx[i] = mean + d;
            yy[i] = mean - d;
        }
    }

    /**
     * Roots of the characteristic polynomial by the trigonometric formula, the matrix scaled by its largest element first.
     * In single precision, as the original computes it, the same formula errs by up to 3e-4 of that element.
     */
    private static void ofVolume(double xx, double xy, double xz, double yy, double yz, double zz, double[] roots) {
        double scale = Math.max(Math.max(Math.abs(xx), Math.abs(yy)), Math.abs(zz));
        scale = Math.max(scale, Math.max(Math.max(Math.abs(xy), Math.abs(xz)), Math.abs(yz)));
        if (scale == 0) {
            scale = 1;
        }
        double a = xx / scale;
        double b = xy / scale;
        double c = xz / scale;
        double d = yy / scale;
        double e = yz / scale;
        double f = zz / scale;
        double third = (a + d + f) / 3;
        double minors = (a * d - b * b) + (a * f - c * c) + (d * f - e * e);
        double det = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
        double p = Math.min(0, (minors - 3 * third * third) / 3);
        double half = 0.5 * (det + third * (2 * third * third - minors));
        double q = Math.min(0, half * half + p * p * p);
        double radius = Math.sqrt(-p);
        double angle = Math.atan2(Math.sqrt(-q), half) / 3;
        double cos = radius * Math.cos(angle);
        double sin = radius * Math.sin(angle) * SQRT_3;
        double r0 = third + 2 * cos;
        double r1 = third - cos + sin;
        double r2 = third - cos - sin;
        double high = Math.max(r0, Math.max(r1, r2));
        double low = Math.min(r0, Math.min(r1, r2));
        roots[0] = high * scale;
        roots[1] = Math.max(Math.min(r0, r1), Math.min(Math.max(r0, r1), r2)) * scale;
        roots[2] = low * scale;
    }
}
