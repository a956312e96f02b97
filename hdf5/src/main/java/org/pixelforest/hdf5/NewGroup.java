package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A group to be written: as a symbol table, which every HDF5 library reads; as link messages if it holds links into
 * other files, which symbol tables cannot.
 */
final class NewGroup extends NewObject {

    /** What a name stands for: an object, or a soft or foreign link. */
    record Entry(NewObject object, Link link) {}

    private final Map<String, Entry> entries = new TreeMap<>(Links.BY_NAME);
    private long tree;
    private long heap;

    Map<String, Entry> entries() {
        return entries;
    }

    void add(String name, NewObject object) {
        entries.put(name, new Entry(object, null));
        object.linked();
    }

    void add(Link link) {
        entries.put(link.name(), new Entry(null, link));
    }

    long tree() {
        return tree;
    }

    long heap() {
        return heap;
    }

    private boolean foreign() {
        return entries.values().stream().anyMatch(e -> e.link() instanceof Link.Foreign);
    }

    /** Writes the symbol table; the addresses of all objects must be known. */
    void writeLinks(Output out) throws IOException {
        if (!foreign()) {
            SymbolTableWriter table = new SymbolTableWriter(out);
            table.write(entries);
            tree = table.tree();
            heap = table.heap();
        }
    }

    @Override
    List<Message> messages() {
        if (!foreign()) {
            return List.of(new Message(
                    ObjectHeader.SYMBOL_TABLE, new Fields().u64(tree).u64(heap).copy()));
        }
        List<Message> messages = new ArrayList<>();
        byte[] noHeap = new Fields()
                .zeros(2)
                .u64(Storage.UNDEFINED)
                .u64(Storage.UNDEFINED)
                .copy();
        messages.add(new Message(ObjectHeader.LINK_INFO, noHeap));
        messages.add(new Message(ObjectHeader.GROUP_INFO, new byte[2]));
        entries.forEach((name, entry) -> messages.add(new Message(ObjectHeader.LINK, link(name, entry))));
        return messages;
    }

    private static byte[] link(String name, Entry entry) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        Fields out = new Fields().u8(1).u8(0x1A);
        int kind = entry.link() instanceof Link.Soft ? 1 : entry.link() instanceof Link.Foreign f ? f.kind() : 0;
        out.u8(kind).u8(1).u32(text.length).bytes(text);
        if (entry.link() instanceof Link.Soft soft) {
            byte[] target = soft.target().getBytes(StandardCharsets.UTF_8);
            return out.u16(target.length).bytes(target).copy();
        } else if (entry.link() instanceof Link.Foreign foreign) {
            return out.u16(foreign.content().length).bytes(foreign.content()).copy();
        }
        return out.u64(entry.object().address()).copy();
    }
}
