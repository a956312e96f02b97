package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.pixelforest.hdf5.Datatype.Array;
import org.pixelforest.hdf5.Datatype.Compound;
import org.pixelforest.hdf5.Datatype.Member;
import org.pixelforest.hdf5.Datatype.Reference;
import org.pixelforest.hdf5.Datatype.Sequence;
import org.pixelforest.hdf5.Datatype.VariableString;

/** Copies objects from open files into a new one. Objects with several names stay one object. */
final class Copier {

    /** Elements are copied in pieces of about so many bytes. */
    private static final int PIECE = 1 << 20;

    private final Output out;
    private final GlobalHeapWriter heap;
    private final Map<Hdf5File, Map<Long, NewObject>> copies = new IdentityHashMap<>();

    Copier(Output out, GlobalHeapWriter heap) {
        this.out = out;
        this.heap = heap;
    }

    NewObject copy(Node source, Predicate<String> keep) throws IOException {
        return new Run(source, keep).copy(source);
    }

    void copyInto(Group source, NewGroup target, Predicate<String> keep) throws IOException {
        Run run = new Run(source, keep);
        run.copies.put(source.header().address(), target);
        run.found.put(source, target);
        run.finish();
    }

    /** One call: first all objects are found, so that references can point to any of them, then they are filled. */
    private final class Run {

        private final Hdf5File file;
        private final Predicate<String> keep;
        private final Map<Long, NewObject> copies;
        private final Map<Node, NewObject> found = new LinkedHashMap<>();
        private long left;

        Run(Node source, Predicate<String> keep) {
            this.keep = keep;
            this.file = fileOf(source);
            this.left = file.storage().size();
            this.copies = Copier.this.copies.computeIfAbsent(file, f -> new HashMap<>());
        }

        NewObject copy(Node source) throws IOException {
            NewObject known = copies.get(addressOf(source));
            if (known != null) {
                return known;
            }
            NewObject made = find(source);
            finish();
            return made;
        }

        private NewObject find(Node source) throws IOException {
            NewObject known = copies.get(addressOf(source));
            if (known == null) {
                if (source instanceof Dataset dataset) {
                    known = plan(dataset);
                } else {
                    known = source instanceof NamedType type ? new NewType(type.type()) : new NewGroup();
                }
                copies.put(addressOf(source), known);
                found.put(source, known);
            }
            return known;
        }

        private void finish() throws IOException {
            List<Node> waiting = new ArrayList<>(found.keySet());
            for (int i = 0; i < waiting.size(); i++) {
                if (waiting.get(i) instanceof Group group) {
                    int before = found.size();
                    links(group, (NewGroup) found.get(group));
                    found.keySet().stream().skip(before).forEach(waiting::add);
                }
            }
            for (Map.Entry<Node, NewObject> entry : found.entrySet()) {
                if (entry.getKey() instanceof Dataset dataset) {
                    NewDataset target = (NewDataset) entry.getValue();
                    if (target.fill() != null) {
                        translate(dataset.source(), dataset.type(), target.fill(), 0, 1);
                    }
                    elements(dataset, target);
                }
                for (Attribute a : entry.getKey().attributes().all()) {
                    byte[] data = a.raw().clone();
                    translate(a.values().source(), a.type(), data, 0, (int)
                            a.space().elements());
                    entry.getValue()
                            .set(new NewObject.NewAttribute(
                                    a.name(), a.type(), named(a.sharedType()), a.space(), data));
                }
            }
        }

        private void links(Group source, NewGroup target) throws IOException {
            String folder = source.path().equals("/") ? "/" : source.path() + "/";
            for (Map.Entry<String, Link> entry : source.links().entrySet()) {
                if (!keep.test(folder + entry.getKey())) {
                    continue;
                }
                if (entry.getValue() instanceof Link.Hard hard) {
                    NewObject known = copies.get(hard.address());
                    if (known == null) {
                        known = find(file.open(hard.address(), folder + entry.getKey()));
                    }
                    target.add(entry.getKey(), known);
                } else {
                    target.add(entry.getValue());
                }
            }
        }

