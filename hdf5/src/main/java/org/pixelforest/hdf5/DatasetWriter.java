package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a new dataset region by region, in any order, from any number of threads. What is never written reads as 0.
 * A chunk is stored as soon as all of it was written; memory holds chunks that are still incomplete, at most 64 MiB of
 * them (or one, if it is larger): beyond that the one untouched longest goes to disk and is read back when it is needed
 * again, so writing along the chunks is fastest. Chunks with filters wait in a temporary file beside the target, as
 * large as they are, so that each is encoded once and takes its place in the file once. Besides, about 100 bytes a
 * stored or waiting chunk until the file is finished.
 */
public final class DatasetWriter {

    private static final long MOST_INCOMPLETE = 64 << 20;

    private final Output out;
    private final GlobalHeapWriter heap;
    private final NewDataset dataset;
    private final int size;
    private final Map<Long, Incomplete> incomplete = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private Scratch scratch;
    private long held;
    private boolean closed;

    /** A chunk in memory, {@code left} of whose elements were not yet written. */
    private static final class Incomplete {
        private final byte[] bytes;
        private long left;

        Incomplete(byte[] bytes, long left) {
            this.bytes = bytes;
            this.left = left;
        }
    }

    /** A chunk on disk: where, and how many of its elements were not yet written. */
    private record Waiting(long place, long left) {}

    DatasetWriter(Output out, GlobalHeapWriter heap, NewDataset dataset) {
        this.out = out;
        this.heap = heap;
        this.dataset = dataset;
        this.size = dataset.type().size();
    }

    /** Writes elements that are bytes already (numbers little-endian) to the box of {@code count} from {@code offset}. */
    public void write(long[] offset, long[] count, byte[] elements) throws IOException {
        write(offset, count, Supply.of(dataset.type(), elements), elements.length / size);
    }

    /** Writes the bits of 16-bit integers to the box of {@code count} elements from {@code offset} on. */
    public void write(long[] offset, long[] count, short[] bits) throws IOException {
        write(offset, count, Supply.of(dataset.type(), bits), bits.length);
    }

    /** Writes numbers, each of which must fit, to the box of {@code count} elements from {@code offset} on. */
    public void write(long[] offset, long[] count, int[] values) throws IOException {
        write(offset, count, Supply.of(dataset.type(), values), values.length);
    }

    /** Writes numbers, each of which must fit, to the box of {@code count} elements from {@code offset} on. */
    public void write(long[] offset, long[] count, long[] values) throws IOException {
        write(offset, count, Supply.of(dataset.type(), values), values.length);
    }

    /** Writes numbers; an integer dataset takes them only if they are whole. */
    public void write(long[] offset, long[] count, float[] values) throws IOException {
        write(offset, count, Supply.of(dataset.type(), values), values.length);
    }

    /** Writes numbers, rounded to a dataset's shorter type; an integer dataset takes them only if they are whole. */
    public void write(long[] offset, long[] count, double[] values) throws IOException {
        write(offset, count, Supply.of(dataset.type(), values), values.length);
    }

    /** Writes text, as UTF-8. */
    public void write(long[] offset, long[] count, List<String> values) throws IOException {
        write(offset, count, stored(text(dataset.type(), values, heap)), values.size());
    }

    /** Writes all elements, as they are to be stored. */
    void writeStored(byte[] elements) throws IOException {
        long[] shape = dataset.space().shape();
        write(new long[shape.length], shape, stored(elements), elements.length / size);
    }

    private Supply stored(byte[] elements) {
        return Supply.stored(elements, size);
    }

