package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object of the file that is being written; its header is written last, when all addresses are known. */
abstract class NewObject {

    /** The most that a message of a version 1 header can hold. */
    static final int LONGEST_MESSAGE = 65528;

    private static final int SHARED = 2;
    private static final int PREFIX = 16;
    private static final int CONTINUATION = 24;

    record Message(int type, int flags, byte[] body) {
        Message(int type, byte[] body) {
            this(type, 0, body);
        }

        static Message type(Datatype type, NewType named) {
            return named == null
                    ? new Message(ObjectHeader.DATATYPE, 1, DatatypeEncoder.encode(type))
                    : new Message(ObjectHeader.DATATYPE, 1 | SHARED, Messages.shared(named.address()));
        }
    }

    /** An attribute; {@code named} is the committed type that it uses, or null. */
    record NewAttribute(String name, Datatype type, NewType named, Dataspace space, byte[] data) {
        Message message() {
            byte[] typeMessage = Message.type(type, named).body();
            return new Message(
                    ObjectHeader.ATTRIBUTE, Messages.attribute(name, typeMessage, named != null, space, data));
        }
    }

    private final Map<String, NewAttribute> attributes = new TreeMap<>(Links.BY_NAME);
    private long address = Storage.UNDEFINED;
    private long continuation;
    private boolean reserved;
    private int links;

    /** What the header says besides the attributes; its length must not depend on addresses. */
    abstract List<Message> messages();

    void set(NewAttribute attribute) {
        if (attribute.message().body().length > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("attribute \"" + attribute.name() + "\" has " + attribute.data().length
                    + " bytes; an attribute holds at most 64 KiB, more belongs into a dataset");
        }
        attributes.put(attribute.name(), attribute);
    }

    long address() {
        return address;
    }

    void linked() {
        links++;
    }

    /** Fixes the address before the header is known: all its messages will stand in a second block. */
    synchronized long reserve(Output out) {
        if (address == Storage.UNDEFINED) {
            address = out.allocate(PREFIX + CONTINUATION);
            reserved = true;
        }
        return address;
    }

    /** Takes space for the header. */
    void place(Output out) {
        long size = body(all()).size();
        if (reserved) {
            continuation = out.allocate(size);
        } else {
            address = out.allocate(PREFIX + size);
        }
    }

    void write(Output out) throws IOException {
        List<Message> all = all();
        Fields body = body(all);
        if (reserved) {
            Fields pointer = new Fields().u64(continuation).u64(body.size());
            Message message = new Message(ObjectHeader.CONTINUATION, pointer.copy());
            out.write(continuation, body);
            out.write(
                    address,
                    prefix(all.size() + 1, CONTINUATION)
                            .bytes(body(List.of(message)).copy()));
        } else {
            out.write(address, prefix(all.size(), body.size()).bytes(body.copy()));
        }
    }

    private List<Message> all() {
        List<Message> all = new ArrayList<>(messages());
        attributes.values().forEach(a -> all.add(a.message()));
        return all;
    }

    private static Fields body(List<Message> messages) {
        Fields body = new Fields();
        for (Message message : messages) {
            int length = message.body.length + 7 & ~7;
            body.u16(message.type)
                    .u16(length)
                    .u8(message.flags)
                    .zeros(3)
                    .bytes(message.body)
                    .pad();
        }
        return body;
    }

    private Fields prefix(int count, int size) {
        return new Fields()
                .u8(1)
                .u8(0)
                .u16(count)
                .u32(Math.max(1, links))
                .u32(size)
                .zeros(4);
    }
}
