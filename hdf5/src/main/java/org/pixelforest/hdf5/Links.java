package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Reads the links of a group, in any of the three ways in which files keep them. */
final class Links {

    /** The order of HDF5's index by name: by the names' bytes. */
    static final Comparator<String> BY_NAME =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final int OF_LINK_NAMES = 5;
    private static final int SOFT = 1;
    private static final int HARD = 0;
    private static final int CACHED_SOFT_LINK = 2;

    private final Storage storage;
    private final Map<String, Link> links = new TreeMap<>(BY_NAME);
    private long left;

    private Links(Storage storage) {
        this.storage = storage;
        this.left = storage.size();
    }

    static boolean in(ObjectHeader header) {
        return header.has(ObjectHeader.SYMBOL_TABLE)
                || header.has(ObjectHeader.LINK_INFO)
                || header.has(ObjectHeader.LINK)
                || header.has(ObjectHeader.GROUP_INFO);
    }

    static Map<String, Link> read(Storage storage, ObjectHeader header) throws IOException {
        Links links = new Links(storage);
        for (ObjectHeader.Message message : header.messages()) {
            switch (message.type()) {
                case ObjectHeader.SYMBOL_TABLE -> links.readSymbolTable(header.cursor(message, "symbol table message"));
                case ObjectHeader.LINK -> links.readLink(header.cursor(message, "link message"));
                case ObjectHeader.LINK_INFO -> links.readDense(header.cursor(message, "link info message"));
                default -> {}
            }
        }
        return links.links;
    }

    /** No two entries share their bytes, so that there cannot be more of them than the file has. */
    private void add(Link link) throws Hdf5Exception {
        left -= link.name().length() + 1L;
        if (link instanceof Link.Soft soft) {
            left -= soft.target().length() + 1L;
        } else if (link instanceof Link.Foreign foreign) {
            left -= foreign.content().length;
        }
        if (left < 0) {
            throw storage.corrupt("a group whose names have more bytes than the file");
        }
        links.put(link.name(), link);
    }

    private void readSymbolTable(Cursor in) throws IOException {
        long tree = in.address();
        Cursor head =
                storage.structure(in.address(), 8 + 2 * storage.lengthSize() + storage.offsetSize(), "local heap");
        head.signature("HEAP");
        head.version(0);
        long length = head.skip(3).length();
        head.length();
        Names names = new Names(
                storage.structure(head.address(), length, "local heap names").bytes(length));
        BTree1.group(storage, tree, address -> readSymbols(address, names));
    }

    /** The text of an old-style group's local heap. */
    private final class Names {
        private final byte[] bytes;

        Names(byte[] bytes) {
            this.bytes = bytes;
        }

        String at(long offset) throws Hdf5Exception {
            return new Cursor(storage, "local heap", bytes).skip(offset).terminated();
        }
    }

    private void readSymbols(long address, Names names) throws IOException {
        Cursor head = storage.structure(address, 8, "symbol table node");
        head.signature("SNOD");
        head.version(1);
        int count = head.skip(1).u16();
        int entry = storage.lengthSize() + storage.offsetSize() + 24;
        Cursor in = storage.structure(address + 8, (long) count * entry, "symbol table node");
        for (int i = 0; i < count; i++) {
            String name = names.at(in.length());
            long object = in.address();
            long cached = in.u32();
            Cursor scratch = in.skip(4).part(16, "symbol table entry");
            add(
                    cached == CACHED_SOFT_LINK
                            ? new Link.Soft(name, names.at(scratch.u32()))
                            : new Link.Hard(name, object));
        }
    }

    private void readLink(Cursor in) throws Hdf5Exception {
        in.version(1);
        int flags = in.u8();
        int kind = (flags & 8) != 0 ? in.u8() : HARD;
        in.skip((flags & 4) != 0 ? 8 : 0).skip((flags & 16) != 0 ? 1 : 0);
        long length = in.unsigned(1 << (flags & 3));
        String name = new String(in.bytes(length), StandardCharsets.UTF_8);
        if (name.isEmpty()) {
            throw in.corrupt("a link without a name");
        }
        if (kind == HARD) {
            add(new Link.Hard(name, in.address()));
        } else if (kind == SOFT) {
            add(new Link.Soft(name, in.text(in.u16())));
        } else {
            add(new Link.Foreign(name, kind, in.bytes(in.u16())));
        }
    }

    private void readDense(Cursor in) throws IOException {
        in.version(0);
        int flags = in.u8();
        in.skip((flags & 1) != 0 ? 8 : 0);
        long heapAddress = in.address();
        long tree = in.address();
        if (heapAddress == Storage.UNDEFINED || tree == Storage.UNDEFINED) {
            return;
        }
        FractalHeap heap = FractalHeap.read(storage, heapAddress);
        BTree2.read(storage, tree, (type, record) -> {
            if (type != OF_LINK_NAMES) {
                throw record.corrupt("records of type " + type + " where links should be");
            }
            byte[] id = record.skip(4).bytes(record.remaining());
            readLink(new Cursor(storage, "link", heap.object(id)));
        });
    }
}
