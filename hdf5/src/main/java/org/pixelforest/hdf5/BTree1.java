package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Walks version 1 B-trees: the entries of old-style groups and the chunks of datasets. */
final class BTree1 {

    private static final int OF_GROUP = 0;
    private static final int OF_CHUNKS = 1;

    private final Storage storage;
    private final int type;
    private final int keySize;
    private final Leaf leaf;
    private final Set<Long> seen = new HashSet<>();

    private interface Leaf {
        void entry(Cursor key, long child) throws IOException;
    }

    /** Takes the address of one node of a group's symbol table. */
    interface Nodes {
        void node(long address) throws IOException;
    }

    private BTree1(Storage storage, int type, int keySize, Leaf leaf) {
        this.storage = storage;
        this.type = type;
        this.keySize = keySize;
        this.leaf = leaf;
    }

    static void group(Storage storage, long address, Nodes nodes) throws IOException {
        new BTree1(storage, OF_GROUP, storage.lengthSize(), (key, child) -> nodes.node(child)).walk(address, -1);
    }

    static void chunks(Storage storage, long address, ChunkGrid grid, long[] chunk) throws IOException {
        int rank = chunk.length;
        new BTree1(storage, OF_CHUNKS, 8 + 8 * (rank + 1), (key, child) -> {
                    long size = key.u32();
                    int mask = (int) key.u32();
                    long[] place = new long[rank];
                    for (int d = 0; d < rank; d++) {
                        long offset = key.unsigned(8);
                        if (offset < 0 || offset % chunk[d] != 0) {
                            throw key.corrupt("a chunk at " + offset + ", not on the grid of " + chunk[d]);
                        }
                        place[d] = offset / chunk[d];
                    }
                    grid.add(place, child, size, mask);
                })
                .walk(address, -1);
    }

    /** {@code level} is what the parent demands, −1 at the root. */
    private void walk(long address, int level) throws IOException {
        if (!seen.add(address)) {
            throw storage.corrupt("a B-tree that meets itself at byte " + address);
        }
        int head = 8 + 2 * storage.offsetSize();
        Cursor in = storage.structure(address, head, "B-tree node");
        in.signature("TREE");
        int found = in.u8();
        int height = in.u8();
        int entries = in.u16();
        if (found != type || level >= 0 && height != level) {
            throw in.corrupt(
                    "type " + found + " and level " + height + " where " + type + " and " + level + " should be");
        }
        int entry = keySize + storage.offsetSize();
        Cursor body = storage.structure(address + head, (long) entries * entry, "B-tree node");
        for (int i = 0; i < entries; i++) {
            Cursor key = body.part(keySize, "B-tree key");
            long child = body.address();
            if (height == 0) {
                if (type == OF_GROUP && !seen.add(child)) {
                    throw storage.corrupt("a B-tree that names the node at byte " + child + " twice");
                }
                leaf.entry(key, child);
            } else {
                walk(child, height - 1);
            }
        }
    }
}
