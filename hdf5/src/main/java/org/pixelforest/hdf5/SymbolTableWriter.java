package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes an old-style group: a heap of names, nodes of at most 8 entries, and a B-tree over them. */
final class SymbolTableWriter {

    static final int LEAF_K = 4;
    static final int INTERNAL_K = 16;

    private static final int NO_FREE_SPACE = 1;
    private static final int SOFT_LINK = 2;
    private static final int ENTRY = 40;

    /** A node of the tree: where it stands and the last name below it, as a place in the heap. */
    private record Child(long address, long lastName) {}

    private final Output out;
    private long tree;
    private long heap;

    SymbolTableWriter(Output out) {
        this.out = out;
    }

    long tree() {
        return tree;
    }

    long heap() {
        return heap;
    }

    void write(Map<String, NewGroup.Entry> entries) throws IOException {
        // The empty name at the start of the heap is what the tree's first key points to.
        Fields names = new Fields().zeros(8);
        List<Child> children = new ArrayList<>();
        Fields node = new Fields();
        int inNode = 0;
        long name = 0;
        int left = entries.size();
        for (Map.Entry<String, NewGroup.Entry> e : entries.entrySet()) {
            name = names.size();
            names.paddedName(e.getKey());
            NewGroup.Entry entry = e.getValue();
            if (entry.link() instanceof Link.Soft soft) {
                long target = names.size();
                names.paddedName(soft.target());
                node.u64(name)
                        .u64(Storage.UNDEFINED)
                        .u32(SOFT_LINK)
                        .u32(0)
                        .u32(target)
                        .zeros(12);
            } else {
                node.u64(name).u64(entry.object().address()).zeros(24);
            }
            left--;
            if (++inNode == 2 * LEAF_K || left == 0) {
                children.add(new Child(writeEntries(node, inNode), name));
                node = new Fields();
                inNode = 0;
            }
        }
        tree = writeTree(children);
        heap = writeHeap(names);
    }

    private long writeEntries(Fields entries, int count) throws IOException {
        Fields node = new Fields().signature("SNOD").u8(1).u8(0).u16(count).bytes(entries.copy());
        node.zeros((long) (2 * LEAF_K - count) * ENTRY);
        long address = out.allocate(node.size());
        out.write(address, node);
        return address;
    }

    private long writeTree(List<Child> leaves) throws IOException {
        List<Child> children = leaves;
        int level = 0;
        while (true) {
            List<Child> nodes = new ArrayList<>();
            int capacity = 2 * INTERNAL_K;
            int size = 24 + capacity * 8 + (capacity + 1) * 8;
            int count = Math.max(1, (children.size() + capacity - 1) / capacity);
            long first = out.allocate((long) count * size);
            for (int n = 0; n < count; n++) {
                List<Child> part = children.subList(n * capacity, Math.min(children.size(), (n + 1) * capacity));
                long address = first + (long) n * size;
                Fields node = new Fields().signature("TREE").u8(0).u8(level).u16(part.size());
                node.u64(n == 0 ? Storage.UNDEFINED : address - size);
                node.u64(n == count - 1 ? Storage.UNDEFINED : address + size);
                node.u64(n == 0 ? 0 : children.get(n * capacity - 1).lastName());
                for (Child child : part) {
                    node.u64(child.address()).u64(child.lastName());
                }
                node.zeros(size - node.size());
                out.write(address, node);
                nodes.add(new Child(
                        address, part.isEmpty() ? 0 : part.get(part.size() - 1).lastName()));
            }
            if (count == 1) {
                return first;
            }
            children = nodes;
            level++;
        }
    }

    private long writeHeap(Fields names) throws IOException {
        long address = out.allocate(32L + names.size());
        Fields head = new Fields()
                .signature("HEAP")
                .zeros(4)
                .u64(names.size())
                .u64(NO_FREE_SPACE)
                .u64(address + 32);
        out.write(address, head.bytes(names.copy()));
        return address;
    }
}
