package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the heap in which groups with many links, objects with many attributes, and shared messages are kept. Its
 * address space is cut into blocks by the rows of a "doubling table": rows 0 and 1 have blocks of the starting size,
 * every further row blocks of twice the size; blocks above the largest direct size are tables again.
 */
final class FractalHeap {

    private static final long CACHED_BYTES = 8 << 20;

    /** Libraries write blocks of at most 64 KiB; one that is packed takes this much memory, whatever stands in the file. */
    private static final long LARGEST_BLOCK = 16 << 20;

    private static final long LARGEST_OBJECT = 128 << 20;

    private final Storage storage;
    private final int idLength;
    private final List<Filter> filters;
    private final int flags;
    private final long hugeTree;
    private final int width;
    private final long startSize;
    private final long largestDirect;
    private final int heapBits;
    private final long root;
    private final int rootRows;
    private final long rootFilteredSize;
    private final int lengthBytes;
    private final Map<Long, byte[]> blocks = new LinkedHashMap<>();
    private long cached;
    private Map<Long, byte[]> huge;

    private FractalHeap(Storage storage, long address) throws IOException {
        this.storage = storage;
        int fixed = 22 + 12 * storage.lengthSize() + 3 * storage.offsetSize();
        Cursor in = storage.atMost(address, fixed + storage.lengthSize() + 65536L + 8, "fractal heap");
        in.signature("FRHP");
        in.version(0);
        this.idLength = in.u16();
        int filterLength = in.u16();
        this.flags = in.u8();
        long largestManaged = in.u32();
        in.length();
        this.hugeTree = in.address();
        in.length();
        in.address();
        for (int i = 0; i < 8; i++) {
            in.length();
        }
        this.width = in.u16();
        this.startSize = in.length();
        this.largestDirect = in.length();
        this.heapBits = in.u16();
        in.skip(2);
        this.root = in.address();
        this.rootRows = in.u16();
        if (filterLength > 0) {
            this.rootFilteredSize = in.length();
            in.skip(4);
            this.filters = Filter.read(in.part(filterLength, "filters of a fractal heap"));
        } else {
            this.rootFilteredSize = 0;
            this.filters = List.of();
        }
        in.checksum();
        if (startSize < 1
                || Long.bitCount(startSize) != 1
                || Long.bitCount(largestDirect) != 1
                || largestDirect < startSize
                || Integer.bitCount(width) != 1
                || heapBits < 1
                || heapBits > 64
                || idLength < 1) {
            throw in.corrupt("blocks of " + startSize + " to " + largestDirect + " bytes, rows of " + width);
        }
        if (largestDirect > LARGEST_BLOCK) {
            throw storage.unsupported("a fractal heap with blocks of " + largestDirect + " bytes");
        }
        int directBytes = (Long.numberOfTrailingZeros(largestDirect) + 7) / 8;
        this.lengthBytes = Math.min(directBytes, DatatypeMessage.minimalBytes(largestManaged));
    }

    static FractalHeap read(Storage storage, long address) throws IOException {
        return new FractalHeap(storage, address);
    }

    /** The object that a heap ID names. */
    synchronized byte[] object(byte[] id) throws IOException {
        Cursor in = new Cursor(storage, "heap ID", id);
        int head = in.u8();
        switch (head >> 4 & 3) {
            case 0:
                long offset = in.unsigned((heapBits + 7) / 8);
                long length = in.unsigned(lengthBytes);
                return managed(offset, length);
            case 1:
                return huge(in);
            case 2:
                int tiny = (head & 15) + 1;
                if (idLength - 1 > 16) {
                    tiny = ((head & 15) << 8 | in.u8()) + 1;
                }
                return in.bytes(tiny);
            default:
                throw in.corrupt("kind 3");
        }
    }

