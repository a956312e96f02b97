package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object of the file that is being written; its header is written last, when all addresses are known. Attributes
 * stand in the header; if one is too long for that, they all stand in a heap.
 */
abstract class NewObject {

    /** The most that a message of a version 1 header can hold. */
    static final int LONGEST_MESSAGE = 65528;

    private static final int SHARED = 2;

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
    private boolean dense;
    private AttributeHeapWriter attributeHeap;
    private int links;

    /** What the header says besides the attributes; its length must not depend on addresses. */
    abstract List<Message> messages();

    void set(NewAttribute attribute) {
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
            address = out.allocate(HeaderBlock.LONGEST_POINTER);
            reserved = true;
        }
        return address;
    }

    /** Takes space for the header. */
    void place(Output out) {
        dense = attributes.values().stream().anyMatch(a -> a.message().body().length > LONGEST_MESSAGE);
        if (dense) {
            attributeHeap = new AttributeHeapWriter(out, encodedAttributes());
        }
        HeaderBlock block = new HeaderBlock(dense, all());
        if (reserved) {
            continuation = out.allocate(block.continuationSize());
        } else {
            address = out.allocate(block.size());
        }
    }

    void write(Output out) throws IOException {
        if (dense) {
            attributeHeap.write(encodedAttributes());
        }
        HeaderBlock block = new HeaderBlock(dense, all());
        if (reserved) {
            out.write(continuation, block.continuation());
            out.write(address, block.pointingTo(continuation, links));
        } else {
            out.write(address, block.whole(links));
        }
    }

    private Map<String, byte[]> encodedAttributes() {
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        attributes.forEach(
                (name, attribute) -> encoded.put(name, attribute.message().body()));
        return encoded;
    }

    private List<Message> all() {
        List<Message> all = new ArrayList<>(messages());
        if (dense) {
            all.add(new Message(ObjectHeader.ATTRIBUTE_INFO, attributeHeap.message()));
        } else {
            attributes.values().forEach(a -> all.add(a.message()));
        }
        return all;
    }
}
