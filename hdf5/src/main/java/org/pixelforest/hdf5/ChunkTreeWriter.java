package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the version 1 B-tree over a dataset's chunks. */
final class ChunkTreeWriter {

    /** The number that superblock version 0 implies. */
    private static final int CAPACITY = 64;

    private record Child(long address, Fields key) {}

    private ChunkTreeWriter() {}

    /**
     * Writes the tree and returns its address.
     *
     * @param chunks in the order of the grid, at least one
     * @param counts chunks along each dimension
     */
    static long write(Output out, List<Chunk> chunks, long[] counts, long[] chunk) throws IOException {
        List<Child> children = new ArrayList<>();
        for (Chunk c : chunks) {
            children.add(new Child(c.address(), key(c.size(), c.mask(), ChunkGrid.place(c.index(), counts), chunk)));
        }
        long[] beyond = ChunkGrid.place(chunks.get(chunks.size() - 1).index(), counts);
        for (int d = 0; d < beyond.length; d++) {
            beyond[d]++;
        }
        Fields last = key(0, 0, beyond, chunk);
        int keySize = last.size();
        int size = 24 + CAPACITY * 8 + (CAPACITY + 1) * keySize;
        for (int level = 0; ; level++) {
            int count = (children.size() + CAPACITY - 1) / CAPACITY;
            long first = out.allocate((long) count * size);
            List<Child> nodes = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                int end = Math.min(children.size(), (n + 1) * CAPACITY);
                List<Child> part = children.subList(n * CAPACITY, end);
                long address = first + (long) n * size;
                Fields node = new Fields().signature("TREE").u8(1).u8(level).u16(part.size());
                node.u64(n == 0 ? Storage.UNDEFINED : address - size);
                node.u64(n == count - 1 ? Storage.UNDEFINED : address + size);
                for (Child child : part) {
                    node.bytes(child.key().copy()).u64(child.address());
                }
                node.bytes((end < children.size() ? children.get(end).key() : last).copy());
                node.zeros(size - node.size());
                out.write(address, node);
                nodes.add(new Child(address, part.get(0).key()));
            }
            if (count == 1) {
                return first;
            }
            children = nodes;
        }
    }

    private static Fields key(long size, int mask, long[] place, long[] chunk) {
        Fields key = new Fields().u32(size).u32(mask);
        for (int d = 0; d < place.length; d++) {
            key.u64(place[d] * chunk[d]);
        }
        return key.u64(0);
    }
}
