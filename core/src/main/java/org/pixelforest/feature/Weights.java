package org.pixelforest.feature;

import org.pixelforest.filter.Filter;
import org.pixelforest.filter.Kernel;

/**
 * Kernel weights of the filters at one sigma of at most 1, whose radii then are at most 2 and 1; smaller kernels are filled up
 * with zeros, which changes nothing as long as samples are finite.
 */
final class Weights {

    /** Smoothing at the full sigma. */
    final float a0;

    final float a1;
    final float a2;

    /** First derivative at the full sigma. */
    final float b1;

    final float b2;

    /** Second derivative at the full sigma. */
    final float c0;

    final float c1;
    final float c2;

    /** Smoothing that Difference of Gaussians subtracts. */
    final float d0;

    final float d1;

    /** Smoothing and first derivative in the gradient of the structure tensor. */
    final float s0;

    final float s1;
    final float t1;

    /** Columns of the image that passes along x fuse, for kernels of the full and the small sigmas. */
    final int wideFrom;

    final int wideTo;
    final int narrowFrom;
    final int narrowTo;

    Weights(double sigma, int imageWidth) {
        Kernel smooth = Kernel.gaussian(sigma, 0, Filter.WINDOW_RATIO);
        Kernel first = Kernel.gaussian(sigma, 1, Filter.WINDOW_RATIO);
        Kernel second = Kernel.gaussian(sigma, 2, Filter.WINDOW_RATIO);
        Kernel inner = Kernel.gaussian(Filter.INNER_RATIO * sigma, 0, Filter.WINDOW_RATIO);
        Kernel gradientSmooth = Kernel.gaussian(Filter.GRADIENT_RATIO * sigma, 0, Filter.WINDOW_RATIO);
        Kernel gradientFirst = Kernel.gaussian(Filter.GRADIENT_RATIO * sigma, 1, Filter.WINDOW_RATIO);
        a0 = at(smooth, 0);
        a1 = at(smooth, 1);
        a2 = at(smooth, 2);
        b1 = at(first, 1);
        b2 = at(first, 2);
        c0 = at(second, 0);
        c1 = at(second, 1);
        c2 = at(second, 2);
        d0 = at(inner, 0);
        d1 = at(inner, 1);
        s0 = at(gradientSmooth, 0);
        s1 = at(gradientSmooth, 1);
        t1 = at(gradientFirst, 1);
        wideFrom = smooth.fusedFrom(imageWidth);
        wideTo = smooth.fusedTo(imageWidth);
        // A kernel of radius 0 multiplies by 1 and adds 0: fused or not is the same.
        Kernel narrow = inner.radius() == 1 ? inner : gradientSmooth;
        narrowFrom = narrow.fusedFrom(imageWidth);
        narrowTo = narrow.fusedTo(imageWidth);
    }

    /**
     * Whether the filters at {@code sigma} are what these weights say: the kernels reach at least one neighbour, those of the
     * structure tensor's gradient too if it is wanted.
     */
    static boolean suit(double sigma, boolean structureTensor) {
        double smallest = structureTensor ? Filter.GRADIENT_RATIO * sigma : sigma;
        return Kernel.radius(smallest, Filter.WINDOW_RATIO) >= 1;
    }

    private static float at(Kernel kernel, int k) {
        return k <= kernel.radius() ? kernel.weight(k) : 0;
    }
}