    private byte[] managed(long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw storage.corrupt("fractal heap: an object at " + offset);
        }
        if (rootRows == 0) {
            return slice(directBlock(root, startSize, rootFilteredSize), offset, length);
        }
        long table = root;
        int rows = rootRows;
        long base = 0;
        for (int depth = 0; depth < 64; depth++) {
            int row = row(offset - base);
            if (row >= rows) {
                throw storage.corrupt("fractal heap: an object beyond its blocks");
            }
            long size = blockSize(row);
            int column = (int) ((offset - base - rowStart(row)) / size);
            long entry = rowStart(row) + column * size;
            int directRows = directRows();
            int directEntry = storage.offsetSize() + (filters.isEmpty() ? 0 : storage.lengthSize() + 4);
            int head = 5 + storage.offsetSize() + (heapBits + 7) / 8;
            long at = table + head;
            if (row < directRows) {
                at += ((long) row * width + column) * directEntry;
                Cursor in = storage.structure(at, directEntry, "fractal heap table");
                long address = in.address();
                long stored = filters.isEmpty() ? size : in.length();
                return slice(directBlock(address, size, stored), offset - base - entry, length);
            }
            at += (long) directRows * width * directEntry
                    + ((long) (row - directRows) * width + column) * storage.offsetSize();
            table = storage.structure(at, storage.offsetSize(), "fractal heap table")
                    .address();
            rows = log2(size) - log2(startSize) - log2(width) + 1;
            base += entry;
        }
        throw storage.corrupt("fractal heap: tables nested too deep");
    }

    private static int log2(long powerOfTwo) {
        return Long.numberOfTrailingZeros(powerOfTwo);
    }

    private int directRows() {
        return log2(largestDirect) - log2(startSize) + 2;
    }

    private int row(long offset) {
        long rows = offset / (startSize * width);
        return rows == 0 ? 0 : 64 - Long.numberOfLeadingZeros(rows);
    }

    private long rowStart(int row) {
        return row == 0 ? 0 : startSize * width << row - 1;
    }

    private long blockSize(int row) {
        return row == 0 ? startSize : startSize << row - 1;
    }

    /** Objects' offsets count from the start of a block, its own header included. */
    private byte[] directBlock(long address, long size, long stored) throws IOException {
        byte[] known = blocks.get(address);
        if (known != null) {
            return known;
        }
        if (!filters.isEmpty() && stored > 2 * size + 1024) {
            throw storage.corrupt("fractal heap: a block of " + stored + " bytes");
        }
        byte[] block = storage.structure(address, filters.isEmpty() ? size : stored, "fractal heap block")
                .bytes(filters.isEmpty() ? size : stored);
        if (!filters.isEmpty()) {
            block = Filters.decode(storage.path(), filters, 0, block, (int) size, 1);
        }
        Cursor in = new Cursor(storage, "fractal heap block", block);
        in.signature("FHDB");
        if ((flags & 2) != 0) {
            check(in, block);
        }
        if (cached + block.length > CACHED_BYTES) {
            blocks.clear();
            cached = 0;
        }
        blocks.put(address, block);
        cached += block.length;
        return block;
    }

    /** The checksum of a block is taken with its own field zero. */
    private void check(Cursor in, byte[] block) throws Hdf5Exception {
        int at = 5 + storage.offsetSize() + (heapBits + 7) / 8;
        int stored = (int) in.skip(at - 4).u32();
        byte[] cleared = block.clone();
        Arrays.fill(cleared, at, at + 4, (byte) 0);
        if (Checksum.lookup3(cleared, 0, cleared.length) != stored) {
            throw in.corrupt("wrong checksum");
        }
    }

    private byte[] slice(byte[] block, long from, long length) throws Hdf5Exception {
        if (from > block.length || length > block.length - from) {
            throw storage.corrupt("fractal heap: an object that reaches beyond its block");
        }
        return Arrays.copyOfRange(block, (int) from, (int) (from + length));
    }

    /** Objects too large for a block stand alone; the ID holds their address or the key to a B-tree that does. */
    private byte[] huge(Cursor in) throws IOException {
        int direct = storage.offsetSize() + storage.lengthSize() + (filters.isEmpty() ? 0 : 4 + storage.lengthSize());
        if (idLength - 1 >= direct) {
            return hugeObject(in, !filters.isEmpty());
        }
        if (huge == null) {
            huge = new HashMap<>();
            long[] total = {0};
            BTree2.read(storage, hugeTree, (type, record) -> {
                if (type != 1 && type != 2) {
                    throw record.corrupt("records of type " + type + " where huge objects should be");
                }
                byte[] object = hugeObject(record, type == 2);
                total[0] += object.length;
                if (total[0] > storage.size()) {
                    throw record.corrupt("huge objects of more bytes than the file has");
                }
                huge.put(record.length(), object);
            });
        }
        byte[] object = huge.get(in.unsigned(Math.min(8, idLength - 1)));
        if (object == null) {
            throw in.corrupt("a huge object that is not listed");
        }
        return object;
    }

    private byte[] hugeObject(Cursor in, boolean filtered) throws IOException {
        long address = in.address();
        long length = in.length();
        int mask = filtered ? (int) in.u32() : 0;
        long size = filtered ? in.length() : length;
        if (size < 0) {
            throw in.corrupt("an object of " + Long.toUnsignedString(size) + " bytes");
        }
        if (size > LARGEST_OBJECT) {
            throw storage.unsupported("an object of " + size + " bytes in a fractal heap");
        }
        byte[] stored = storage.structure(address, length, "huge object").bytes(length);
        return filtered ? Filters.decode(storage.path(), filters, mask, stored, (int) size, 1) : stored;
    }
}
