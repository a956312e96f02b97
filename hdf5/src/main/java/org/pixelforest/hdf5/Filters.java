package org.pixelforest.hdf5;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Runs a chunk through a filter pipeline, forwards when it is written and backwards when it is read. */
final class Filters {

    private Filters() {}

    /**
     * Undoes the filters that {@code mask} (bit i: filter i was left out) does not name. The answer has exactly
     * {@code size} bytes.
     */
    static byte[] decode(Path file, List<Filter> filters, int mask, byte[] stored, int size, int elementSize)
            throws Hdf5Exception {
        byte[] bytes = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            if ((mask & 1 << i) != 0) {
                continue;
            }
            Filter filter = filters.get(i);
            // Only a checksum, four bytes each, makes a chunk longer than its elements.
            int room = size + 4 * i;
            bytes = switch (filter.id()) {
                case Filter.DEFLATE -> inflate(file, bytes, room);
                case Filter.SHUFFLE -> unshuffle(bytes, shuffled(filter, elementSize));
                case Filter.FLETCHER32 -> checked(file, bytes);
                case Filter.LZF -> Lzf.decode(file, bytes, room);
                default -> throw UnsupportedHdf5Exception.of(file, "filter " + filter.title());
            };
        }
        if (bytes.length != size) {
            throw Hdf5Exception.corrupt(file, "a chunk of " + bytes.length + " bytes instead of " + size);
        }
        return bytes;
    }

    /** Whether {@link #encode} knows the filter. */
    static boolean canEncode(Filter filter) {
        return filter.id() == Filter.DEFLATE || filter.id() == Filter.SHUFFLE || filter.id() == Filter.FLETCHER32;
    }

    /** Applies the filters that {@code mask} does not name. */
    static byte[] encode(List<Filter> filters, int mask, byte[] chunk, int elementSize) {
        byte[] bytes = chunk;
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            if ((mask & 1 << i) == 0) {
                bytes = switch (filter.id()) {
                    case Filter.DEFLATE -> deflate(bytes, filter.parameters().get(0));
                    case Filter.SHUFFLE -> shuffle(bytes, shuffled(filter, elementSize));
                    case Filter.FLETCHER32 -> withChecksum(bytes);
                    default -> throw new IllegalArgumentException("cannot write filter " + filter.title());
                };
            }
        }
        return bytes;
    }

    private static int shuffled(Filter filter, int elementSize) {
        return filter.parameters().isEmpty() ? elementSize : filter.parameters().get(0);
    }

    private static byte[] inflate(Path file, byte[] stored, int room) throws Hdf5Exception {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            byte[] out = new byte[room];
            int n = 0;
            while (n < room && !inflater.finished()) {
                int more = inflater.inflate(out, n, room - n);
                if (more == 0 && !inflater.finished()) {
                    break;
                }
                n += more;
            }
            return n == room ? out : Arrays.copyOf(out, n);
        } catch (DataFormatException e) {
            throw Hdf5Exception.corrupt(file, "a chunk that cannot be decompressed (deflate: " + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflate(byte[] bytes, int level) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length / 2 + 64];
            int n = 0;
            while (!deflater.finished()) {
                if (n == out.length) {
                    out = Arrays.copyOf(out, 2 * n);
                }
                n += deflater.deflate(out, n, out.length - n);
            }
            return Arrays.copyOf(out, n);
        } finally {
            deflater.end();
        }
    }

    /** All first bytes of the elements, then all second bytes …; a rest shorter than an element stays at the end. */
    static byte[] shuffle(byte[] bytes, int elementSize) {
        int n = elementSize < 2 ? 0 : bytes.length / elementSize;
        if (n < 2) {
            return bytes;
        }
        byte[] out = bytes.clone();
        for (int b = 0; b < elementSize; b++) {
            for (int i = 0; i < n; i++) {
                out[b * n + i] = bytes[i * elementSize + b];
            }
        }
        return out;
    }

    static byte[] unshuffle(byte[] bytes, int elementSize) {
        int n = elementSize < 2 ? 0 : bytes.length / elementSize;
        if (n < 2) {
            return bytes;
        }
        byte[] out = bytes.clone();
        for (int b = 0; b < elementSize; b++) {
            for (int i = 0; i < n; i++) {
                out[i * elementSize + b] = bytes[b * n + i];
            }
        }
        return out;
    }

    private static byte[] checked(Path file, byte[] bytes) throws Hdf5Exception {
        int length = bytes.length - 4;
        if (length < 0) {
            throw Hdf5Exception.corrupt(file, "a chunk without its checksum");
        }
        int stored = 0;
        for (int i = 3; i >= 0; i--) {
            stored = stored << 8 | bytes[length + i] & 0xFF;
        }
        int sum = Checksum.fletcher32(bytes, length);
        // Old libraries on little-endian machines swapped the bytes of each half.
        int swapped = (sum & 0x00FF00FF) << 8 | sum >>> 8 & 0x00FF00FF;
        if (stored != sum && stored != swapped) {
            throw Hdf5Exception.corrupt(file, "a chunk with a wrong checksum (fletcher32)");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] withChecksum(byte[] bytes) {
        byte[] out = Arrays.copyOf(bytes, bytes.length + 4);
        int sum = Checksum.fletcher32(bytes, bytes.length);
        for (int i = 0; i < 4; i++) {
            out[bytes.length + i] = (byte) (sum >>> 8 * i);
        }
        return out;
    }
}
