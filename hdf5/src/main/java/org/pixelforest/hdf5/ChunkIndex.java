package org.pixelforest.hdf5;

import java.io.IOException;

/** The ways in which a file lists the chunks of a dataset. */
sealed interface ChunkIndex {

    /** Hands every stored chunk to {@code grid}. */
    void list(Storage storage, ChunkGrid grid) throws IOException;

    /** Version 1 B-tree: what all libraries before 1.10, and h5py by default, write. */
    record Tree1(long address) implements ChunkIndex {
        @Override
        public void list(Storage storage, ChunkGrid grid) throws IOException {
            if (address != Storage.UNDEFINED) {
                BTree1.chunks(storage, address, grid, grid.chunk());
            }
        }
    }

    /** The whole dataset is one chunk; {@code size} is −1 where it is not filtered. */
    record Single(long address, long size, int mask) implements ChunkIndex {
        @Override
        public void list(Storage storage, ChunkGrid grid) {
            if (address != Storage.UNDEFINED) {
                grid.add(new Chunk(0, address, size < 0 ? grid.chunkBytes() : size, mask));
            }
        }
    }

    /** All chunks, unfiltered, one behind the other. */
    record Implicit(long address) implements ChunkIndex {
        @Override
        public void list(Storage storage, ChunkGrid grid) throws IOException {
            if (address != Storage.UNDEFINED) {
                long count = grid.largestCount();
                storage.check(address, 0, "chunks");
                if (count > storage.size() / grid.chunkBytes() + 1) {
                    throw storage.corrupt(count + " chunks, more than the file has room for");
                }
                for (long i = 0; i < count; i++) {
                    grid.addInLargest(i, address + i * grid.chunkBytes(), grid.chunkBytes(), 0);
                }
            }
        }
    }

    /** A fixed array of chunks. */
    record Fixed(long address, boolean partialUnfiltered) implements ChunkIndex {
        @Override
        public void list(Storage storage, ChunkGrid grid) throws IOException {
            if (address != Storage.UNDEFINED) {
                FixedArray.list(storage, address, grid);
            }
        }
    }

    /** An array that grows in one dimension. */
    record Extensible(long address, boolean partialUnfiltered) implements ChunkIndex {
        @Override
        public void list(Storage storage, ChunkGrid grid) throws IOException {
            if (address != Storage.UNDEFINED) {
                ExtensibleArray.list(storage, address, grid);
            }
        }
    }

    /** Version 2 B-tree. */
    record Tree2(long address, boolean partialUnfiltered) implements ChunkIndex {
        private static final int UNFILTERED = 10;
        private static final int FILTERED = 11;

        @Override
        public void list(Storage storage, ChunkGrid grid) throws IOException {
            if (address == Storage.UNDEFINED) {
                return;
            }
            BTree2.read(storage, address, (type, in) -> {
                if (type != UNFILTERED && type != FILTERED) {
                    throw in.corrupt("records of type " + type + " where chunks should be");
                }
                long chunkAddress = in.address();
                long size = grid.chunkBytes();
                int mask = 0;
                int rank = grid.rank();
                if (type == FILTERED) {
                    int width = in.remaining() - 4 - 8 * rank;
                    if (width < 1 || width > 8) {
                        throw in.corrupt("chunk sizes of " + width + " bytes");
                    }
                    size = in.unsigned(width);
                    mask = (int) in.u32();
                }
                long[] scaled = new long[rank];
                for (int d = 0; d < rank; d++) {
                    scaled[d] = in.unsigned(8);
                }
                grid.add(scaled, chunkAddress, size, mask);
            });
        }
    }

    /** Whether chunks that reach over the dataset's edge are stored without filters. */
    default boolean partialUnfiltered() {
        return false;
    }
}
