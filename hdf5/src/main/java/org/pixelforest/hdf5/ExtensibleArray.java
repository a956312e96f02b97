package org.pixelforest.hdf5;

import java.io.IOException;

/**
 * The chunk index of datasets with one unlimited dimension. The first elements stand in the index block; the others in
 * data blocks that get longer and longer, the early ones found through the index block, the later ones through
 * secondary blocks. Secondary block s stands for 2^⌊s/2⌋ data blocks of 2^⌈s/2⌉ × {@code shortest} elements.
 */
final class ExtensibleArray {

    private final Storage storage;
    private final ChunkGrid grid;
    private final ChunkElements elements;
    private final int indexBits;
    private final int inIndex;
    private final int shortest;
    private final int pointers;
    private final long pageLength;
    private long next;

    private ExtensibleArray(Storage storage, Cursor in, ChunkGrid grid) throws IOException {
        this.storage = storage;
        this.grid = grid;
        in.signature("EAHD");
        in.version(0);
        this.elements = ChunkElements.read(in, storage, grid);
        this.indexBits = in.u8();
        this.inIndex = in.u8();
        this.shortest = in.u8();
        this.pointers = in.u8();
        int pageBits = in.u8();
        if (indexBits > 62 || pageBits > 30 || Integer.bitCount(shortest) != 1 || Integer.bitCount(pointers) != 1) {
            throw in.corrupt("index of " + indexBits + " bits, pages of 2^" + pageBits + ", data blocks of " + shortest
                    + ", " + pointers + " pointers");
        }
        this.pageLength = 1L << pageBits;
    }

    static void list(Storage storage, long address, ChunkGrid grid) throws IOException {
        int length = 16 + 6 * storage.lengthSize() + storage.offsetSize();
        Cursor in = storage.structure(address, length, "extensible array");
        ExtensibleArray array = new ExtensibleArray(storage, in, grid);
        for (int i = 0; i < 6; i++) {
            in.length();
        }
        long indexBlock = in.address();
        in.checksum();
        if (indexBlock != Storage.UNDEFINED) {
            array.readIndex(indexBlock);
        }
    }

    private void readIndex(long address) throws IOException {
        int secondary = 1 + indexBits - Integer.numberOfTrailingZeros(shortest);
        int direct = Math.min(2 * Integer.numberOfTrailingZeros(pointers), secondary);
        int dataBlocks = 2 * (pointers - 1);
        int offsetSize = storage.offsetSize();
        long length = 6L
                + offsetSize
                + (long) inIndex * elements.size()
                + (long) (dataBlocks + Math.max(0, secondary - direct)) * offsetSize
                + 4;
        Cursor in = storage.structure(address, length, "extensible array index");
        in.signature("EAIB");
        in.skip(2 + offsetSize);
        elements.read(in, 0, inIndex, grid::addGrowing);
        next = inIndex;
        for (int s = 0; s < direct; s++) {
            for (long i = 0; i < blocks(s); i++) {
                readData(in.address(), s, null, 0);
            }
        }
        for (int s = direct; s < secondary; s++) {
            readSecondary(in.address(), s);
        }
        in.checksum();
    }

    private static long blocks(int s) {
        return 1L << s / 2;
    }

    private long blockLength(int s) {
        return shortest * (1L << (s + 1) / 2);
    }

    /** What stands in front of a block's contents: signature, version, kind, header's address, first index. */
    private int prefix() {
        return 6 + storage.offsetSize() + (indexBits + 7) / 8;
    }

    private void readSecondary(long address, int s) throws IOException {
        if (address == Storage.UNDEFINED) {
            next += blocks(s) * blockLength(s);
            return;
        }
        if (blocks(s) > storage.size()) {
            throw storage.corrupt("an extensible array with " + blocks(s) + " blocks");
        }
        // Room is made for whole bytes a data block, but the bits of all blocks follow one another.
        long pages = blockLength(s) > pageLength ? blockLength(s) / pageLength : 0;
        long bitBytes = (pages + 7) / 8;
        long length = prefix() + blocks(s) * (bitBytes + storage.offsetSize()) + 4;
        Cursor in = storage.structure(address, length, "extensible array secondary block");
        in.signature("EASB");
        in.skip(prefix() - 4);
        byte[] written = in.bytes(blocks(s) * bitBytes);
        for (long i = 0; i < blocks(s); i++) {
            readData(in.address(), s, written, i * pages);
        }
        in.checksum();
    }

    private void readData(long address, int s, byte[] written, long firstBit) throws IOException {
        long count = blockLength(s);
        if (address != Storage.UNDEFINED) {
            elements.readBlock("EADB", address, prefix(), next, count, pageLength, written, firstBit, grid::addGrowing);
        }
        next += count;
    }
}
