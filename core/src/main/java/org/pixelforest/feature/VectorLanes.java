package org.pixelforest.feature;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What the loops of {@link VectorRows} are made of. */
final class VectorLanes {

    private static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;

    /** Floats in a vector. */
    static final int N = V.length();

    private VectorLanes() {}

    static FloatVector load(float[] a, int i) {
        return FloatVector.fromArray(V, a, i);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(V, value);
    }

    /** Even filter of radius 2, fused; the arguments are the places of the five neighbours. */
    static FloatVector even(
            float[] g, int m2, int m1, int c, int p1, int p2, FloatVector a0, FloatVector a1, FloatVector a2) {
        return load(g, p2)
                .add(load(g, m2))
                .fma(a2, load(g, p1).add(load(g, m1)).fma(a1, load(g, c).mul(a0)));
    }

    /** Odd filter of radius 2, fused. */
    static FloatVector odd(float[] g, int m2, int m1, int p1, int p2, FloatVector b1, FloatVector b2) {
        return load(g, p2).sub(load(g, m2)).fma(b2, load(g, p1).sub(load(g, m1)).mul(b1));
    }

    /** Stores the larger and the smaller eigenvalue of symmetric 2x2 matrices. */
    static void eigenvalues(FloatVector xx, FloatVector xy, FloatVector yy, float[] f, int q1, int q2) {
        FloatVector half = all(0.5f);
        FloatVector mean = xx.add(yy).mul(half);
        FloatVector h = xx.sub(yy).mul(half);
        FloatVector d = h.mul(h).add(xy.mul(xy)).sqrt();
        mean.add(d).intoArray(f, q1);
        mean.sub(d).intoArray(f, q2);
    }
}
