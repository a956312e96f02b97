package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The chunks of a dataset that the file stores, sorted by their place in the grid. Costs about 50 bytes a stored chunk;
 * what is not stored costs nothing.
 */
final class ChunkGrid {

    private final Storage storage;
    private final long[] shape;
    private final long[] chunk;
    private final long[] counts;
    private final long[] largestCounts;
    private final int growing;
    private final long chunkBytes;
    private final boolean partialUnfiltered;
    private List<Chunk> chunks = new ArrayList<>();

    private ChunkGrid(Storage storage, Dataspace space, DataLayout.Chunked layout, int elementSize) {
        this.storage = storage;
        this.shape = space.shape();
        this.chunk = layout.chunk();
        this.partialUnfiltered = layout.index().partialUnfiltered();
        this.chunkBytes = elementSize * Dataspace.product(chunk);
        long[] largest = space.largest() == null ? shape : space.largest();
        this.counts = new long[shape.length];
        this.largestCounts = new long[shape.length];
        int unlimited = -1;
        for (int d = 0; d < shape.length; d++) {
            counts[d] = count(shape[d], chunk[d]);
            largestCounts[d] = largest[d] == Dataspace.UNLIMITED ? counts[d] : count(largest[d], chunk[d]);
            if (largest[d] == Dataspace.UNLIMITED) {
                unlimited = d;
            }
        }
        this.growing = unlimited;
    }

    static ChunkGrid read(Storage storage, Dataspace space, DataLayout.Chunked layout, int elementSize)
            throws IOException {
        ChunkGrid grid = new ChunkGrid(storage, space, layout, elementSize);
        if (space.elements() > 0) {
            layout.index().list(storage, grid);
        }
        grid.chunks.sort(Comparator.comparingLong(Chunk::index));
        return grid;
    }

    private static long count(long length, long chunk) {
        return length / chunk + (length % chunk == 0 ? 0 : 1);
    }

    int rank() {
        return shape.length;
    }

    /** The lengths of a chunk, in elements. */
    long[] chunk() {
        return chunk;
    }

    long chunkBytes() {
        return chunkBytes;
    }

    /** The number of chunks along each dimension. */
    long[] counts() {
        return counts;
    }

    /** The number of chunks in the grid, stored or not. */
    long total() {
        return Dataspace.product(counts);
    }

    /** The stored chunks, in the order of the grid. */
    List<Chunk> chunks() {
        return chunks;
    }

    /** The place of a chunk in the grid. */
    long[] place(Chunk of) {
        return place(of.index(), counts);
    }

    /** The place of chunk {@code index} in a grid of {@code counts} chunks, the last dimension fastest. */
    static long[] place(long index, long[] counts) {
        long[] place = new long[counts.length];
        for (int d = counts.length - 1; d >= 0; d--) {
            place[d] = index % counts[d];
            index /= counts[d];
        }
        return place;
    }

    long index(long[] place) {
        long index = 0;
        for (int d = 0; d < place.length; d++) {
            index = index * counts[d] + place[d];
        }
        return index;
    }

    /** The stored chunk at {@code index} of the grid, or null. */
    Chunk find(long index) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Chunk found = chunks.get(middle);
            if (found.index() == index) {
                return found;
            }
            if (found.index() < index) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The number of chunks of the largest shape that the dataset may grow to. */
    long largestCount() throws Hdf5Exception {
        long count = 1;
        for (long n : largestCounts) {
            if (n != 0 && count > Long.MAX_VALUE / n) {
                throw storage.corrupt("a grid of more than 2^63 chunks");
            }
            count *= n;
        }
        return count;
    }

    void add(Chunk found) {
        chunks.add(found);
    }

    /** Adds a chunk by its place; one outside of the shape is left over from a larger one, and ignored. */
    void add(long[] place, long address, long size, int mask) {
        if (address == Storage.UNDEFINED) {
            return;
        }
        boolean partial = false;
        for (int d = 0; d < place.length; d++) {
            if (place[d] < 0 || place[d] >= counts[d]) {
                return;
            }
            partial |= (place[d] + 1) * chunk[d] > shape[d];
        }
        boolean plain = partial && partialUnfiltered;
        chunks.add(new Chunk(index(place), address, plain ? chunkBytes : size, plain ? -1 : mask));
    }

    /** Adds chunk {@code index} of the grid that the largest shape has. */
    void addInLargest(long index, long address, long size, int mask) {
        if (address != Storage.UNDEFINED) {
            add(place(index, largestCounts), address, size, mask);
        }
    }

    /** Adds chunk {@code index} of a grid whose unlimited dimension is slowest. */
    void addGrowing(long index, long address, long size, int mask) throws Hdf5Exception {
        if (address == Storage.UNDEFINED) {
            return;
        }
        if (growing < 0) {
            throw storage.corrupt("a growing array of chunks in a dataset that cannot grow");
        }
        long[] place = new long[counts.length];
        for (int d = counts.length - 1; d >= 0; d--) {
            if (d != growing) {
                place[d] = index % largestCounts[d];
                index /= largestCounts[d];
            }
        }
        place[growing] = index;
        add(place, address, size, mask);
    }
}
