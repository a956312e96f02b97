package org.pixelforest.hdf5;

import java.util.Arrays;

/**
 * The shape of a dataset or attribute, slowest dimension first; rank 0 is a single element, {@code isNull} none at all.
 * {@code largest} is the shape it may grow to (−1: no limit), or null where it is the shape itself.
 */
record Dataspace(boolean isNull, long[] shape, long[] largest) {

    static final int HIGHEST_RANK = 32;
    static final long UNLIMITED = -1;

    static Dataspace of(long... shape) {
        return new Dataspace(false, shape, null);
    }

    static Dataspace nothing() {
        return new Dataspace(true, new long[0], null);
    }

    static Dataspace read(Cursor in) throws Hdf5Exception {
        int version = in.u8();
        int rank = in.u8();
        int flags = in.u8();
        if (version != 1 && version != 2) {
            throw in.storage().unsupported("dataspace version " + version);
        }
        boolean isNull = in.u8() == 2 && version == 2;
        in.skip(version == 1 ? 4 : 0);
        if (rank > HIGHEST_RANK) {
            throw in.corrupt(rank + " dimensions (the format allows " + HIGHEST_RANK + ")");
        }
        long[] shape = lengths(in, rank);
        long[] largest = (flags & 1) != 0 ? lengths(in, rank) : null;
        long elements = 1;
        for (int d = 0; d < rank; d++) {
            if (shape[d] < 0 || largest != null && largest[d] >= 0 && largest[d] < shape[d]) {
                throw in.corrupt("the shape " + Arrays.toString(shape));
            }
            if (shape[d] != 0 && elements > Long.MAX_VALUE / 1024 / shape[d]) {
                throw in.storage().unsupported("the shape " + Arrays.toString(shape));
            }
            elements *= Math.max(1, shape[d]);
        }
        return new Dataspace(isNull, isNull ? new long[0] : shape, isNull ? null : largest);
    }

    private static long[] lengths(Cursor in, int n) throws Hdf5Exception {
        long[] lengths = new long[n];
        int size = in.storage().lengthSize();
        for (int i = 0; i < n; i++) {
            long length = in.length();
            lengths[i] = size < 8 && length == (1L << 8 * size) - 1 ? UNLIMITED : length;
        }
        return lengths;
    }

    /** Number of elements. */
    long elements() {
        return isNull ? 0 : product(shape);
    }

    /** Whether the box of {@code count} elements from {@code offset} on has the right rank and lies in the shape. */
    boolean holds(long[] offset, long[] count) {
        boolean inside = offset.length == shape.length && count.length == shape.length;
        for (int d = 0; d < shape.length && inside; d++) {
            inside = offset[d] >= 0 && count[d] >= 0 && offset[d] <= shape[d] && count[d] <= shape[d] - offset[d];
        }
        return inside;
    }

    static long product(long[] lengths) {
        long n = 1;
        for (long length : lengths) {
            n *= length;
        }
        return n;
    }
}
