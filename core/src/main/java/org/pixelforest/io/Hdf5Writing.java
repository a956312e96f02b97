package org.pixelforest.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.DatasetWriter;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.image.SampleType;

/** A dataset being written into a new HDF5 file. Memory: see {@link DatasetWriter}, and the bytes of one box a thread. */
final class Hdf5Writing implements ArrayWriter {

    private final PendingFile file;
    private final Hdf5Writer writer;
    private final DatasetWriter dataset;
    private final SampleType type;

    private Hdf5Writing(PendingFile file, Hdf5Writer writer, DatasetWriter dataset, SampleType type) {
        this.file = file;
        this.writer = writer;
        this.dataset = dataset;
        this.type = type;
    }

    static Hdf5Writing create(
            Path file, DatasetLayout layout, SampleType type, String axes, long[] sizes, ImageMetadata metadata)
            throws IOException {
        PendingFile pending = PendingFile.create(file);
        Hdf5Writer writer = null;
        try {
            writer = Hdf5Writer.create(pending.part());
            String path = layout.path();
            if (layout.keepsOthers() && Files.exists(file)) {
                path = kept(file, path, writer);
            }
            DatasetWriter dataset = writer.dataset(path, datatype(type), sizes, layout.storage(sizes, axes, type));
            for (Map.Entry<String, Data> attribute :
                    layout.attributes(axes, type, metadata).entrySet()) {
                writer.attribute(path, attribute.getKey(), attribute.getValue());
            }
            return new Hdf5Writing(pending, writer, dataset, type);
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.close();
            }
            pending.close();
            throw e;
        }
    }

    /** Copies what an older file holds besides, and returns where the new dataset belongs. */
    private static String kept(Path file, String path, Hdf5Writer writer) throws IOException {
        return Hdf5Reading.of(file, () -> {
            try (Hdf5File old = Hdf5File.open(file)) {
                String place = place(old.root(), path);
                copyOthers(old.root(), place, writer);
                return place;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    /** Copies all but what stands at {@code replaced}, and what would stand in its way. */
    private static void copyOthers(Group root, String replaced, Hdf5Writer writer) throws IOException {
        writer.copy(root, "/", path -> {
            String name = path.substring(1);
            return !name.equals(replaced) && (!replaced.startsWith(name + "/") || isGroup(root, name));
        });
    }

    private static boolean isGroup(Group root, String path) {
        try {
            return root.find(path).orElse(null) instanceof Group;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a dataset will stand: soft links to groups on the way are followed. */
    private static String place(Group root, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        while (slash > 0) {
            if (root.find(path.substring(0, slash)).orElse(null) instanceof Group group) {
                String folder = group.path().equals("/") ? "" : group.path().substring(1) + "/";
                return folder + path.substring(slash + 1);
            }
            slash = path.lastIndexOf('/', slash - 1);
        }
        return path;
    }

    static Datatype datatype(SampleType type) {
        return type.floating()
                ? Datatype.floating(type.bytes(), ByteOrder.LITTLE_ENDIAN)
                : Datatype.integer(type.bytes(), type.signed(), ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void write(long[] offset, int[] count, float[] samples) throws IOException {
        long[] counts = new long[count.length];
        int n = 1;
        for (int i = 0; i < count.length; i++) {
            counts[i] = count[i];
            n *= count[i];
        }
        byte[] bytes = new byte[Math.multiplyExact(n, type.bytes())];
        Samples.toBytes(samples, 0, n, type, ByteOrder.LITTLE_ENDIAN, bytes, 0, 1);
        dataset.write(offset, counts, bytes);
    }

    @Override
    public void commit() throws IOException {
        writer.finish();
        writer.close();
        file.commit();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            writer.close();
        }
    }
}
