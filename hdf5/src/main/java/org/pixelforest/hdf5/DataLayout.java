package org.pixelforest.hdf5;

import java.io.IOException;

/** Where a dataset's elements stand, as its data layout message (versions 1 to 4) says. */
sealed interface DataLayout {

    record Compact(byte[] bytes) implements DataLayout {}

    record Contiguous(long address) implements DataLayout {}

    /** Chunks of {@code chunk} elements, found through {@code index}. */
    record Chunked(long[] chunk, ChunkIndex index) implements DataLayout {}

    static DataLayout read(Cursor in, int rank, int elementSize) throws IOException {
        int version = in.u8();
        switch (version) {
            case 1, 2:
                return readOld(in, rank, elementSize);
            case 3, 4:
                break;
            default:
                throw in.storage().unsupported("data layout version " + version);
        }
        int kind = in.u8();
        switch (kind) {
            case 0:
                return new Compact(in.bytes(in.u16()));
            case 1:
                return new Contiguous(in.address());
            case 2:
                return version == 3 ? readChunked3(in, rank, elementSize) : readChunked4(in, rank, elementSize);
            case 3:
                throw in.storage().unsupported("a virtual dataset");
            default:
                throw in.corrupt("layout class " + kind);
        }
    }

    private static DataLayout readOld(Cursor in, int rank, int elementSize) throws IOException {
        int dimensions = in.u8();
        int kind = in.u8();
        in.skip(5);
        long address = kind == 0 ? Storage.UNDEFINED : in.address();
        switch (kind) {
            case 0:
                in.skip(4L * dimensions);
                return new Compact(in.bytes(in.u32()));
            case 1:
                return new Contiguous(address);
            case 2:
                long[] chunk = chunk(in, dimensions, 4, rank, elementSize);
                return new Chunked(chunk, new ChunkIndex.Tree1(address));
            default:
                throw in.corrupt("layout class " + kind);
        }
    }

    private static DataLayout readChunked3(Cursor in, int rank, int elementSize) throws IOException {
        int dimensions = in.u8();
        long address = in.address();
        return new Chunked(chunk(in, dimensions, 4, rank, elementSize), new ChunkIndex.Tree1(address));
    }

    private static DataLayout readChunked4(Cursor in, int rank, int elementSize) throws IOException {
        int flags = in.u8();
        int dimensions = in.u8();
        int width = in.u8();
        if (width < 1 || width > 8) {
            throw in.corrupt("chunk lengths of " + width + " bytes");
        }
        long[] chunk = chunk(in, dimensions, width, rank, elementSize);
        int kind = in.u8();
        boolean partialUnfiltered = (flags & 1) != 0;
        switch (kind) {
            case 1:
                long size = (flags & 2) != 0 ? in.length() : -1;
                int mask = (flags & 2) != 0 ? (int) in.u32() : 0;
                return new Chunked(chunk, new ChunkIndex.Single(in.address(), size, mask));
            case 2:
                return new Chunked(chunk, new ChunkIndex.Implicit(in.address()));
            case 3:
                in.skip(1);
                return new Chunked(chunk, new ChunkIndex.Fixed(in.address(), partialUnfiltered));
            case 4:
                in.skip(5);
                return new Chunked(chunk, new ChunkIndex.Extensible(in.address(), partialUnfiltered));
            case 5:
                in.skip(6);
                return new Chunked(chunk, new ChunkIndex.Tree2(in.address(), partialUnfiltered));
            default:
                throw in.storage().unsupported("chunk index " + kind);
        }
    }

    /** The chunk's lengths; the message counts the element's size as one more dimension. */
    private static long[] chunk(Cursor in, int dimensions, int width, int rank, int elementSize) throws IOException {
        if (dimensions != rank + 1 || rank == 0) {
            throw in.corrupt("chunks of " + (dimensions - 1) + " dimensions in a dataset of " + rank);
        }
        long[] chunk = new long[rank];
        long bytes = elementSize;
        for (int d = 0; d < rank; d++) {
            chunk[d] = in.unsigned(width);
            if (chunk[d] == 0) {
                throw in.corrupt("a chunk without a length in dimension " + d);
            }
            if (chunk[d] < 0 || chunk[d] > Integer.MAX_VALUE || (bytes *= chunk[d]) > Integer.MAX_VALUE - 1024) {
                throw in.storage().unsupported("chunks of 2 GiB or more");
            }
        }
        if (in.unsigned(width) != elementSize) {
            throw in.corrupt("chunks of elements of another size");
        }
        return chunk;
    }
}
