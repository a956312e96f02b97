package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the file says about one object: a list of messages, gathered from all blocks of its header. */
final class ObjectHeader {

    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int OLD_FILL_VALUE = 0x04;
    static final int FILL_VALUE = 0x05;
    static final int LINK = 0x06;
    static final int EXTERNAL_FILES = 0x07;
    static final int LAYOUT = 0x08;
    static final int GROUP_INFO = 0x0A;
    static final int FILTERS = 0x0B;
    static final int ATTRIBUTE = 0x0C;
    static final int SHARED_TABLE = 0x0F;
    static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;

    private static final int SHARED = 2;
    private static final int FAIL_IF_UNKNOWN = 0x80;
    private static final int LAST_KNOWN = 0x18;

    /** A header message; {@code sharedAt} is the address of the object that the message was shared from. */
    record Message(int type, byte[] body, long sharedAt) {}

    private record Block(long address, long length) {}

    private final Storage storage;
    private final SharedMessages shared;
    private final long address;
    private final List<Message> messages = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private long total;

    private ObjectHeader(Storage storage, SharedMessages shared, long address) {
        this.storage = storage;
        this.shared = shared;
        this.address = address;
    }

    /** Reads the header at {@code address}; {@code shared} finds messages kept outside of headers. */
    static ObjectHeader read(Storage storage, SharedMessages shared, long address) throws IOException {
        ObjectHeader header = new ObjectHeader(storage, shared, address);
        Cursor start = storage.atMost(address, 16, "object header");
        if (start.u8() == 1) {
            header.readVersion1();
        } else {
            header.readVersion2();
        }
        return header;
    }

    long address() {
        return address;
    }

    List<Message> messages() {
        return messages;
    }

    Optional<Message> find(int type) {
        return messages.stream().filter(m -> m.type == type).findFirst();
    }

    boolean has(int type) {
        return find(type).isPresent();
    }

    Cursor cursor(Message message, String what) {
        return new Cursor(storage, what, message.body);
    }

    private void readVersion1() throws IOException {
        Cursor in = storage.structure(address, 16, "object header").skip(2);
        int count = in.u16();
        in.skip(4);
        blocks.add(new Block(address + 16, in.u32()));
        for (int i = 0; i < blocks.size(); i++) {
            Cursor block = block(blocks.get(i));
            while (block.remaining() >= 8 && count > 0) {
                int type = block.u16();
                int size = block.u16();
                int flags = block.u8();
                block.skip(3);
                message(type, flags, block.bytes(size));
                count--;
            }
        }
    }

    private void readVersion2() throws IOException {
        Cursor in = storage.atMost(address, 48, "object header");
        in.signature("OHDR");
        in.version(2);
        int flags = in.u8();
        in.skip((flags & 0x20) != 0 ? 16 : 0).skip((flags & 0x10) != 0 ? 4 : 0);
        long length = in.unsigned(1 << (flags & 3));
        int start = in.position();
        int prefix = (flags & 4) != 0 ? 6 : 4;
        if (length < 0 || length > storage.size()) {
            throw in.corrupt("a block of " + Long.toUnsignedString(length) + " bytes");
        }
        blocks.add(new Block(address, start + length + 4));
        for (int i = 0; i < blocks.size(); i++) {
            Cursor block = block(blocks.get(i));
            if (i == 0) {
                block.skip(start);
            } else {
                block.signature("OCHK");
            }
            // Less than a message's prefix is a gap; the last four bytes are the checksum.
            while (block.remaining() >= prefix + 4) {
                int type = block.u8();
                int size = block.u16();
                int messageFlags = block.u8();
                block.skip(prefix - 4);
                if (size > block.remaining() - 4) {
                    throw block.corrupt("a message of " + size + " bytes where " + block.remaining() + " are left");
                }
                message(type, messageFlags, block.bytes(size));
            }
            block.skip(block.remaining() - 4).checksum();
        }
    }

    private Cursor block(Block block) throws IOException {
        total += block.length;
        if (!seen.add(block.address) || total > storage.size()) {
            throw storage.corrupt("object header at byte " + address + " continues in a circle");
        }
        return storage.structure(block.address, block.length, "object header");
    }

    private void message(int type, int flags, byte[] body) throws IOException {
        if (type == CONTINUATION) {
            Cursor in = new Cursor(storage, "object header continuation", body);
            blocks.add(new Block(in.address(), in.length()));
        } else if ((flags & SHARED) != 0) {
            messages.add(shared.resolve(storage, type, new Cursor(storage, "shared message", body)));
        } else if (type > LAST_KNOWN && (flags & FAIL_IF_UNKNOWN) != 0) {
            throw storage.unsupported("object header message " + type);
        } else if (type != 0) {
            messages.add(new Message(type, body, Storage.UNDEFINED));
        }
    }
}
