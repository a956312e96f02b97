package org.pixelforest.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes a new HDF5 file, in the oldest form of the format (superblock 0, symbol tables), which every HDF5 library
 * reads. Missing groups on the way to a path are made. The file is readable only after {@link #finish}; until then it
 * has no superblock, so that an interrupted run never passes for a complete file. Memory: the names and attributes of
 * all objects, and what {@link DatasetWriter} states. Datasets may be filled from many threads; all else is for one.
 *
 * <pre>{@code
 * try (Hdf5Writer file = Hdf5Writer.create(path)) {
 *     file.write("ilastikVersion", Data.string("1.4.0"));
 *     DatasetWriter image = file.dataset("exported_data", Datatype.FLOAT32, shape, Layout.chunked(64, 64, 3).deflate(4));
 *     image.write(offset, count, values);
 *     file.finish();
 * }
 * }</pre>
 *
 * <p>A path that is taken, or a value that does not fit its type, is an {@link IllegalArgumentException}. Attributes of
 * more than 64 KiB are written in the form that HDF5 1.8 brought.
 */
public final class Hdf5Writer implements Closeable {

    private static final int SUPERBLOCK = 96;

    private final Output out;
    private final GlobalHeapWriter heap;
    private final NewGroup root = new NewGroup();
    private final Map<NewDataset, DatasetWriter> writers = new LinkedHashMap<>();
    private final Copier copier;
    private boolean finished;

    private Hdf5Writer(Output out) {
        this.out = out;
        this.heap = new GlobalHeapWriter(out);
        this.copier = new Copier(out, heap);
        root.linked();
    }

    /** Creates the file, or empties it. */
    public static Hdf5Writer create(Path path) throws IOException {
        return new Hdf5Writer(new Output(path, SUPERBLOCK));
    }

    /** Makes a group, and those above it, unless they are there. */
    public void group(String path) {
        groupAt(names(path));
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals(".") || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("no name in a file can be \"" + name + "\"");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private NewGroup groupAt(List<String> names) {
        NewGroup at = root;
        for (String name : names) {
            NewGroup.Entry entry = at.entries().get(name);
            if (entry == null) {
                NewGroup made = new NewGroup();
                at.add(name, made);
                at = made;
            } else if (entry.object() instanceof NewGroup group) {
                at = group;
            } else {
                throw new IllegalArgumentException("\"" + name + "\" in " + names + " is no group");
            }
        }
        return at;
    }

    /** Where a new object of this path belongs. */
    private record Free(NewGroup group, String name) {}

    private Free free(String path) {
        List<String> names = names(path);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the path is empty");
        }
        String name = names.get(names.size() - 1);
        NewGroup group = groupAt(names.subList(0, names.size() - 1));
        if (group.entries().containsKey(name)) {
            throw new IllegalArgumentException("\"" + path + "\" is there already");
        }
        return new Free(group, name);
    }

    private NewObject find(String path) {
        NewObject at = root;
        for (String name : names(path)) {
            NewGroup.Entry entry =
                    at instanceof NewGroup group ? group.entries().get(name) : null;
            if (entry == null || entry.object() == null) {
                throw new IllegalArgumentException("there is no \"" + path + "\" yet");
            }
            at = entry.object();
        }
        return at;
    }

    /** Makes a dataset to be filled region by region; {@code shape} empty: a single value. */
    public DatasetWriter dataset(String path, Datatype type, long[] shape, Layout layout) {
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("a shape cannot have the length " + length);
            }
        }
        return dataset(path, type, Dataspace.of(shape.clone()), layout);
    }

    private DatasetWriter dataset(String path, Datatype type, Dataspace space, Layout layout) {
        Free place = free(path);
        NewDataset dataset = new NewDataset(
                out,
                new NewDataset.Plan(
                        type, () -> null, space, layout.kind(), layout.chunk(), layout.filters(type.size()), null));
        place.group.add(place.name, dataset);
        DatasetWriter writer = new DatasetWriter(out, heap, dataset);
        writers.put(dataset, writer);
        return writer;
    }

    /** Writes a dataset in one piece. */
    public void write(String path, Data data) throws IOException {
        write(path, data, Layout.contiguous());
    }

    /** Writes a whole dataset. */
    public void write(String path, Data data, Layout layout) throws IOException {
        byte[] elements = data.encode(heap);
        DatasetWriter writer = dataset(path, data.type(), data.space(), layout);
        if (elements.length > 0) {
            writer.writeStored(elements);
        }
    }

    /** Writes integers of four bytes; without a shape, as one dimension. */
    public void write(String path, int[] values, long... shape) throws IOException {
        write(path, shaped(Data.of(values), shape));
    }

    /** Writes integers of eight bytes; without a shape, as one dimension. */
    public void write(String path, long[] values, long... shape) throws IOException {
        write(path, shaped(Data.of(values), shape));
    }

    /** Writes floats; without a shape, as one dimension. */
    public void write(String path, float[] values, long... shape) throws IOException {
        write(path, shaped(Data.of(values), shape));
    }

    /** Writes doubles; without a shape, as one dimension. */
    public void write(String path, double[] values, long... shape) throws IOException {
        write(path, shaped(Data.of(values), shape));
    }

    /** Writes unsigned bytes; without a shape, as one dimension. */
    public void write(String path, byte[] values, long... shape) throws IOException {
        write(path, shaped(Data.bytes(Datatype.UINT8, values), shape));
    }

    /** Writes texts; without a shape, as one dimension. */
    public void write(String path, List<String> values, long... shape) throws IOException {
        write(path, shaped(Data.of(values), shape));
    }

    /** Writes a single text. */
    public void write(String path, String value) throws IOException {
        write(path, Data.string(value));
    }

    /** Writes a single truth value. */
    public void write(String path, boolean value) throws IOException {
        write(path, Data.of(value).scalar());
    }

    private static Data shaped(Data data, long[] shape) {
        return shape.length == 0 ? data : data.shaped(shape);
    }

    /** Sets an attribute of the object at {@code path} ("/" is the root group), which must be there. */
    public void attribute(String path, String name, Data data) throws IOException {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an attribute cannot be called \"" + name + "\"");
        }
        NewObject object = find(path);
        object.set(new NewObject.NewAttribute(name, data.type(), null, data.space(), data.encode(heap)));
    }

    /** Sets an attribute that is a single text. */
    public void attribute(String path, String name, String value) throws IOException {
        attribute(path, name, Data.string(value));
    }

    /** Sets an attribute that is a list of texts. */
    public void attribute(String path, String name, List<String> values) throws IOException {
        attribute(path, name, Data.of(values));
    }

    /** Sets an attribute that is a single integer of eight bytes. */
    public void attribute(String path, String name, long value) throws IOException {
        attribute(path, name, Data.of(value).scalar());
    }

    /** Sets an attribute that is a single double. */
    public void attribute(String path, String name, double value) throws IOException {
        attribute(path, name, Data.of(value).scalar());
    }

    /** Sets an attribute that is a single truth value. */
    public void attribute(String path, String name, boolean value) throws IOException {
        attribute(path, name, Data.of(value).scalar());
    }

    /** Makes a link at {@code path} that stands for whatever is at {@code target}, now or later. */
    public void softLink(String path, String target) {
        Free place = free(path);
        place.group.add(new Link.Soft(place.name, target));
    }

    /**
     * Copies an object of an open file, with all that is below it: types, shapes, layouts, filters, chunks (byte for
     * byte), attributes, links, and committed types. References to objects follow if these were copied too, in this
     * call or before; others become null. "/" copies the contents of a group into the root group.
     */
    public void copy(Node source, String path) throws IOException {
        copy(source, path, name -> true);
    }

    /**
     * As {@link #copy(Node, String)}, without the links whose path in the source file ("/a/b") does not pass {@code keep}; what
     * is below a group that was left out is left out too.
     */
    public void copy(Node source, String path, Predicate<String> keep) throws IOException {
        if (names(path).isEmpty()) {
            if (!(source instanceof Group group) || !root.entries().isEmpty()) {
                throw new IllegalArgumentException("only a group can be copied to \"/\", and only if that is empty");
            }
            copier.copyInto(group, root, keep);
            return;
        }
        Free place = free(path);
        place.group.add(place.name, copier.copy(source, keep));
    }

    /** Completes the file and waits until the disk has it. */
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        for (DatasetWriter writer : writers.values()) {
            writer.complete();
        }
        heap.flush();
        Set<NewObject> objects = objects();
        for (NewObject object : objects) {
            if (object instanceof NewDataset dataset) {
                dataset.complete();
            }
            object.place(out);
        }
        for (NewObject object : objects) {
            if (object instanceof NewGroup group) {
                group.writeLinks(out);
            }
            object.write(out);
        }
        Fields superblock = superblock();
        out.complete();
        out.write(0, superblock);
        out.complete();
        finished = true;
    }

    /** Everything that can be reached, groups before what they hold. */
    private Set<NewObject> objects() {
        Set<NewObject> objects = new LinkedHashSet<>(List.of(root));
        Deque<NewGroup> groups = new ArrayDeque<>(List.of(root));
        while (!groups.isEmpty()) {
            for (NewGroup.Entry entry : groups.remove().entries().values()) {
                if (entry.object() != null && objects.add(entry.object()) && entry.object() instanceof NewGroup group) {
                    groups.add(group);
                }
            }
        }
        return objects;
    }

    private Fields superblock() {
        Fields out = new Fields();
        for (int b : new int[] {0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'}) {
            out.u8(b);
        }
        out.zeros(5)
                .u8(8)
                .u8(8)
                .u8(0)
                .u16(SymbolTableWriter.LEAF_K)
                .u16(SymbolTableWriter.INTERNAL_K)
                .u32(0);
        out.u64(0).u64(Storage.UNDEFINED).u64(this.out.end()).u64(Storage.UNDEFINED);
        // The root group's entry, which repeats where its symbol table stands.
        boolean table = root.heap() != 0;
        return out.u64(0)
                .u64(root.address())
                .u32(table ? 1 : 0)
                .u32(0)
                .u64(root.tree())
                .u64(root.heap());
    }

    /** Closes the file; without {@link #finish} it stays unreadable. */
    @Override
    public void close() throws IOException {
        try (out) {
            for (DatasetWriter writer : writers.values()) {
                writer.close();
            }
        }
    }
}
