package org.pixelforest.hdf5;

import java.util.LinkedHashMap;

/** The chunks decompressed last: at most 64 MiB, or one chunk if that is larger. */
final class ChunkCache {

    private static final long CAPACITY = 64 << 20;

    private final LinkedHashMap<Long, byte[]> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /** The chunk stored at {@code address}, or null. Nobody may change it. */
    synchronized byte[] find(long address) {
        return recent.get(address);
    }

    synchronized void add(long address, byte[] chunk) {
        byte[] replaced = recent.put(address, chunk);
        held += chunk.length - (replaced == null ? 0 : replaced.length);
        var oldest = recent.values().iterator();
        while (held > CAPACITY && recent.size() > 1) {
            held -= oldest.next().length;
            oldest.remove();
        }
    }
}