        private NewType named(long address) {
            return copies.get(address) instanceof NewType type ? type : null;
        }

        private NewDataset plan(Dataset source) throws IOException {
            DataLayout layout = source.reader().layout();
            Layout.Kind kind = layout instanceof DataLayout.Chunked ? Layout.Kind.CHUNKED : Layout.Kind.CONTIGUOUS;
            if (layout instanceof DataLayout.Compact compact) {
                source.reader().checkCompact(compact);
                // Other libraries may fill a header more than is done here.
                boolean fits = source.space().elements() * source.type().size() <= NewDataset.LARGEST_COMPACT;
                kind = fits ? Layout.Kind.COMPACT : kind;
            }
            long sharedType =
                    source.header().find(ObjectHeader.DATATYPE).orElseThrow().sharedAt();
            // A shared type counts only if it is copied too; that is known only when everything was found.
            return new NewDataset(
                    out,
                    new NewDataset.Plan(
                            source.type(),
                            () -> named(sharedType),
                            source.space(),
                            kind,
                            layout instanceof DataLayout.Chunked c ? c.chunk() : new long[0],
                            source.reader().filters(),
                            FillValue.read(source.header(), source.type().size())));
        }

        private void elements(Dataset source, NewDataset target) throws IOException {
            if (source.space().elements() == 0) {
                return;
            }
            DataLayout layout = source.reader().layout();
            if (layout instanceof DataLayout.Compact) {
                byte[] data = source.values().raw();
                translate(
                        source.source(),
                        source.type(),
                        data,
                        0,
                        data.length / source.type().size());
                if (target.kind() == Layout.Kind.COMPACT) {
                    System.arraycopy(data, 0, target.compact(), 0, data.length);
                } else {
                    out.write(target.data(), data, 0, data.length);
                }
            } else if (layout instanceof DataLayout.Contiguous contiguous) {
                if (contiguous.address() != Storage.UNDEFINED) {
                    contiguous(source, contiguous.address(), target);
                }
            } else {
                chunks(source, target);
            }
        }

        private void contiguous(Dataset source, long address, NewDataset target) throws IOException {
            int size = source.type().size();
            long total = source.space().elements() * size;
            file.storage().check(address, total, "dataset " + source.path());
            int piece = Math.max(1, PIECE / size) * size;
            byte[] buffer = new byte[(int) Math.min(piece, total)];
            for (long done = 0; done < total; done += piece) {
                int length = (int) Math.min(piece, total - done);
                file.storage().read(address + done, buffer, 0, length);
                translate(source.source(), source.type(), buffer, 0, length / size);
                out.write(target.data() + done, buffer, 0, length);
            }
        }

        private void chunks(Dataset source, NewDataset target) throws IOException {
            RegionReader reader = source.reader();
            ChunkGrid grid = reader.grid();
            List<Filter> filters = target.filters();
            int unknown = 0;
            for (int i = 0; i < filters.size(); i++) {
                unknown |= Filters.canEncode(filters.get(i)) ? 0 : 1 << i;
            }
            for (Chunk chunk : grid.chunks()) {
                int mask = chunk.mask() & (1 << filters.size()) - 1;
                if (!pointing(source.type())) {
                    byte[] stored = reader.stored(chunk);
                    if (filters.isEmpty() && stored.length != grid.chunkBytes()) {
                        throw file.storage().corrupt("a chunk of " + stored.length + " bytes in " + source.path());
                    }
                    target.store(chunk.index(), stored, mask);
                    continue;
                }
                byte[] data = filters.isEmpty()
                        ? reader.stored(chunk)
                        : reader.decoded(grid, chunk).clone();
                int size = source.type().size();
                translate(source.source(), source.type(), data, 0, data.length / size);
                mask |= unknown;
                target.store(chunk.index(), Filters.encode(filters, mask, data, size), mask);
            }
        }

