package org.pixelforest.hdf5;

import java.nio.charset.StandardCharsets;

/** Reads the little-endian fields of one structure, front to back; a field beyond its end is damage. */
final class Cursor {

    private final Storage storage;
    private final String what;
    private final byte[] bytes;
    private final int end;
    private int position;

    Cursor(Storage storage, String what, byte[] bytes) {
        this(storage, what, bytes, 0, bytes.length);
    }

    private Cursor(Storage storage, String what, byte[] bytes, int from, int end) {
        this.storage = storage;
        this.what = what;
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    Storage storage() {
        return storage;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    Hdf5Exception corrupt(String problem) {
        return storage.corrupt(what + ": " + problem);
    }

    private int advance(long n) throws Hdf5Exception {
        if (n < 0 || n > end - position) {
            throw corrupt("ends too early");
        }
        int from = position;
        position += (int) n;
        return from;
    }

    Cursor skip(long n) throws Hdf5Exception {
        advance(n);
        return this;
    }

    /** Skips to the next multiple of eight bytes, counted from {@code start}. */
    void align(int start) throws Hdf5Exception {
        advance(-(position - start) & 7);
    }

    int u8() throws Hdf5Exception {
        return bytes[advance(1)] & 0xFF;
    }

    int u16() throws Hdf5Exception {
        return (int) unsigned(2);
    }

    long u32() throws Hdf5Exception {
        return unsigned(4);
    }

    /** An unsigned number of 1 to 8 bytes; one of 2⁶³ or more comes out negative. */
    long unsigned(int size) throws Hdf5Exception {
        int from = advance(size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    /** An address ("size of offsets" bytes); all bits set means {@link Storage#UNDEFINED}. */
    long address() throws Hdf5Exception {
        int size = storage.offsetSize();
        long value = unsigned(size);
        return size < 8 && value == (1L << 8 * size) - 1 ? Storage.UNDEFINED : value;
    }

    /** A length ("size of lengths" bytes). */
    long length() throws Hdf5Exception {
        return unsigned(storage.lengthSize());
    }

    byte[] bytes(long n) throws Hdf5Exception {
        int from = advance(n);
        byte[] copy = new byte[(int) n];
        System.arraycopy(bytes, from, copy, 0, copy.length);
        return copy;
    }

    /** The next {@code n} bytes as a structure of their own. */
    Cursor part(long n, String name) throws Hdf5Exception {
        int from = advance(n);
        return new Cursor(storage, name, bytes, from, from + (int) n);
    }

    void signature(String expected) throws Hdf5Exception {
        int from = advance(4);
        for (int i = 0; i < 4; i++) {
            if (bytes[from + i] != expected.charAt(i)) {
                throw corrupt("signature \"" + expected + "\" not found");
            }
        }
    }

    void version(int expected) throws Hdf5Exception {
        int version = u8();
        if (version != expected) {
            throw storage.unsupported(what + " version " + version);
        }
    }

    /** UTF-8 text up to a NUL, which is passed over. */
    String terminated() throws Hdf5Exception {
        int nul = position;
        while (nul < end && bytes[nul] != 0) {
            nul++;
        }
        if (nul == end) {
            throw corrupt("a name without an end");
        }
        String text = new String(bytes, position, nul - position, StandardCharsets.UTF_8);
        position = nul + 1;
        return text;
    }

    /** Text in a field of {@code n} bytes, up to a NUL if there is one. */
    String text(long n) throws Hdf5Exception {
        int from = advance(n);
        int length = 0;
        while (length < n && bytes[from + length] != 0) {
            length++;
        }
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Checks the four bytes at the cursor against the checksum of everything before them. */
    void checksum() throws Hdf5Exception {
        int expected = Checksum.lookup3(bytes, 0, position);
        if ((int) u32() != expected) {
            throw corrupt("wrong checksum");
        }
    }
}
