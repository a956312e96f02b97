package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.Arrays;

/** The entry to a file: where it starts, how wide its numbers are, and where its root group stands. */
record Superblock(Storage storage, long root, long extension) {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

    /** Longest superblock: version 1 with offsets of eight bytes. */
    private static final int LONGEST = 104;

    static Superblock read(Storage file) throws IOException {
        long start = find(file);
        Cursor in = file.atMost(start, LONGEST, "superblock").skip(SIGNATURE.length);
        int version = in.u8();
        if (version > 3) {
            throw file.unsupported("superblock version " + version);
        }
        boolean old = version < 2;
        if (old) {
            in.skip(4);
        }
        int offsetSize = in.u8();
        int lengthSize = in.u8();
        if (!known(offsetSize) || !known(lengthSize)) {
            String sizes = "offsets of " + offsetSize + " and lengths of " + lengthSize + " bytes";
            throw wide(offsetSize) || wide(lengthSize) ? file.unsupported(sizes) : file.corrupt("superblock: " + sizes);
        }
        Storage storage = file.with(start, offsetSize, lengthSize);
        Cursor rest = storage.atMost(in.position(), LONGEST, "superblock");
        Superblock superblock;
        long end;
        if (old) {
            rest.skip(version == 0 ? 9 : 13).address();
            rest.address();
            end = rest.address();
            rest.address();
            // The name of the root group: a place in a heap, which libraries write with the width of a length.
            rest.length();
            superblock = new Superblock(storage, rest.address(), Storage.UNDEFINED);
        } else {
            rest.skip(1).address();
            long extension = rest.address();
            end = rest.address();
            superblock = new Superblock(storage, rest.address(), extension);
            int length = in.position() + rest.position();
            storage.structure(0, length + 4, "superblock").skip(length).checksum();
        }
        // The end counts from the start of the file, user block included.
        if (end != Storage.UNDEFINED && (end < 0 || end - start > storage.size())) {
            throw new Hdf5Exception(file.path() + ": cut short: it should have " + Long.toUnsignedString(end)
                    + " bytes but has " + (storage.size() + start));
        }
        return superblock;
    }

    private static boolean known(int size) {
        return size == 2 || size == 4 || size == 8;
    }

    /** Sizes that the format allows and nobody uses. */
    private static boolean wide(int size) {
        return size == 16 || size == 32;
    }

    /** The signature stands at byte 0, or behind a user block of 512, 1024, 2048 … bytes. */
    private static long find(Storage file) throws IOException {
        for (long start = 0; start + SIGNATURE.length <= file.size(); start = start == 0 ? 512 : 2 * start) {
            byte[] found = file.structure(start, SIGNATURE.length, "signature").bytes(SIGNATURE.length);
            if (Arrays.equals(found, SIGNATURE)) {
                return start;
            }
        }
        throw new Hdf5Exception(
                file.path() + (file.size() == 0 ? ": is empty (0 bytes)" : ": is not an HDF5 file (no signature)"));
    }
}
