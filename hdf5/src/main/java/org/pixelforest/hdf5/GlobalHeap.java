package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the heaps in which strings and sequences of any length are kept. Holds at most 16 MiB, or one collection. */
final class GlobalHeap {

    private static final long CAPACITY = 16 << 20;
    private static final int HEADER = 8;

    private record Collection(byte[] bytes, Map<Integer, Span> objects) {}

    private record Span(int from, int length) {}

    private final Storage storage;
    private final LinkedHashMap<Long, Collection> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    GlobalHeap(Storage storage) {
        this.storage = storage;
    }

    /** The first {@code length} bytes of object {@code index} of the collection at {@code address}. */
    byte[] object(long address, long index, long length) throws IOException {
        Collection collection = collection(address);
        Span span = collection.objects.get((int) index);
        if (span == null || length > span.length) {
            throw storage.corrupt(
                    "global heap at byte " + address + " has no object " + index + " of " + length + " bytes");
        }
        byte[] object = new byte[(int) length];
        System.arraycopy(collection.bytes, span.from, object, 0, object.length);
        return object;
    }

    /** All bytes of object {@code index} of the collection at {@code address}. */
    byte[] object(long address, long index) throws IOException {
        Span span = collection(address).objects.get((int) index);
        return object(address, index, span == null ? 0 : span.length);
    }

    private synchronized Collection collection(long address) throws IOException {
        Collection known = recent.get(address);
        if (known != null) {
            return known;
        }
        Collection read = read(address);
        held += read.bytes.length;
        recent.put(address, read);
        var oldest = recent.values().iterator();
        while (held > CAPACITY && recent.size() > 1) {
            held -= oldest.next().bytes.length;
            oldest.remove();
        }
        return read;
    }

    private Collection read(long address) throws IOException {
        int start = HEADER + storage.lengthSize();
        Cursor head = storage.structure(address, start, "global heap");
        head.signature("GCOL");
        head.version(1);
        long length = head.skip(3).length();
        if (length < start) {
            throw head.corrupt("a collection of " + length + " bytes");
        }
        byte[] bytes = storage.structure(address, length, "global heap").bytes(length);
        Cursor in = new Cursor(storage, "global heap", bytes).skip(start);
        Map<Integer, Span> objects = new HashMap<>();
        while (in.remaining() >= HEADER + storage.lengthSize()) {
            int index = in.u16();
            long size = in.skip(6).length();
            if (index == 0) {
                break;
            }
            objects.put(index, new Span(in.position(), (int) Math.min(size, Integer.MAX_VALUE)));
            in.skip(size);
            in.skip(Math.min(-in.position() & 7, in.remaining()));
        }
        return new Collection(bytes, objects);
    }
}
