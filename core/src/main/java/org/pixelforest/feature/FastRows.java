package org.pixelforest.feature;

import java.lang.reflect.Constructor;
import java.util.function.IntFunction;
import org.pixelforest.filter.Fma;

/**
 * Chooses the loops once a process: those of the Vector API where the process was started with it, the processor has fused
 * multiply-add and {@code pixelforest.portable} is not set; else plain Java.
 */
final class FastRows {

    private FastRows() {}

    /** Loops for rows of at most {@code width} pixels, halo included; for one thread. */
    static Rows create(int width) {
        return Chosen.ROWS.apply(width);
    }

    /** Plain Java, which runs anywhere. */
    static Rows portable(int width) {
        return new PortableRows(width);
    }

    /** The loops of the Vector API for rows of at most so many pixels; null where it is absent. */
    static IntFunction<Rows> vector() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty() || !Fma.HARDWARE) {
            return null;
        }
        try {
            Constructor<?> vector =
                    Class.forName("org.pixelforest.feature.VectorRows").getDeclaredConstructor(int.class);
            vector.newInstance(0); // or the API of this Java differs from the one we were built with
            return width -> made(vector, width);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    private static Rows made(Constructor<?> vector, int width) {
        try {
            return (Rows) vector.newInstance(width);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IntFunction<Rows> choose() {
        IntFunction<Rows> vector = Boolean.getBoolean("pixelforest.portable") ? null : vector();
        return vector == null ? FastRows::portable : vector;
    }

    private static final class Chosen {
        static final IntFunction<Rows> ROWS = choose();
    }
}
