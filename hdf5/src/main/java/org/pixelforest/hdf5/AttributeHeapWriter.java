package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes the attributes of one object into a fractal heap, each as a "huge" object that stands alone, with the two
 * B-trees that find them: by name, and by number in the heap. Both trees are one leaf.
 */
final class AttributeHeapWriter {

    private static final int OF_HUGE_OBJECTS = 1;
    private static final int OF_NAMES = 8;
    private static final int HUGE_RECORD = 24;
    private static final int NAME_RECORD = 17;
    private static final int HUGE_ID = 0x10;
    private static final int ID_LENGTH = 8;
    private static final int HEAP_HEADER = 146;
    private static final int TREE_HEADER = 38;
    private static final int NODE_OVERHEAD = 10;
    private static final int SMALLEST_NODE = 512;

    private final Output out;
    private final int count;
    private final long heap;
    private final long hugeTree;
    private final long nameTree;
    private final List<Long> places = new ArrayList<>();
    private long total;

    /** Takes the space; the contents of attributes may still change, but not their lengths. */
    AttributeHeapWriter(Output out, Map<String, byte[]> attributes) {
        this.out = out;
        this.count = attributes.size();
        this.heap = out.allocate(HEAP_HEADER);
        this.hugeTree = out.allocate(TREE_HEADER + nodeSize(HUGE_RECORD));
        this.nameTree = out.allocate(TREE_HEADER + nodeSize(NAME_RECORD));
        for (byte[] attribute : attributes.values()) {
            places.add(out.allocate(attribute.length));
            total += attribute.length;
        }
    }

    private long nodeSize(int record) {
        return Math.max(SMALLEST_NODE, NODE_OVERHEAD + (long) count * record);
    }

    /** The attribute info message. */
    byte[] message() {
        return new Fields().zeros(2).u64(heap).u64(nameTree).copy();
    }

    private record Name(String name, int hash, int number) {}

    void write(Map<String, byte[]> attributes) throws IOException {
        Fields huge = new Fields();
        List<Name> names = new ArrayList<>();
        for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
            int number = names.size();
            byte[] text = attribute.getKey().getBytes(StandardCharsets.UTF_8);
            names.add(new Name(attribute.getKey(), Checksum.lookup3(text, 0, text.length), number));
            byte[] body = attribute.getValue();
            out.write(places.get(number), body, 0, body.length);
            huge.u64(places.get(number)).u64(body.length).u64(number + 1);
        }
        Comparator<Name> byHash = (a, b) -> Integer.compareUnsigned(a.hash, b.hash);
        names.sort(byHash.thenComparing(Name::name, Links.BY_NAME));
        Fields byName = new Fields();
        for (Name name : names) {
            byName.u8(HUGE_ID)
                    .unsigned(name.number + 1, ID_LENGTH - 1)
                    .u8(0)
                    .u32(name.number)
                    .u32(name.hash);
        }
        writeTree(hugeTree, OF_HUGE_OBJECTS, HUGE_RECORD, huge);
        writeTree(nameTree, OF_NAMES, NAME_RECORD, byName);
        writeHeap();
    }

    private void writeTree(long address, int type, int record, Fields records) throws IOException {
        long nodeSize = nodeSize(record);
        Fields header = new Fields()
                .signature("BTHD")
                .u8(0)
                .u8(type)
                .u32(nodeSize)
                .u16(record)
                .u16(0);
        header.u8(100).u8(40).u64(address + TREE_HEADER).u16(count).u64(count);
        out.write(address, HeaderBlock.checked(header));
        Fields leaf = new Fields().signature("BTLF").u8(0).u8(type).bytes(records.copy());
        HeaderBlock.checked(leaf);
        out.write(address + TREE_HEADER, leaf.zeros(nodeSize - leaf.size()));
    }

    /** A heap without blocks, with the measures that libraries give to heaps of attributes. */
    private void writeHeap() throws IOException {
        Fields header =
                new Fields().signature("FRHP").u8(0).u16(ID_LENGTH).u16(0).u8(2).u32(4096);
        header.u64(count + 1).u64(hugeTree).u64(0).u64(Storage.UNDEFINED);
        header.u64(0).u64(0).u64(0).u64(0).u64(total).u64(count).u64(0).u64(0);
        header.u16(4).u64(1024).u64(65536).u16(40).u16(1).u64(Storage.UNDEFINED).u16(0);
        out.write(heap, HeaderBlock.checked(header));
    }
}
