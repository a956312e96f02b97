package org.pixelforest.forest;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Chooses once how forests are evaluated on this machine: with the Vector API where the process was started with it, else by walking. */
final class KernelChoice {

    /** Trees with more leaves are walked. Above it, walking was measured to be faster (docs/forest.md). */
    static final int MAX_LEAVES = 512;

    private static final MethodHandle VECTOR = find();

    private KernelChoice() {}

    static ForestKernel of(NodeTable nodes) {
        return VECTOR == null ? new WalkKernel(nodes) : vector(nodes, MAX_LEAVES);
    }

    static boolean hasVectors() {
        return VECTOR != null;
    }

    /** Only where {@link #hasVectors()}. */
    static ForestKernel vector(NodeTable nodes, int maxLeaves) {
        try {
            return (ForestKernel) VECTOR.invoke(nodes, maxLeaves);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle find() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()
                || Boolean.getBoolean("pixelforest.portable")) {
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
