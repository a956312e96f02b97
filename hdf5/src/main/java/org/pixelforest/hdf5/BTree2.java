package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Walks version 2 B-trees, in the order of their keys. */
final class BTree2 {

    /** Signature, version, type and checksum of a node. */
    private static final int OVERHEAD = 10;

    private static final int DEEPEST = 16;

    /** Takes one record; what it holds depends on the tree's type. */
    interface Records {
        void record(int type, Cursor in) throws IOException;
    }

    private final Storage storage;
    private final Records records;
    private final int type;
    private final int nodeSize;
    private final int recordSize;
    private final int[] countWidth;
    private final int leafCountWidth;
    private final Set<Long> seen = new HashSet<>();

    private BTree2(Storage storage, Records records, int type, int nodeSize, int recordSize, int depth) {
        this.storage = storage;
        this.records = records;
        this.type = type;
        this.nodeSize = nodeSize;
        this.recordSize = recordSize;
        // The width of a pointer to a node depends on how many records the nodes below it can hold at most.
        long most = (nodeSize - OVERHEAD) / recordSize;
        this.leafCountWidth = DatatypeMessage.minimalBytes(most);
        this.countWidth = new int[depth + 1];
        long below = most;
        for (int level = 1; level <= depth; level++) {
            int pointer = storage.offsetSize() + leafCountWidth + countWidth[level - 1];
            long here = (nodeSize - OVERHEAD - pointer) / (recordSize + pointer);
            below = Math.min(Long.MAX_VALUE / 65536 - 1, (here + 1) * Math.min(below, Long.MAX_VALUE >> 34) + here);
            countWidth[level] = DatatypeMessage.minimalBytes(below);
        }
    }

    static void read(Storage storage, long address, Records records) throws IOException {
        int length = 22 + storage.offsetSize() + storage.lengthSize();
        Cursor in = storage.structure(address, length, "B-tree header");
        in.signature("BTHD");
        in.version(0);
        int type = in.u8();
        long nodeSize = in.u32();
        int recordSize = in.u16();
        int depth = in.u16();
        long root = in.skip(2).address();
        int count = in.u16();
        in.length();
        in.checksum();
        if (recordSize == 0 || nodeSize < OVERHEAD + recordSize || nodeSize > storage.size() || depth > DEEPEST) {
            throw in.corrupt("nodes of " + nodeSize + " bytes, records of " + recordSize + ", " + depth + " levels");
        }
        if (count > 0) {
            new BTree2(storage, records, type, (int) Math.min(nodeSize, Integer.MAX_VALUE), recordSize, depth)
                    .walk(root, count, depth);
        }
    }

    private void walk(long address, int count, int level) throws IOException {
        if (!seen.add(address)) {
            throw storage.corrupt("a B-tree that meets itself at byte " + address);
        }
        Cursor in = storage.structure(address, nodeSize, "B-tree node");
        in.signature(level == 0 ? "BTLF" : "BTIN");
        in.version(0);
        if (in.u8() != type) {
            throw in.corrupt("a node of another type than its tree");
        }
        Cursor all = in.part((long) count * recordSize, "B-tree records");
        if (level == 0) {
            in.checksum();
            for (int i = 0; i < count; i++) {
                records.record(type, all.part(recordSize, "B-tree record"));
            }
            return;
        }
        long[] children = new long[count + 1];
        int[] counts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            children[i] = in.address();
            counts[i] = (int) Math.min(Integer.MAX_VALUE, in.unsigned(leafCountWidth));
            in.skip(countWidth[level - 1]);
        }
        in.checksum();
        for (int i = 0; i <= count; i++) {
            walk(children[i], counts[i], level - 1);
            if (i < count) {
                records.record(type, all.part(recordSize, "B-tree record"));
            }
        }
    }
}
