package org.pixelforest.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.pixelforest.ArrayImage;
import org.pixelforest.filter.Filter;
import org.pixelforest.filter.Kernel;

/**
 * The slow, obvious version, the judge of all others: whole images, a pixel at a time, each filter on its own, no shared work.
 * Written from the specification, on nothing but {@link Kernel}'s weights, which are held against the original's.
 */
final class ObviousFeatures {

    private final int nz;
    private final int ny;
    private final int nx;

    private ObviousFeatures(int nz, int ny, int nx) {
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
    }

    /** The feature channels of an image, one array of all pixels each. */
    static List<float[]> of(ArrayImage image, FeatureSelection selection) {
        ObviousFeatures f = new ObviousFeatures(
                image.shape().z(), image.shape().y(), image.shape().x());
        int pixels = f.nz * f.ny * f.nx;
        List<float[]> features = new ArrayList<>();
        for (Feature feature : selection.features()) {
            for (int c = 0; c < image.shape().c(); c++) {
                float[] channel = Arrays.copyOfRange(image.samples(), c * pixels, (c + 1) * pixels);
                features.addAll(f.feature(channel, feature));
            }
        }
        return features;
    }

    private List<float[]> feature(float[] image, Feature feature) {
        double sigma = feature.sigma();
        boolean in3d = !feature.in2d() && nz > 1;
        float[] p = smooth(image, sigma > 1 ? Math.sqrt(sigma * sigma - 1) : sigma, 3.5, in3d);
        double s = Math.min(sigma, 1);
        boolean filter3d = in3d && Math.ceil(2 * s) + 1 <= nz;
        int axes = filter3d ? 3 : 2;
        return switch (feature.filter()) {
            case GAUSSIAN_SMOOTHING -> List.of(smooth(p, s, 2, filter3d));
            case LAPLACIAN_OF_GAUSSIAN -> List.of(laplacian(p, s, axes));
            case GAUSSIAN_GRADIENT_MAGNITUDE -> List.of(magnitude(p, s, axes));
            case DIFFERENCE_OF_GAUSSIANS ->
                List.of(difference(smooth(p, s, 2, filter3d), smooth(p, 0.66 * s, 2, filter3d)));
            case HESSIAN_OF_GAUSSIAN_EIGENVALUES -> {
                List<float[]> hessian = new ArrayList<>();
                for (int i = 0; i < axes; i++) {
                    for (int j = i; j < axes; j++) {
                        hessian.add(derivative(p, s, axes, i, j));
                    }
                }
                yield eigenvalues(hessian);
            }
            case STRUCTURE_TENSOR_EIGENVALUES -> {
                List<float[]> tensor = new ArrayList<>();
                for (int i = 0; i < axes; i++) {
                    for (int j = i; j < axes; j++) {
                        float[] a = derivative(p, s / 2, axes, i, -1);
                        float[] b = derivative(p, s / 2, axes, j, -1);
                        for (int n = 0; n < a.length; n++) {
                            b[n] = a[n] * b[n];
                        }
                        tensor.add(smooth(b, s, 2, filter3d));
                    }
                }
                yield eigenvalues(tensor);
            }
        };
    }

    private float[] smooth(float[] in, double sigma, double window, boolean in3d) {
        Kernel kernel = Kernel.gaussian(sigma, 0, window);
        float[] out = filter(filter(in, kernel, 0), kernel, 1);
        return in3d ? filter(out, kernel, 2) : out;
    }

    private float[] derivative(float[] in, double sigma, int axes, int first, int second) {
        float[] out = in;
        for (int axis = 0; axis < axes; axis++) {
            int order = (first == axis ? 1 : 0) + (second == axis ? 1 : 0);
            out = filter(out, Kernel.gaussian(sigma, order, 2), axis);
        }
        return out;
    }

    private float[] laplacian(float[] in, double sigma, int axes) {
        float[] sum = derivative(in, sigma, axes, 0, 0);
        for (int axis = 1; axis < axes; axis++) {
            float[] d = derivative(in, sigma, axes, axis, axis);
            for (int i = 0; i < sum.length; i++) {
                sum[i] = sum[i] + d[i];
            }
        }
        return sum;
    }

