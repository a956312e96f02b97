package org.pixelforest.hdf5;

import java.io.IOException;

/** Elements of the arrays that list chunks: an address, and for filtered chunks also a size and a filter mask. */
record ChunkElements(Storage storage, boolean filtered, int size, long chunkBytes) {

    /** Takes element {@code index} of the array. */
    interface Sink {
        void chunk(long index, long address, long size, int mask) throws IOException;
    }

    /** Reads the two bytes (kind of element, its size) that both arrays' headers have. */
    static ChunkElements read(Cursor in, Storage storage, ChunkGrid grid) throws Hdf5Exception {
        int kind = in.u8();
        int size = in.u8();
        int sizeWidth = size - storage.offsetSize() - 4;
        boolean filtered = kind == 1;
        if (kind > 1 || (filtered ? sizeWidth < 1 || sizeWidth > 8 : size != storage.offsetSize())) {
            throw in.corrupt("chunk entries of kind " + kind + " with " + size + " bytes");
        }
        return new ChunkElements(storage, filtered, size, grid.chunkBytes());
    }

    /** Reads {@code count} elements, the first of which has the index {@code first}. */
    void read(Cursor in, long first, long count, Sink sink) throws IOException {
        for (long i = 0; i < count; i++) {
            long address = in.address();
            if (filtered) {
                sink.chunk(first + i, address, in.unsigned(size - storage.offsetSize() - 4), (int) in.u32());
            } else {
                sink.chunk(first + i, address, chunkBytes, 0);
            }
        }
    }

    /**
     * Reads a block of {@code count} elements behind a prefix of {@code prefix} bytes: with one checksum at its end,
     * or, if it has more than {@code pageLength}, in pages that stand behind it, each with its own checksum. Bit i of
     * {@code written} (most significant bit first, from bit {@code firstBit}) says whether page i was ever written; if
     * it is null, the bits stand in the prefix.
     */
    void readBlock(
            String signature,
            long address,
            int prefix,
            long first,
            long count,
            long pageLength,
            byte[] written,
            long firstBit,
            Sink sink)
            throws IOException {
        if (count > storage.size() / size) {
            throw storage.corrupt("a list of " + count + " chunks, more than the file has room for");
        }
        if (count <= pageLength) {
            Cursor in = storage.structure(address, prefix + count * size + 4, "list of chunks");
            in.signature(signature);
            in.skip(prefix - 4);
            read(in, first, count, sink);
            in.checksum();
            return;
        }
        long pages = (count + pageLength - 1) / pageLength;
        byte[] bits = written;
        long start = prefix;
        Cursor in = storage.structure(address, prefix + (written == null ? (pages + 7) / 8 : 0) + 4, "list of chunks");
        in.signature(signature);
        in.skip(prefix - 4);
        if (written == null) {
            bits = in.bytes((pages + 7) / 8);
            start += bits.length;
        }
        in.checksum();
        start += 4;
        for (long page = 0; page < pages; page++) {
            long bit = firstBit + page;
            if ((bits[(int) (bit / 8)] & 0x80 >> bit % 8) != 0) {
                long n = Math.min(pageLength, count - page * pageLength);
                long at = address + start + page * (pageLength * size + 4);
                Cursor body = storage.structure(at, n * size + 4, "page of a list of chunks");
                read(body, first + page * pageLength, n, sink);
                body.checksum();
            }
        }
    }
}
