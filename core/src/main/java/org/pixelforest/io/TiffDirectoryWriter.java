package org.pixelforest.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Lays out one little-endian image file directory: entries sorted by tag, then the values that do not fit into them. */
final class TiffDirectoryWriter {

    static final int ASCII = 2;
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int LONG8 = 16;

    /** SHORT where the number fits. */
    static final int SHORT_OR_LONG = -1;

    private record Entry(int tag, int type, long count, byte[] value) {}

    private final boolean big;
    private final List<Entry> entries = new ArrayList<>();

    TiffDirectoryWriter(boolean big) {
        this.big = big;
    }

    static byte[] header(boolean big, long directory) {
        ByteBuffer header = ByteBuffer.allocate(big ? 16 : 8).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I');
        if (big) {
            header.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(directory);
        } else {
            header.putShort((short) 42).putInt((int) directory);
        }
        return header.array();
    }

    void number(int tag, int type, long number) {
        int chosen = type != SHORT_OR_LONG ? type : number <= 0xffff ? SHORT : LONG;
        add(tag, chosen, new long[] {number});
    }

    /** The same SHORT, once for every sample. */
    void repeated(int tag, int number, int times) {
        long[] numbers = new long[times];
        Arrays.fill(numbers, number);
        add(tag, SHORT, numbers);
    }

    /** Positions or lengths in the file. */
    void offsets(int tag, long... numbers) {
        add(tag, big ? LONG8 : LONG, numbers);
    }

    void text(int tag, byte[] text) {
        entries.add(new Entry(tag, ASCII, text.length + 1L, Arrays.copyOf(text, text.length + 1)));
    }

    private void add(int tag, int type, long[] numbers) {
        int size = type == SHORT ? 2 : type == LONG ? 4 : 8;
        ByteBuffer value = ByteBuffer.allocate(size * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            switch (size) {
                case 2 -> value.putShort((short) number);
                case 4 -> value.putInt((int) number);
                default -> value.putLong(number);
            }
        }
        entries.add(new Entry(tag, type, numbers.length, value.array()));
    }

    private int inline() {
        return big ? 8 : 4;
    }

    private int tableLength() {
        return big ? 8 + 20 * entries.size() + 8 : 2 + 12 * entries.size() + 4;
    }

    /** Bytes of the directory with its values. */
    int length() {
        int length = tableLength();
        for (Entry entry : entries) {
            if (entry.value.length > inline()) {
                length += entry.value.length + (entry.value.length & 1);
            }
        }
        return length;
    }

    /** The directory as it stands at an even {@code position}; {@code next} is where the next one stands, or 0. */
    byte[] bytes(long position, long next) {
        // Values stand in the order in which they were given, entries in the order of their tags.
        ByteBuffer out = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
        long[] places = new long[entries.size()];
        int at = tableLength();
        for (int i = 0; i < places.length; i++) {
            byte[] value = entries.get(i).value;
            if (value.length > inline()) {
                places[i] = position + at;
                System.arraycopy(value, 0, out.array(), at, value.length);
                at += value.length + (value.length & 1);
            }
        }
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            sorted.add(i);
        }
        sorted.sort(Comparator.comparingInt(i -> entries.get(i).tag));
        if (big) {
            out.putLong(places.length);
        } else {
            out.putShort((short) places.length);
        }
        for (int i : sorted) {
            Entry entry = entries.get(i);
            out.putShort((short) entry.tag).putShort((short) entry.type);
            offset(out, entry.count);
            if (places[i] == 0) {
                out.put(entry.value).put(new byte[inline() - entry.value.length]);
            } else {
                offset(out, places[i]);
            }
        }
        offset(out, next);
        return out.array();
    }

    private void offset(ByteBuffer out, long number) {
        if (big) {
            out.putLong(number);
        } else {
            out.putInt((int) number);
        }
    }
}
