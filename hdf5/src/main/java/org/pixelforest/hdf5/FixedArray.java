package org.pixelforest.hdf5;

import java.io.IOException;

/** The chunk index of datasets that cannot grow without limit: an array of chunks, in pages when it is long. */
final class FixedArray {

    private FixedArray() {}

    static void list(Storage storage, long address, ChunkGrid grid) throws IOException {
        int length = 12 + storage.lengthSize() + storage.offsetSize();
        Cursor in = storage.structure(address, length, "fixed array");
        in.signature("FAHD");
        in.version(0);
        ChunkElements elements = ChunkElements.read(in, storage, grid);
        int pageBits = in.u8();
        long count = in.length();
        long block = in.address();
        in.checksum();
        if (block == Storage.UNDEFINED) {
            return;
        }
        if (pageBits > 30 || count < 0 || count > grid.largestCount()) {
            throw in.corrupt(count + " chunks in pages of 2^" + pageBits);
        }
        int prefix = 6 + storage.offsetSize();
        elements.readBlock("FADB", block, prefix, 0, count, 1L << pageBits, null, 0, grid::addInLargest);
    }
}
