package org.pixelforest.forest;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Chooses once how forests are evaluated on this machine: with the Vector API where the process was started with it and
 * {@code pixelforest.portable} is not set, else by walking.
 */
final class KernelChoice {

    /**
     * Trees with more leaves for each lane of a vector are walked. Measured with 16 lanes, in nanoseconds per tree and pixel, bits against walking:
     * 5 and 34 at 34 leaves, 23 and 66 at 310, 66 and 88 at 767, 97 and 94 at 1212.
     */
    private static final int LEAVES_PER_LANE = 64;

    private static final MethodHandle VECTOR = find();

    private KernelChoice() {}

    static ForestKernel of(NodeTable nodes) {
        return VECTOR == null || !nodes.fractionsAddUp() ? new WalkKernel(nodes) : vector(nodes, LEAVES_PER_LANE);
    }

    static boolean hasVectors() {
        return VECTOR != null;
    }

    /** Only where {@link #hasVectors()}, and for forests whose fractions add up: the others need the sum carried along. */
    static ForestKernel vector(NodeTable nodes, int leavesPerLane) {
        try {
            return (ForestKernel) VECTOR.invoke(nodes, leavesPerLane);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle find() {
        if (Boolean.getBoolean("pixelforest.portable")
                || ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return null;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> kernel = lookup.findClass("org.pixelforest.forest.VectorForestKernel");
            return lookup.findConstructor(kernel, MethodType.methodType(void.class, NodeTable.class, int.class));
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // a build without it works, slower
        }
    }
}
