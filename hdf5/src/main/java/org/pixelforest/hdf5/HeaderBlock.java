package org.pixelforest.hdf5;

import java.util.List;

/**
 * The bytes of an object header: version 1, which all libraries read, or version 2, without which attributes cannot
 * stand in a heap. The messages stand in the header, or behind a pointer in it.
 */
final class HeaderBlock {

    /** What a header that is nothing but a pointer takes at most. */
    static final int LONGEST_POINTER = 40;

    private static final int PREFIX_1 = 16;
    private static final int PREFIX_2 = 10;
    private static final int CHECKSUM = 4;
    private static final int FOUR_BYTE_LENGTH = 2;

    private final boolean newer;
    private final Fields body;
    private final int count;

    HeaderBlock(boolean newer, List<NewObject.Message> messages) {
        this.newer = newer;
        this.body = new Fields();
        this.count = messages.size();
        messages.forEach(m -> add(body, m));
    }

    private void add(Fields to, NewObject.Message message) {
        int length = message.body().length;
        if (length > NewObject.LONGEST_MESSAGE) {
            throw new IllegalArgumentException("a header's entry of " + length + " bytes (type " + message.type()
                    + ") cannot be written: the format allows " + NewObject.LONGEST_MESSAGE);
        }
        if (newer) {
            to.u8(message.type()).u16(length).u8(message.flags()).bytes(message.body());
        } else {
            to.u16(message.type()).u16(length + 7 & ~7).u8(message.flags()).zeros(3);
            to.bytes(message.body()).zeros(-length & 7);
        }
    }

    int size() {
        return body.size() + (newer ? PREFIX_2 + CHECKSUM : PREFIX_1);
    }

    int continuationSize() {
        return body.size() + (newer ? 4 + CHECKSUM : 0);
    }

    /** The whole header; {@code links}: how many names the object has. */
    Fields whole(int links) {
        return header(body, count, links);
    }

    /** The block that holds the messages of a header that only points to it. */
    Fields continuation() {
        return newer ? checked(new Fields().signature("OCHK").bytes(body.copy())) : body;
    }

    /** A header that points to where {@link #continuation} stands. */
    Fields pointingTo(long address, int links) {
        Fields pointer = new Fields().u64(address).u64(continuationSize());
        Fields message = new Fields();
        add(message, new NewObject.Message(ObjectHeader.CONTINUATION, pointer.copy()));
        return header(message, count + 1, links);
    }

    private Fields header(Fields messages, int total, int links) {
        if (newer) {
            Fields header =
                    new Fields().signature("OHDR").u8(2).u8(FOUR_BYTE_LENGTH).u32(messages.size());
            return checked(header.bytes(messages.copy()));
        }
        Fields header =
                new Fields().u8(1).u8(0).u16(total).u32(Math.max(1, links)).u32(messages.size());
        return header.zeros(4).bytes(messages.copy());
    }

    static Fields checked(Fields fields) {
        return fields.u32(Checksum.lookup3(fields.bytes(), 0, fields.size()));
    }
}