        /** Lets the pointers in {@code n} elements point to copies of what they pointed to. */
        private void translate(Values.Source source, Datatype type, byte[] data, int at, int n) throws IOException {
            if (!pointing(type)) {
                return;
            }
            for (int i = 0; i < n; i++) {
                translate(source, type, data, at + i * type.size());
            }
        }

        private void translate(Values.Source source, Datatype type, byte[] data, int at) throws IOException {
            if (type instanceof Compound compound) {
                for (Member member : compound.members()) {
                    translate(source, member.type(), data, at + member.offset(), 1);
                }
            } else if (type instanceof Array array) {
                translate(source, array.base(), data, at, array.length());
            } else if (type instanceof VariableString) {
                variable(source, null, data, at);
            } else if (type instanceof Sequence sequence) {
                variable(source, sequence.base(), data, at);
            } else {
                reference(source, (Reference) type, data, at);
            }
        }

        private void variable(Values.Source source, Datatype base, byte[] data, int at) throws IOException {
            Cursor in = new Cursor(source.storage(), source.name(), data).skip(at);
            long length = in.u32();
            long address = in.address();
            long index = in.u32();
            Fields pointer = new Fields();
            if (length == 0 || address == 0 || address == Storage.UNDEFINED) {
                pointer.zeros(16);
            } else {
                byte[] object = source.heap().object(address, index, length * (base == null ? 1 : base.size()));
                spend(source, object.length);
                if (base != null) {
                    translate(source, base, object, 0, (int) length);
                }
                heap.add(object, length, pointer);
            }
            System.arraycopy(pointer.bytes(), 0, data, at, 16);
        }

        private void reference(Values.Source source, Reference type, byte[] data, int at) throws IOException {
            boolean known = type.kind() == 0 && type.size() == 8 || type.kind() == 1 && type.size() == 12;
            if (!known) {
                throw file.storage().unsupported("copying references of kind " + type.kind() + " in " + source.name());
            }
            Cursor in = new Cursor(source.storage(), source.name(), data).skip(at);
            long address = in.address();
            Fields pointer = new Fields();
            if (type.kind() == 0) {
                pointer.u64(target(address));
            } else {
                long index = in.u32();
                if (address == 0 || address == Storage.UNDEFINED) {
                    pointer.zeros(12);
                } else {
                    byte[] region = source.heap().object(address, index);
                    spend(source, region.length);
                    long object = new Cursor(source.storage(), source.name(), region).address();
                    System.arraycopy(new Fields().u64(target(object)).bytes(), 0, region, 0, 8);
                    Fields whole = new Fields();
                    heap.add(region, region.length, whole);
                    pointer.bytes(whole.copy(), 4, 12);
                }
            }
            System.arraycopy(pointer.bytes(), 0, data, at, pointer.size());
        }

        /** No two elements share an object of a heap, so that there cannot be more of them than the file has. */
        private void spend(Values.Source source, long bytes) throws Hdf5Exception {
            left -= bytes;
            if (left < 0) {
                throw file.storage().corrupt(source.name() + " points to more bytes than the file has");
            }
        }

        /** The address of the copy of the object at {@code address}, or 0 (null) if it was not copied. */
        private long target(long address) {
            NewObject copy = copies.get(address);
            return copy == null ? 0 : copy.reserve(out);
        }
    }

    private static boolean pointing(Datatype type) {
        if (type instanceof Compound compound) {
            return compound.members().stream().anyMatch(m -> pointing(m.type()));
        } else if (type instanceof Array array) {
            return pointing(array.base());
        }
        return type instanceof VariableString || type instanceof Sequence || type instanceof Reference;
    }

    private static Hdf5File fileOf(Node node) {
        if (node instanceof Group group) {
            return group.file();
        }
        return node instanceof Dataset dataset ? dataset.file() : ((NamedType) node).file();
    }

    private static long addressOf(Node node) {
        if (node instanceof Group group) {
            return group.header().address();
        }
        return node instanceof Dataset dataset
                ? dataset.header().address()
                : ((NamedType) node).header().address();
    }
}
