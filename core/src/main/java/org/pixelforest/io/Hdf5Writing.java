package org.pixelforest.io;

import java.io.IOException;
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
import org.pixelforest.hdf5.Node;
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
            if (layout.keepsOthers() && Files.exists(file)) {
                try (Hdf5File old = Hdf5File.open(file)) {
                    copyOthers(old.root(), "", layout.path(), writer);
                }
            }
            DatasetWriter dataset =
                    writer.dataset(layout.path(), datatype(type), sizes, layout.storage(sizes, axes, type));
            for (Map.Entry<String, Data> attribute :
                    layout.attributes(axes, type, metadata).entrySet()) {
                writer.attribute(layout.path(), attribute.getKey(), attribute.getValue());
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

    /** Copies all but what stands at {@code replaced}, and what would stand in its way. */
    private static void copyOthers(Group group, String prefix, String replaced, Hdf5Writer writer) throws IOException {
        for (String name : group.names()) {
            String path = prefix + name;
            Node node = group.find(name).orElse(null);
            if (node == null || path.equals(replaced)) {
                continue;
            }
            if (!replaced.startsWith(path + "/")) {
                writer.copy(node, path);
            } else if (node instanceof Group inner) {
                copyOthers(inner, path + "/", replaced, writer);
            }
        }
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
