package org.pixelforest.filter;

import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.Region;

/** Derivatives of the smoothed image over a region, along x, y and (in 3D) z. */
final class Derivatives {

    private final Box in;
    private final Region target;
    private final int axes;
    private final Kernel[] kernels = new Kernel[3];

    Derivatives(Box in, Region target, double sigma, boolean in3d) {
        this.in = in;
        this.target = target;
        axes = in3d ? 3 : 2;
        for (int order = 0; order < 3; order++) {
            kernels[order] = Kernel.gaussian(sigma, order, Filter.WINDOW_RATIO);
        }
    }

    /** Along x, y, z: the first derivatives. */
    List<Box> gradient() {
        List<Box> gradient = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            gradient.add(derivative(axis, -1));
        }
        return gradient;
    }

    /** xx, xy, yy or xx, xy, xz, yy, yz, zz. */
    List<Box> hessian() {
        List<Box> hessian = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            for (int j = i; j < axes; j++) {
                hessian.add(derivative(i, j));
            }
        }
        return hessian;
    }

    Box laplacian() {
        Box sum = derivative(0, 0);
        for (int axis = 1; axis < axes; axis++) {
            float[] out = sum.samples();
            float[] next = derivative(axis, axis).samples();
            for (int i = 0; i < out.length; i++) {
                out[i] += next[i];
            }
        }
        return sum;
    }

    Box magnitude() {
        Box sum = in.like(target);
        float[] out = sum.samples();
        for (Box derivative : gradient()) {
            float[] d = derivative.samples();
            for (int i = 0; i < out.length; i++) {
                out[i] += d[i] * d[i];
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) Math.sqrt(out[i]);
        }
        return sum;
    }

    /** Once along {@code first} and, unless it is -1, once along {@code second}: the same axis twice is a second derivative. */
    private Box derivative(int first, int second) {
        int[] order = new int[3];
        order[first]++;
        if (second >= 0) {
            order[second]++;
        }
        return in.filter(kernels[order[0]], kernels[order[1]], axes == 3 ? kernels[order[2]] : null, target);
    }
}
