package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A dataset to be written: what its header will say, and where its elements already stand. */
final class NewDataset extends NewObject {

    /** More does not fit beside the other messages of a header block. */
    static final int LARGEST_COMPACT = 60_000;

    private final Output out;
    private final Datatype type;
    private final Supplier<NewType> named;
    private final Dataspace space;
    private final Layout.Kind kind;
    private final long[] chunk;
    private final List<Filter> filters;
    private final byte[] fill;
    private final Map<Long, Chunk> chunks = new HashMap<>();
    private byte[] compact = new byte[0];
    private long data = Storage.UNDEFINED;

    /** What a dataset is besides its values; {@code named} gives the committed type it uses, or null. */
    record Plan(
            Datatype type,
            Supplier<NewType> named,
            Dataspace space,
            Layout.Kind kind,
            long[] chunk,
            List<Filter> filters,
            byte[] fill) {}

    NewDataset(Output out, Plan plan) {
        this.out = out;
        this.type = plan.type;
        this.named = plan.named;
        this.space = plan.space;
        this.kind = plan.kind;
        this.chunk = plan.chunk;
        this.filters = plan.filters;
        this.fill = plan.fill;
        if (kind == Layout.Kind.CHUNKED) {
            long bytes = type.size();
            boolean fits = chunk.length == space.shape().length;
            for (int d = 0; d < chunk.length && fits; d++) {
                bytes *= chunk[d];
                fits = bytes <= Integer.MAX_VALUE - 1024;
            }
            if (!fits) {
                throw new IllegalArgumentException("chunks of " + Arrays.toString(chunk) + " do not suit the shape "
                        + Arrays.toString(space.shape()) + " (the same number of dimensions, less than 2 GiB)");
            }
        } else if (kind == Layout.Kind.COMPACT) {
            if (bytes() > LARGEST_COMPACT) {
                throw new IllegalArgumentException(
                        "a compact dataset holds at most " + LARGEST_COMPACT + " bytes (got " + bytes() + ")");
            }
            compact = new byte[(int) bytes()];
        }
    }

    Datatype type() {
        return type;
    }

    Dataspace space() {
        return space;
    }

    Layout.Kind kind() {
        return kind;
    }

    long[] chunk() {
        return chunk;
    }

    List<Filter> filters() {
        return filters;
    }

    byte[] fill() {
        return fill;
    }

    /** Bytes of all elements. */
    long bytes() {
        return Math.multiplyExact(space.elements(), (long) type.size());
    }

    byte[] compact() {
        return compact;
    }

    /** Where the elements of a contiguous dataset start. */
    synchronized long data() {
        if (data == Storage.UNDEFINED) {
            data = out.allocate(bytes());
        }
        return data;
    }

    Chunk find(long index) {
        return chunks.get(index);
    }

    /** Stores the bytes of a chunk, in its old place if it has one that is large enough. */
    void store(long index, byte[] bytes, int mask) throws IOException {
        Chunk old = chunks.get(index);
        long address = old != null && bytes.length <= old.size() ? old.address() : out.allocate(bytes.length);
        out.write(address, bytes, 0, bytes.length);
        chunks.put(index, new Chunk(index, address, bytes.length, mask));
    }

    /** The number of chunks along each dimension. */
    long[] counts() {
        long[] counts = new long[chunk.length];
        for (int d = 0; d < counts.length; d++) {
            counts[d] = (space.shape()[d] + chunk[d] - 1) / chunk[d];
        }
        return counts;
    }

    /** Writes the index of the chunks. */
    void complete() throws IOException {
        if (kind == Layout.Kind.CHUNKED && !chunks.isEmpty()) {
            List<Chunk> sorted = new ArrayList<>(chunks.values());
            sorted.sort(Comparator.comparingLong(Chunk::index));
            data = ChunkTreeWriter.write(out, sorted, counts(), chunk);
        }
    }

    @Override
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(ObjectHeader.DATASPACE, Messages.dataspace(space)));
        messages.add(Message.type(type, named.get()));
        messages.add(new Message(ObjectHeader.FILL_VALUE, 1, Messages.fillValue(kind, fill)));
        if (!filters.isEmpty()) {
            messages.add(new Message(ObjectHeader.FILTERS, 1, Messages.filters(filters)));
        }
        byte[] layout =
                switch (kind) {
                    case COMPACT -> Messages.compact(compact);
                    case CONTIGUOUS -> Messages.contiguous(data, bytes());
                    case CHUNKED -> Messages.chunked(data, chunk, type.size());
                };
        messages.add(new Message(ObjectHeader.LAYOUT, layout));
        return messages;
    }
}
