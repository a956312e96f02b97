package org.pixelforest.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Layout;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.SampleType;

/**
 * Where a dataset stands in an HDF5 file and how it is stored. Immutable. The axes (attribute {@code axistags}) and the channel
 * names (attribute {@code channel_names}) are always written.
 */
public final class DatasetLayout {

    private enum Chunks {
        NONE,
        H5PY,
        ILASTIK
    }

    private static final Datatype ASCII = new Datatype.VariableString(Datatype.Padding.NUL_TERMINATED, false);

    private final String path;
    private final Chunks chunks;
    private final int deflate;
    private final boolean export;
    private final Map<String, Data> attributes;

    private DatasetLayout(String path, Chunks chunks, int deflate, boolean export, Map<String, Data> attributes) {
        this.path = path.replaceAll("^/+|/+$", "");
        if (this.path.isEmpty()) {
            throw new IllegalArgumentException("a dataset needs a name (got: '" + path + "')");
        }
        this.chunks = chunks;
        this.deflate = deflate;
        this.export = export;
        this.attributes = attributes;
    }

    /** A new file with one dataset in chunks of about 16 to 200 KiB, as h5py chooses them and CellProfiler has them. */
    public static DatasetLayout prepared(String path) {
        return new DatasetLayout(path, Chunks.H5PY, 0, false, Map.of());
    }

    /** A new file with one dataset in one piece, with the attributes that steinbock sets. The axes must be c, y, x. */
    public static DatasetLayout steinbock(String path) {
        Map<String, Data> attributes = new LinkedHashMap<>();
        String tags = "{\"axes\": [{\"key\": \"c\", \"typeFlags\": 1}, {\"key\": \"y\", \"typeFlags\": 2},"
                + " {\"key\": \"x\", \"typeFlags\": 2}]}";
        attributes.put("axistags", Data.string(tags).as(ASCII));
        attributes.put("display_mode", Data.string("grayscale").as(ASCII));
        attributes.put("steinbock", Data.of(true).scalar());
        return new DatasetLayout(path, Chunks.NONE, 0, false, attributes);
    }

    /**
     * As ilastik exports: chunks of one channel and one time, about 512 KiB, equally long along the other axes, gzip level 1 if
     * {@code compressed}, names of the dimensions. What else a file of that name holds is kept.
     */
    public static DatasetLayout ilastik(String path, boolean compressed) {
        return new DatasetLayout(path, Chunks.ILASTIK, compressed ? 1 : 0, true, Map.of());
    }

    String path() {
        return path;
    }

    /** Whether an older file's other datasets stay. */
    boolean keepsOthers() {
        return export;
    }

    Layout storage(long[] sizes, String axes, SampleType type) {
        long[] chunk =
                switch (chunks) {
                    case NONE -> null;
                    case H5PY -> h5pyChunk(sizes, type.bytes());
                    case ILASTIK -> ilastikChunk(sizes, axes, type.bytes());
                };
        if (chunk == null) {
            return Layout.contiguous();
        }
        Layout layout = Layout.chunked(chunk);
        return deflate > 0 ? layout.deflate(deflate) : layout;
    }

    /** All attributes of the dataset. */
    Map<String, Data> attributes(String axes, SampleType type, ImageMetadata metadata) {
        Map<String, Data> all = new LinkedHashMap<>();
        all.put("axistags", Data.string(AxisTags.json(axes)));
        if (export) {
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < axes.length(); i++) {
                labels.add(axes.substring(i, i + 1));
            }
            all.put("DIMENSION_LABELS", Data.of(labels));
        }
        metadata.range()
                .ifPresent(range ->
                        all.put("drange", Data.of(range.min(), range.max()).as(rangeType(range, type))));
        if (!metadata.channelNames().isEmpty()) {
            all.put(Hdf5Array.CHANNEL_NAMES, Data.of(metadata.channelNames()));
        }
        if (!metadata.description().isEmpty()) {
            all.put(Hdf5Array.DESCRIPTION, Data.string(metadata.description()));
        }
        all.putAll(attributes);
        return all;
    }

    /** Integers cannot hold every range that people ask for. */
    private static Datatype rangeType(ImageMetadata.ValueRange range, SampleType type) {
        boolean fits = type.floating() || holds(type, range.min()) && holds(type, range.max());
        return fits ? Hdf5Writing.datatype(type) : Datatype.FLOAT64;
    }

    private static boolean holds(SampleType type, double bound) {
        int bits = 8 * type.bytes() - (type.signed() ? 1 : 0);
        return bound == Math.rint(bound)
                && bound < Math.scalb(1.0, bits)
                && bound >= (type.signed() ? -Math.scalb(1.0, bits) : 0);
    }

    /** Halves axis after axis until a chunk is near 16 KiB times 2 per tenfold MiB of the whole (the rule of h5py). */
    static long[] h5pyChunk(long[] sizes, int sampleBytes) {
        double whole = sampleBytes;
        for (long size : sizes) {
            whole *= size;
        }
        double target = 16384 * Math.pow(2, Math.log10(whole / (1024 * 1024)));
        target = Math.max(8192, Math.min(1024 * 1024, target));
        long[] chunk = sizes.clone();
        for (int i = 0; ; i++) {
            double bytes = sampleBytes;
            long samples = 1;
            for (long size : chunk) {
                bytes *= size;
                samples *= size;
            }
            boolean near = bytes < target || Math.abs(bytes - target) / target < 0.5;
            if ((near && bytes < 1024 * 1024) || samples == 1) {
                return chunk;
            }
            int axis = i % chunk.length;
            chunk[axis] = (chunk[axis] + 1) / 2;
        }
    }

    private static long[] ilastikChunk(long[] sizes, String axes, int sampleBytes) {
        long[] chunk = new long[sizes.length];
        double left = 512.0 * 1024 / sampleBytes;
        int open = 0;
        for (int i = 0; i < chunk.length; i++) {
            boolean one = "tc".indexOf(axes.charAt(i)) >= 0;
            chunk[i] = one ? 1 : 0;
            open += one ? 0 : 1;
        }
        // Axes shorter than the side of the cube leave more room for the others.
        for (boolean changed = true; changed; ) {
            changed = false;
            double side = Math.pow(left, 1.0 / Math.max(1, open));
            for (int i = 0; i < chunk.length; i++) {
                if (chunk[i] == 0 && sizes[i] <= side) {
                    chunk[i] = sizes[i];
                    left /= sizes[i];
                    open--;
                    changed = true;
                    break;
                }
            }
        }
        for (int i = 0; i < chunk.length; i++) {
            if (chunk[i] == 0) {
                chunk[i] = Math.max(1, Math.min(sizes[i], (long) Math.pow(left, 1.0 / open)));
            }
        }
        return chunk;
    }
}
