package org.pixelforest.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An HDF5 file, open for reading. Any number of threads may read at once; interrupting one of them does not disturb
 * the others. Memory: the headers of what was looked at, about 50 bytes a stored chunk of open datasets, 64 MiB of
 * decompressed chunks (or one, if it is larger), 16 MiB of strings' heaps.
 *
 * <pre>{@code
 * try (Hdf5File file = Hdf5File.open(Path.of("project.ilp"))) {
 *     String version = file.root().dataset("ilastikVersion").string();
 * }
 * }</pre>
 *
 * <p>A damaged file gives {@link Hdf5Exception}, a part of HDF5 that is not known here
 * {@link UnsupportedHdf5Exception}; both name the file.
 */
public final class Hdf5File implements Closeable {

    private final Storage storage;
    private final SharedMessages shared;
    private final GlobalHeap heap;
    private final ChunkCache chunks = new ChunkCache();
    private final Group root;

    private Hdf5File(Storage storage, long rootAddress, long extension) throws IOException {
        this.storage = storage;
        this.heap = new GlobalHeap(storage);
        this.shared = SharedMessages.read(storage, extension);
        if (!(open(rootAddress, "/") instanceof Group group)) {
            throw storage.corrupt("its root is no group");
        }
        this.root = group;
    }

    public static Hdf5File open(Path path) throws IOException {
        Storage file = Storage.open(path);
        try {
            Superblock superblock = Superblock.read(file);
            return new Hdf5File(superblock.storage(), superblock.root(), superblock.extension());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    public Group root() {
        return root;
    }

    public Path path() {
        return storage.path();
    }

    Node open(long address, String path) throws IOException {
        return new ObjectNode(this, path, ObjectHeader.read(storage, shared, address)).open();
    }

    Storage storage() {
        return storage;
    }

    SharedMessages shared() {
        return shared;
    }

    GlobalHeap heap() {
        return heap;
    }

    ChunkCache chunks() {
        return chunks;
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
