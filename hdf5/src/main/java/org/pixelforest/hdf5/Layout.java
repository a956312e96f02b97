package org.pixelforest.hdf5;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How a new dataset is to be stored. Immutable: the methods that change something return a copy. */
public final class Layout {

    enum Kind {
        COMPACT,
        CONTIGUOUS,
        CHUNKED
    }

    private final Kind kind;
    private final long[] chunk;
    private final List<Filter> filters;

    private Layout(Kind kind, long[] chunk, List<Filter> filters) {
        this.kind = kind;
        this.chunk = chunk;
        this.filters = List.copyOf(filters);
    }

    /** In the dataset's header; for at most 60,000 bytes. */
    public static Layout compact() {
        return new Layout(Kind.COMPACT, new long[0], List.of());
    }

    /** In one piece. */
    public static Layout contiguous() {
        return new Layout(Kind.CONTIGUOUS, new long[0], List.of());
    }

    /** In chunks of {@code lengths} elements, slowest dimension first; chunks never written take no space. */
    public static Layout chunked(long... lengths) {
        for (long length : lengths) {
            if (length < 1 || length > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "a chunk must be 1 or longer (got " + Arrays.toString(lengths) + ")");
            }
        }
        if (lengths.length == 0) {
            throw new IllegalArgumentException("a single value cannot be stored in chunks");
        }
        return new Layout(Kind.CHUNKED, lengths.clone(), List.of());
    }

    /** Compressed chunks; {@code level} 0 (none) to 9 (smallest). */
    public Layout deflate(int level) {
        if (level < 0 || level > 9) {
            throw new IllegalArgumentException("level must be 0 .. 9 (got " + level + ")");
        }
        return with(new Filter(Filter.DEFLATE, "deflate", 1, List.of(level)));
    }

    /** Puts the first bytes of all elements of a chunk first, then all second ones …: helps {@link #deflate}. */
    public Layout shuffle() {
        return with(new Filter(Filter.SHUFFLE, "shuffle", 1, List.of()));
    }

    /** Adds a checksum to every chunk. */
    public Layout fletcher32() {
        return with(new Filter(Filter.FLETCHER32, "fletcher32", 0, List.of()));
    }

    /** Shuffling comes first and the checksum last, in whatever order they were asked for. */
    private Layout with(Filter filter) {
        if (kind != Kind.CHUNKED) {
            throw new IllegalStateException("only chunks can be filtered");
        }
        List<Filter> all = new ArrayList<>(filters);
        all.removeIf(f -> f.id() == filter.id());
        all.add(filter);
        List<Integer> order = List.of(Filter.SHUFFLE, Filter.DEFLATE, Filter.FLETCHER32);
        all.sort((a, b) -> Integer.compare(order.indexOf(a.id()), order.indexOf(b.id())));
        return new Layout(kind, chunk, all);
    }

    Kind kind() {
        return kind;
    }

    long[] chunk() {
        return chunk.clone();
    }

    /** The filters for elements of {@code elementSize} bytes. */
    List<Filter> filters(int elementSize) {
        return filters.stream()
                .map(f -> f.id() == Filter.SHUFFLE ? new Filter(f.id(), f.name(), f.flags(), List.of(elementSize)) : f)
                .toList();
    }
}
