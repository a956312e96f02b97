package org.pixelforest.hdf5;

/**
 * A stored chunk: {@code index} counts chunks in row-major order over the dataset's grid of chunks; {@code size} bytes
 * at {@code address}; bit i of {@code mask} says that filter i was left out.
 */
record Chunk(long index, long address, long size, int mask) {}
