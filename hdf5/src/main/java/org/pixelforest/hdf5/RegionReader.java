package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads boxes of a dataset, whatever its layout, without reading more of the file than they need. */
final class RegionReader {

    /** Unfiltered data are read in pieces of at most so many bytes. */
    private static final int WINDOW = 1 << 20;

    /** Runs closer together than this are read in one go, gaps included. */
    private static final int SMALL_GAP = 16 << 10;

    private final ObjectNode node;
    private final Storage storage;
    private final Datatype type;
    private final Dataspace space;
    private final DataLayout layout;
    private final List<Filter> filters;
    private final byte[] fill;
    private ChunkGrid grid;

    RegionReader(ObjectNode node, Datatype type, Dataspace space) throws IOException {
        this.node = node;
        this.storage = node.file().storage();
        this.type = type;
        this.space = space;
        ObjectHeader header = node.header();
        if (header.has(ObjectHeader.EXTERNAL_FILES)) {
            throw storage.unsupported("dataset " + node.path() + " keeps its data in other files");
        }
        ObjectHeader.Message message = header.find(ObjectHeader.LAYOUT)
                .orElseThrow(() -> storage.corrupt("dataset " + node.path() + " has no layout"));
        this.layout =
                DataLayout.read(header.cursor(message, "layout of " + node.path()), space.shape().length, type.size());
        ObjectHeader.Message pipeline = header.find(ObjectHeader.FILTERS).orElse(null);
        this.filters = pipeline == null ? List.of() : Filter.read(header.cursor(pipeline, "filters of " + node.path()));
        byte[] stated = FillValue.read(header, type.size());
        this.fill = stated == null ? new byte[type.size()] : stated;
    }

    DataLayout layout() {
        return layout;
    }

    List<Filter> filters() {
        return filters;
    }

    /** The chunks of a dataset with a chunked layout. */
    synchronized ChunkGrid grid() throws IOException {
        if (grid == null) {
            grid = ChunkGrid.read(storage, space, (DataLayout.Chunked) layout, type.size());
        }
        return grid;
    }

    /** Number of elements in a box; refuses one that does not lie in the dataset or that has no room. */
    int check(long[] offset, long[] count, int room) {
        if (!space.holds(offset, count)) {
            throw new IndexOutOfBoundsException(
                    "the box from " + Arrays.toString(offset) + " of " + Arrays.toString(count) + " does not lie in "
                            + node.path() + " of " + Arrays.toString(space.shape()));
        }
        long elements = space.isNull() ? 0 : Dataspace.product(count);
        if (elements > room) {
            throw new IllegalArgumentException(
                    "an array for " + room + " elements is too short for the box " + Arrays.toString(count));
        }
        return (int) elements;
    }

    void read(long[] offset, long[] count, Target out) throws IOException {
        long elements = space.isNull() ? 0 : Dataspace.product(count);
        if (elements == 0) {
            return;
        }
        if (layout instanceof DataLayout.Compact compact) {
            checkCompact(compact);
            long[] strides = Slab.strides(space.shape(), type.size());
            new Slab(count, strides, Slab.strides(count, 1))
                    .forEach(Slab.dot(offset, strides), 0, inMemory(compact.bytes(), out));
        } else if (layout instanceof DataLayout.Contiguous contiguous) {
            if (contiguous.address() == Storage.UNDEFINED) {
                out.put(fill, 0, 0, 0, (int) elements);
                return;
            }
            storage.check(contiguous.address(), space.elements() * type.size(), "dataset " + node.path());
            long[] strides = Slab.strides(space.shape(), type.size());
            Slab slab = new Slab(count, strides, Slab.strides(count, 1));
            long end = contiguous.address() + Slab.dot(lastOf(offset, count), strides) + type.size();
            slab.forEach(contiguous.address() + Slab.dot(offset, strides), 0, new Window(slab.gap(), end, out));
        } else {
            readChunks(offset, count, (int) elements, out);
        }
    }

    void checkCompact(DataLayout.Compact compact) throws Hdf5Exception {
        if (compact.bytes().length < space.elements() * type.size()) {
            throw storage.corrupt("dataset " + node.path() + " has fewer bytes than its shape demands");
        }
    }

    private void readChunks(long[] offset, long[] count, int elements, Target out) throws IOException {
        ChunkGrid chunks = grid();
        int rank = count.length;
        long[] first = new long[rank];
        long[] last = new long[rank];
        long cells = 1;
        for (int d = 0; d < rank; d++) {
            first[d] = offset[d] / chunks.chunk()[d];
            last[d] = (offset[d] + count[d] - 1) / chunks.chunk()[d];
            cells *= last[d] - first[d] + 1;
        }
        List<Chunk> stored = chunks.chunks();
        if (stored.size() < chunks.total()) {
            out.put(fill, 0, 0, 0, elements);
        }
        // Work grows with what is stored or what is asked for, whichever is less.
        if (cells > stored.size()) {
            for (Chunk chunk : stored) {
                long[] place = chunks.place(chunk);
                if (within(place, first, last)) {
                    readChunk(chunks, chunk, place, offset, count, out);
                }
            }
            return;
        }
        long[] place = first.clone();
        for (long i = 0; i < cells; i++) {
            Chunk chunk = chunks.find(chunks.index(place));
            if (chunk != null) {
                readChunk(chunks, chunk, place, offset, count, out);
            }
            for (int d = rank - 1; d >= 0 && ++place[d] > last[d]; d--) {
                place[d] = first[d];
            }
        }
    }

