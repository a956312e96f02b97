package org.pixelforest.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.pixelforest.image.BrokenFileException;

/** One image file directory (IFD): its tags, values read on demand. */
final class TiffDirectory {

    private static final long LONGEST_TEXT = 1 << 26;

    /** {@code position}: where the value stands in the file. */
    private record Entry(int type, long count, long position) {}

    private final FileBytes bytes;
    private final ByteOrder order;
    private final Map<Integer, Entry> entries;
    private final long length;
    private final long next;

    private TiffDirectory(FileBytes bytes, ByteOrder order, Map<Integer, Entry> entries, long length, long next) {
        this.bytes = bytes;
        this.order = order;
        this.entries = entries;
        this.length = length;
        this.next = next;
    }

    static TiffDirectory read(FileBytes bytes, ByteOrder order, boolean big, long position) throws IOException {
        String what = "an image directory";
        int countSize = big ? 8 : 2;
        int entrySize = big ? 20 : 12;
        ByteBuffer head = wrap(bytes.read(position, countSize, what), order);
        long count = big ? head.getLong() : head.getChar();
        if (count < 0 || count > 0xffff) {
            throw new BrokenFileException(bytes.file(), "claims " + count + " tags in one image directory");
        }
        long body = position + countSize;
        int nextSize = big ? 8 : 4;
        ByteBuffer in = wrap(bytes.read(body, count * entrySize + nextSize, what), order);
        Map<Integer, Entry> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int at = i * entrySize;
            int tag = in.getChar(at);
            int type = in.getChar(at + 2);
            long n = big ? in.getLong(at + 4) : in.getInt(at + 4) & 0xffffffffL;
            int inline = big ? 12 : 8;
            long length = n < 0 || n > bytes.size() ? Long.MAX_VALUE : n * size(type);
            long value = length <= nextSize
                    ? body + at + inline
                    : big ? in.getLong(at + inline) : in.getInt(at + inline) & 0xffffffffL;
            entries.putIfAbsent(tag, new Entry(type, n, value));
        }
        int end = (int) count * entrySize;
        long next = big ? in.getLong(end) : in.getInt(end) & 0xffffffffL;
        return new TiffDirectory(bytes, order, entries, countSize + count * entrySize + nextSize, next);
    }

    private static ByteBuffer wrap(byte[] array, ByteOrder order) {
        return ByteBuffer.wrap(array).order(order);
    }

    /** Position of the next directory; 0 after the last. */
    long next() {
        return next;
    }

    /** Bytes this directory takes in the file, values not counted. */
    long length() {
        return length;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** First value of a tag that must be there. */
    long number(int tag, String name) throws IOException {
        if (!has(tag)) {
            throw new BrokenFileException(bytes.file(), "lacks the tag " + name);
        }
        return numbers(tag, 1)[0];
    }

    long number(int tag, long otherwise) throws IOException {
        return has(tag) ? numbers(tag, 1)[0] : otherwise;
    }

    /** How many values a tag has; 0 when it is absent. */
    long count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count;
    }

    /** The first {@code count} values of a tag of whole numbers. */
    long[] numbers(int tag, long count) throws IOException {
        Entry entry = entries.get(tag);
        String what = "the value of tag " + tag;
        if (entry == null || entry.count < count || count < 1 || !isWhole(entry.type)) {
            throw new BrokenFileException(bytes.file(), "has no usable value for tag " + tag);
        }
        int size = size(entry.type);
        bytes.check(entry.position, Math.multiplyExact(count, size), what);
        ByteBuffer in = wrap(bytes.read(entry.position, count * size, what), order);
        long[] numbers = new long[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (size) {
                case 1 -> in.get(i) & 0xff;
                case 2 -> in.getChar(2 * i);
                case 4 -> in.getInt(4 * i) & 0xffffffffL;
                default -> in.getLong(8 * i);
            };
        }
        return numbers;
    }

    /** Text of a tag up to the first zero byte, empty when it is absent; UTF-8, or Latin-1 where the bytes are no UTF-8. */
    String text(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || (entry.type != 2 && entry.type != 1 && entry.type != 7)) {
            return "";
        }
        if (entry.count > LONGEST_TEXT) {
            throw new BrokenFileException(bytes.file(), "claims a text of " + entry.count + " bytes in tag " + tag);
        }
        byte[] raw = bytes.read(entry.position, entry.count, "the value of tag " + tag);
        int length = 0;
        while (length < raw.length && raw[length] != 0) {
            length++;
        }
        String text = new String(raw, 0, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : new String(raw, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isWhole(int type) {
        return type == 1 || type == 3 || type == 4 || type == 13 || type == 16 || type == 18;
    }

    private static int size(int type) {
        return switch (type) {
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 1;
        };
    }
}
