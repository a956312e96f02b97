package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds messages that stand elsewhere: in a committed datatype's header or in the file's table of shared messages. */
final class SharedMessages {

    private static final int IN_HEAP = 1;

    private record Index(int types, FractalHeap heap) {}

    private record Place(int type, long address) {}

    private final List<Index> indexes;
    private final boolean inHeadersToo;
    private final Map<Place, ObjectHeader.Message> resolved = new ConcurrentHashMap<>();

    private SharedMessages(List<Index> indexes, boolean inHeadersToo) {
        this.indexes = indexes;
        this.inHeadersToo = inHeadersToo;
    }

    /** Reads the table that the superblock's extension names, if it names one. */
    static SharedMessages read(Storage storage, long extension) throws IOException {
        SharedMessages shared = new SharedMessages(new ArrayList<>(), true);
        if (extension == Storage.UNDEFINED) {
            return shared;
        }
        ObjectHeader header = ObjectHeader.read(storage, shared, extension);
        ObjectHeader.Message message = header.find(ObjectHeader.SHARED_TABLE).orElse(null);
        if (message != null) {
            Cursor in = header.cursor(message, "shared message table message");
            in.version(0);
            shared.readTable(storage, in.address(), in.u8());
        }
        return shared;
    }

    private void readTable(Storage storage, long address, int count) throws IOException {
        int entry = 14 + 2 * storage.offsetSize();
        Cursor in = storage.structure(address, 8L + (long) count * entry, "shared message table");
        in.signature("SMTB");
        for (int i = 0; i < count; i++) {
            in.version(0);
            in.skip(1);
            int types = in.u16();
            in.skip(10).address();
            long heap = in.address();
            if (heap != Storage.UNDEFINED) {
                indexes.add(new Index(types, FractalHeap.read(storage, heap)));
            }
        }
        in.checksum();
    }

    /** The message that a shared message's body points to. */
    ObjectHeader.Message resolve(Storage storage, int type, Cursor in) throws IOException {
        int version = in.u8();
        int place = in.u8();
        if (version < 1 || version > 3) {
            throw storage.unsupported("shared message version " + version);
        }
        if (version == 3 && place == IN_HEAP) {
            return new ObjectHeader.Message(type, fromHeap(storage, type, in.bytes(8)), Storage.UNDEFINED);
        }
        long address = in.skip(version == 1 ? 6 : 0).address();
        if (!inHeadersToo) {
            throw storage.corrupt("a shared message points to another shared message");
        }
        Place key = new Place(type, address);
        ObjectHeader.Message known = resolved.get(key);
        if (known == null) {
            ObjectHeader.Message target = ObjectHeader.read(storage, new SharedMessages(indexes, false), address)
                    .find(type)
                    .orElseThrow(() -> storage.corrupt("a shared message points to an object that lacks it"));
            known = new ObjectHeader.Message(type, target.body(), address);
            resolved.put(key, known);
        }
        return known;
    }

    /** The message of {@code type} under {@code id} in the heap of shared messages. */
    byte[] fromHeap(Storage storage, int type, byte[] id) throws IOException {
        for (Index index : indexes) {
            if ((index.types & 1 << type) != 0) {
                return index.heap.object(id);
            }
        }
        throw storage.corrupt("a shared message without a table of shared messages");
    }
}