    /** Text as stored elements: pointers into the heap, or bytes in fields. */
    static byte[] text(Datatype type, List<String> values, GlobalHeapWriter heap) throws IOException {
        Fields elements = new Fields();
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (type instanceof Datatype.VariableString) {
                heap.add(bytes, bytes.length, elements);
            } else if (type instanceof Datatype.FixedString fixed && bytes.length <= fixed.size()) {
                byte[] field = Arrays.copyOf(bytes, fixed.size());
                if (fixed.padding() == Datatype.Padding.SPACE_PADDED) {
                    Arrays.fill(field, bytes.length, field.length, (byte) ' ');
                }
                elements.bytes(field);
            } else {
                throw new IllegalArgumentException("\"" + value + "\" cannot be written as " + type);
            }
        }
        return elements.copy();
    }

    private synchronized void write(long[] offset, long[] count, Supply values, int available) throws IOException {
        long[] shape = dataset.space().shape();
        long elements = Dataspace.product(count);
        boolean fits = dataset.space().holds(offset, count) && elements <= available;
        if (!fits || closed || dataset.space().isNull()) {
            throw new IllegalArgumentException("the box from " + Arrays.toString(offset) + " of "
                    + Arrays.toString(count) + " cannot be filled with " + available + " elements in a"
                    + (closed ? " finished" : "") + " dataset of " + Arrays.toString(shape));
        }
        if (elements == 0) {
            return;
        }
        long[] source = Slab.strides(count, 1);
        switch (dataset.kind()) {
            case COMPACT -> {
                long[] strides = Slab.strides(shape, size);
                new Slab(count, strides, source)
                        .forEach(Slab.dot(offset, strides), 0, inMemory(values, dataset.compact()));
            }
            case CONTIGUOUS -> {
                long[] strides = Slab.strides(shape, size);
                long start = dataset.data() + Slab.dot(offset, strides);
                FileWindow window = new FileWindow(out, values, size, dataset.data() + dataset.bytes());
                new Slab(count, strides, source).forEach(start, 0, window);
                window.flush();
            }
            case CHUNKED -> writeChunks(offset, count, values);
        }
    }

    private static Slab.Run inMemory(Supply values, byte[] bytes) {
        return (to, step, from, n) -> values.put((int) from, n, bytes, (int) to, step);
    }

    private void writeChunks(long[] offset, long[] count, Supply values) throws IOException {
        int rank = count.length;
        long[] chunk = dataset.chunk();
        long[] counts = dataset.counts();
        long[] first = new long[rank];
        long[] last = new long[rank];
        long cells = 1;
        for (int d = 0; d < rank; d++) {
            first[d] = offset[d] / chunk[d];
            last[d] = (offset[d] + count[d] - 1) / chunk[d];
            cells *= last[d] - first[d] + 1;
        }
        long[] place = first.clone();
        for (long i = 0; i < cells; i++) {
            long index = 0;
            for (int d = 0; d < rank; d++) {
                index = index * counts[d] + place[d];
            }
            writeChunk(index, place, offset, count, values);
            for (int d = rank - 1; d >= 0 && ++place[d] > last[d]; d--) {
                place[d] = first[d];
            }
        }
    }

    private void writeChunk(long index, long[] place, long[] offset, long[] count, Supply values) throws IOException {
        int rank = count.length;
        long[] chunk = dataset.chunk();
        long[] inChunk = new long[rank];
        long[] inBox = new long[rank];
        long[] box = new long[rank];
        long elements = 1;
        long written = 1;
        for (int d = 0; d < rank; d++) {
            long start = place[d] * chunk[d];
            long from = Math.max(start, offset[d]);
            box[d] = Math.min(start + chunk[d], offset[d] + count[d]) - from;
            inChunk[d] = from - start;
            inBox[d] = from - offset[d];
            elements *= Math.min(chunk[d], dataset.space().shape()[d] - start);
            written *= box[d];
        }
        Incomplete target = incomplete.get(index);
        if (target == null) {
            target = begun(index, elements, written == elements);
            incomplete.put(index, target);
            held += target.bytes.length;
        }
        long[] strides = Slab.strides(chunk, size);
        long[] from = Slab.strides(count, 1);
        new Slab(box, strides, from)
                .forEach(Slab.dot(inChunk, strides), Slab.dot(inBox, from), inMemory(values, target.bytes));
        target.left -= written;
        if (target.left <= 0) {
            incomplete.remove(index);
            held -= target.bytes.length;
            store(index, target.bytes);
        }
        var oldest = incomplete.entrySet().iterator();
        while (held > MOST_INCOMPLETE && incomplete.size() > 1) {
            Map.Entry<Long, Incomplete> next = oldest.next();
            oldest.remove();
            held -= next.getValue().bytes.length;
            putAside(next.getKey(), next.getValue());
        }
    }

    private void store(long index, byte[] bytes) throws IOException {
        dataset.store(index, Filters.encode(dataset.filters(), 0, bytes, size), 0);
    }

    /** Without filters a chunk waits where it will stay: its length does not change. */
    private void putAside(long index, Incomplete chunk) throws IOException {
        if (dataset.filters().isEmpty()) {
            store(index, chunk.bytes);
            waiting.put(index, new Waiting(Storage.UNDEFINED, chunk.left));
            return;
        }
        if (scratch == null) {
            scratch = new Scratch(out.path(), chunk.bytes.length);
        }
        waiting.put(index, new Waiting(scratch.put(chunk.bytes), chunk.left));
    }

    /** The chunk as far as it was written, or a new one; {@code whole}: all of it will be overwritten. */
    private Incomplete begun(long index, long elements, boolean whole) throws IOException {
        Waiting known = waiting.remove(index);
        if (known != null && known.place != Storage.UNDEFINED) {
            return new Incomplete(scratch.take(known.place), known.left);
        }
        byte[] bytes = blank();
        Chunk stored = whole ? null : dataset.find(index);
        if (stored != null) {
            byte[] encoded = new byte[(int) stored.size()];
            out.read(stored.address(), encoded, 0, encoded.length);
            bytes = Filters.decode(out.path(), dataset.filters(), stored.mask(), encoded, bytes.length, size);
        }
        return new Incomplete(bytes, known != null ? known.left : elements);
    }

    private byte[] blank() {
        return new byte[(int) (Dataspace.product(dataset.chunk()) * size)];
    }

    /** Stores what is still in memory or waiting; nothing can be written afterwards. */
    synchronized void complete() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (Map.Entry<Long, Incomplete> chunk : incomplete.entrySet()) {
            store(chunk.getKey(), chunk.getValue().bytes);
        }
        incomplete.clear();
        for (Map.Entry<Long, Waiting> chunk : waiting.entrySet()) {
            if (chunk.getValue().place != Storage.UNDEFINED) {
                store(chunk.getKey(), scratch.take(chunk.getValue().place));
            }
        }
        waiting.clear();
        close();
    }

    /** Removes the temporary file. */
    synchronized void close() throws IOException {
        if (scratch != null) {
            scratch.close();
        }
    }
}
