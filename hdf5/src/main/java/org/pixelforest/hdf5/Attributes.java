package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The attributes of one object, in the order of their names' bytes. */
public final class Attributes {

    private static final int OF_NAMES = 8;
    private static final int SHARED = 2;

    private final Map<String, Attribute> byName = new TreeMap<>(Links.BY_NAME);

    private Attributes() {}

    static Attributes read(Hdf5File file, ObjectHeader header, String owner) throws IOException {
        Attributes attributes = new Attributes();
        for (ObjectHeader.Message message : header.messages()) {
            if (message.type() == ObjectHeader.ATTRIBUTE) {
                attributes.add(Attribute.read(header.cursor(message, "attribute of " + owner), file, owner));
            } else if (message.type() == ObjectHeader.ATTRIBUTE_INFO) {
                attributes.readDense(header.cursor(message, "attribute info message"), file, owner);
            }
        }
        return attributes;
    }

    private void add(Attribute attribute) {
        byName.put(attribute.name(), attribute);
    }

    private void readDense(Cursor in, Hdf5File file, String owner) throws IOException {
        in.version(0);
        in.skip((in.u8() & 1) != 0 ? 2 : 0);
        long heapAddress = in.address();
        long tree = in.address();
        if (heapAddress == Storage.UNDEFINED || tree == Storage.UNDEFINED) {
            return;
        }
        Storage storage = in.storage();
        FractalHeap heap = FractalHeap.read(storage, heapAddress);
        long[] left = {storage.size()};
        BTree2.read(storage, tree, (type, record) -> {
            if (type != OF_NAMES) {
                throw record.corrupt("records of type " + type + " where attributes should be");
            }
            byte[] id = record.bytes(8);
            boolean shared = (record.u8() & SHARED) != 0;
            byte[] body = shared ? file.shared().fromHeap(storage, ObjectHeader.ATTRIBUTE, id) : heap.object(id);
            left[0] -= body.length;
            if (left[0] < 0) {
                throw record.corrupt("the attributes of " + owner + " have more bytes than the file");
            }
            add(Attribute.read(new Cursor(storage, "attribute of " + owner, body), file, owner));
        });
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public Optional<Attribute> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Attribute> all() {
        return new ArrayList<>(byName.values());
    }
}