    private float[] magnitude(float[] in, double sigma, int axes) {
        float[] sum = new float[in.length];
        for (int axis = 0; axis < axes; axis++) {
            float[] d = derivative(in, sigma, axes, axis, -1);
            for (int i = 0; i < sum.length; i++) {
                float square = d[i] * d[i];
                sum[i] = axis == 0 ? square : sum[i] + square;
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) Math.sqrt(sum[i]);
        }
        return sum;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] d = new float[a.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] - b[i];
        }
        return d;
    }

    /** Along axis 0 = x, 1 = y, 2 = z; fused or not as the specification, section 2.3, says. */
    private float[] filter(float[] in, Kernel kernel, int axis) {
        int length = axis == 0 ? nx : axis == 1 ? ny : nz;
        int step = axis == 0 ? 1 : axis == 1 ? nx : nx * ny;
        int r = kernel.radius();
        int a = (length - r) / 32 * 32;
        int b = (r + 7) / 8 * 8;
        int b2 = (b + 31) / 32 * 32;
        float[] out = new float[in.length];
        for (int n = 0; n < in.length; n++) {
            int i = n / step % length;
            boolean fused = axis > 0 || (a > b2 && i >= b && i < a);
            float sum = kernel.weight(0) * in[n];
            for (int k = 1; k <= r; k++) {
                float right = in[n + (mirror(i + k, length) - i) * step];
                float left = in[n + (mirror(i - k, length) - i) * step];
                float pair = kernel.odd() ? right - left : right + left;
                sum = fused ? Math.fma(kernel.weight(k), pair, sum) : sum + kernel.weight(k) * pair;
            }
            out[n] = sum;
        }
        return out;
    }

    private static int mirror(int i, int length) {
        return i < 0 ? -i : i >= length ? 2 * (length - 1) - i : i;
    }

    private static List<float[]> eigenvalues(List<float[]> tensor) {
        int n = tensor.get(0).length;
        List<float[]> out = new ArrayList<>();
        for (int k = 0; k < (tensor.size() == 3 ? 2 : 3); k++) {
            out.add(new float[n]);
        }
        for (int i = 0; i < n; i++) {
            if (tensor.size() == 3) {
                float xx = tensor.get(0)[i];
                float xy = tensor.get(1)[i];
                float yy = tensor.get(2)[i];
                float m = (xx + yy) * 0.5f;
                float h = (xx - yy) * 0.5f;
                float d = (float) Math.sqrt(h * h + xy * xy);
                out.get(0)[i] = m + d;
                out.get(1)[i] = m - d;
            } else {
                double[] roots = jacobi(tensor, i);
                for (int k = 0; k < 3; k++) {
                    out.get(k)[i] = (float) roots[k];
                }
            }
        }
        return out;
    }

    /** Eigenvalues of a symmetric 3x3 matrix by Jacobi rotations, in falling order. */
    private static double[] jacobi(List<float[]> t, int i) {
        double[][] m = {
            {t.get(0)[i], t.get(1)[i], t.get(2)[i]},
            {t.get(1)[i], t.get(3)[i], t.get(4)[i]},
            {t.get(2)[i], t.get(4)[i], t.get(5)[i]}
        };
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int p = 0; p < 2; p++) {
                for (int q = p + 1; q < 3; q++) {
                    if (m[p][q] != 0) {
                        rotate(m, p, q);
                    }
                }
            }
        }
        double[] values = {-m[0][0], -m[1][1], -m[2][2]};
        Arrays.sort(values);
        return new double[] {-values[0], -values[1], -values[2]};
    }

    private static void rotate(double[][] m, int p, int q) {
        double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < 3; k++) {
            double a = m[k][p];
            double b = m[k][q];
            m[k][p] = c * a - s * b;
            m[k][q] = s * a + c * b;
        }
        for (int k = 0; k < 3; k++) {
            double a = m[p][k];
            double b = m[q][k];
            m[p][k] = c * a - s * b;
            m[q][k] = s * a + c * b;
        }
    }

    /** All filters at all these scales. */
    static FeatureSelection all(List<FeatureSelection.Scale> scales) {
        return new FeatureSelection(
                List.of(Filter.values()), scales, Collections.nCopies(6, Collections.nCopies(scales.size(), true)));
    }
}
