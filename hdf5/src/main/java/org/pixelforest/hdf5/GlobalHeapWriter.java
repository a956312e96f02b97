package org.pixelforest.hdf5;

import java.io.IOException;

/** Collects strings and sequences into heap collections of 4 KiB or more; holds one collection at a time. */
final class GlobalHeapWriter {

    private static final int SMALLEST = 4096;
    private static final int LARGEST = 65536;
    private static final int HEAD = 16;

    private final Output out;
    private Fields collection;
    private long address;
    private int capacity = SMALLEST / 2;
    private int objects;

    GlobalHeapWriter(Output out) {
        this.out = out;
    }

    /** Keeps {@code object} and writes the pointer to it (length in elements, address, index) to {@code pointer}. */
    synchronized void add(byte[] object, long length, Fields pointer) throws IOException {
        if (object.length == 0) {
            pointer.zeros(16);
            return;
        }
        int needed = HEAD + (object.length + 7 & ~7);
        if (collection == null || collection.size() + needed > capacity) {
            flush();
            capacity = Math.max(Math.min(LARGEST, 2 * capacity), HEAD + needed);
            address = out.allocate(capacity);
            collection = new Fields().signature("GCOL").u8(1).zeros(3).u64(capacity);
            objects = 0;
        }
        objects++;
        collection.u16(objects).u16(0).u32(0).u64(object.length).bytes(object).pad();
        pointer.u32(length).u64(address).u32(objects);
        if (capacity > LARGEST) {
            flush();
            capacity = LARGEST;
        }
    }

    /** Writes what is held. */
    synchronized void flush() throws IOException {
        if (collection == null) {
            return;
        }
        int free = capacity - collection.size();
        if (free >= HEAD) {
            // Object 0 is the free space, its own head included.
            collection.zeros(8).u64(free).zeros(free - HEAD);
        } else {
            collection.zeros(free);
        }
        out.write(address, collection);
        collection = null;
    }
}