    private static boolean within(long[] place, long[] first, long[] last) {
        for (int d = 0; d < place.length; d++) {
            if (place[d] < first[d] || place[d] > last[d]) {
                return false;
            }
        }
        return true;
    }

    private void readChunk(ChunkGrid chunks, Chunk chunk, long[] place, long[] offset, long[] count, Target out)
            throws IOException {
        int rank = count.length;
        long[] inChunk = new long[rank];
        long[] inBox = new long[rank];
        long[] box = new long[rank];
        for (int d = 0; d < rank; d++) {
            long start = place[d] * chunks.chunk()[d];
            long from = Math.max(start, offset[d]);
            box[d] = Math.min(start + chunks.chunk()[d], offset[d] + count[d]) - from;
            inChunk[d] = from - start;
            inBox[d] = from - offset[d];
        }
        long[] strides = Slab.strides(chunks.chunk(), type.size());
        long[] targetStrides = Slab.strides(count, 1);
        long target = Slab.dot(inBox, targetStrides);
        Slab slab = new Slab(box, strides, targetStrides);
        if (filters.isEmpty()) {
            storage.check(chunk.address(), chunks.chunkBytes(), "chunk of " + node.path());
            long end = chunk.address() + Slab.dot(lastOf(inChunk, box), strides) + type.size();
            slab.forEach(chunk.address() + Slab.dot(inChunk, strides), target, new Window(slab.gap(), end, out));
        } else {
            slab.forEach(Slab.dot(inChunk, strides), target, inMemory(decoded(chunks, chunk), out));
        }
    }

    /** The elements of a stored chunk, decompressed, not to be changed. */
    byte[] decoded(ChunkGrid chunks, Chunk chunk) throws IOException {
        byte[] known = node.file().chunks().find(chunk.address());
        if (known != null && known.length == chunks.chunkBytes()) {
            return known;
        }
        if (chunks.chunkBytes() > Dataset.mostBytes()) {
            throw new Hdf5Exception(storage.path() + ": " + node.path() + " has chunks of " + chunks.chunkBytes()
                    + " bytes, too many for the memory that Java has");
        }
        byte[] decoded = Filters.decode(
                storage.path(), filters, chunk.mask(), stored(chunk), (int) chunks.chunkBytes(), type.size());
        node.file().chunks().add(chunk.address(), decoded);
        return decoded;
    }

    /** The bytes of a stored chunk as the file has them. */
    byte[] stored(Chunk chunk) throws IOException {
        storage.check(chunk.address(), chunk.size(), "chunk of " + node.path());
        if (chunk.size() > Integer.MAX_VALUE - 8) {
            throw storage.unsupported("a chunk of " + chunk.size() + " bytes");
        }
        byte[] stored = new byte[(int) chunk.size()];
        storage.read(chunk.address(), stored, 0, stored.length);
        return stored;
    }

    private static Slab.Run inMemory(byte[] bytes, Target out) {
        return (source, step, target, n) -> out.put(bytes, (int) source, step, (int) target, n);
    }

    private static long[] lastOf(long[] from, long[] count) {
        long[] last = new long[from.length];
        for (int d = 0; d < last.length; d++) {
            last[d] = from[d] + count[d] - 1;
        }
        return last;
    }

    /** Reads runs from the file by way of a buffer that holds their neighbours too, where those are near. */
    private final class Window implements Slab.Run {
        private final boolean ahead;
        private final long end;
        private final Target out;
        private byte[] buffer = new byte[0];
        private long start;
        private int length;

        Window(long gap, long end, Target out) {
            this.ahead = gap < SMALL_GAP;
            this.end = end;
            this.out = out;
        }

        @Override
        public void run(long source, int step, long target, int n) throws IOException {
            int size = type.size();
            int most = step == 0 ? 1 : Math.max(1, (WINDOW - size) / step + 1);
            for (int done = 0; done < n; ) {
                int now = Math.min(most, n - done);
                long from = source + (long) done * step;
                int bytes = (now - 1) * step + size;
                if (from < start || from + bytes > start + length) {
                    fetch(from, bytes);
                }
                out.put(buffer, (int) (from - start), step, (int) target + done, now);
                done += now;
            }
        }

        private void fetch(long from, int bytes) throws IOException {
            int wanted = ahead ? (int) Math.max(bytes, Math.min(WINDOW, end - from)) : bytes;
            if (buffer.length < wanted) {
                buffer = new byte[wanted];
            }
            storage.read(from, buffer, 0, wanted);
            start = from;
            length = wanted;
        }
    }
}
