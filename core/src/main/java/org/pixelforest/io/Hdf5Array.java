package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.hdf5.Attribute;
import org.pixelforest.hdf5.Dataset;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.hdf5.Node;
import org.pixelforest.hdf5.UnsupportedHdf5Exception;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.UnsupportedFileException;

/** A dataset of an HDF5 file. */
final class Hdf5Array implements StoredArray {

    static final String CHANNEL_NAMES = "channel_names";
    static final String DESCRIPTION = "description";

    /** A file with more objects is no image file; the one that is meant must be named. */
    private static final int MOST_OBJECTS = 10_000;

    private static final int DEEPEST = 32;

    private final Hdf5File file;
    private final Dataset dataset;
    private final SampleType type;

    private Hdf5Array(Hdf5File file, Dataset dataset) throws IOException {
        this.file = file;
        this.dataset = dataset;
        this.type = sampleType(dataset.type())
                .orElseThrow(() -> new UnsupportedFileException(
                        file.path(), "dataset " + dataset.path() + " does not hold numbers of a known type"));
        if (dataset.isEmpty()) {
            throw new BrokenFileException(file.path(), "dataset " + dataset.path() + " holds no samples");
        }
    }

    /** Opens the dataset named, or the only one. */
    static Hdf5Array open(Path path, Optional<String> name) throws IOException {
        Hdf5File file = Hdf5Reading.of(path, () -> Hdf5File.open(path));
        try {
            return Hdf5Reading.of(
                    path, () -> new Hdf5Array(file, name.isPresent() ? named(file, name.get()) : only(file)));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Dataset named(Hdf5File file, String name) throws IOException {
        Node found = file.root().find(name).orElse(null);
        if (found instanceof Dataset dataset) {
            return dataset;
        }
        String what = found == null ? "has no dataset \"" : "is no dataset \"";
        throw new UnsupportedFileException(file.path(), what + name + "\"");
    }

    /** Parts of a kind that cannot be read do not hide the image beside them. */
    private static final class Search {
        private final List<Dataset> found = new ArrayList<>();
        private UnsupportedHdf5Exception unknown;
        private int seen;
    }

    private static Dataset only(Hdf5File file) throws IOException {
        Search search = new Search();
        collect(file, file.root(), 0, search);
        List<Dataset> all = search.found;
        List<Dataset> images = all.size() == 1
                ? all
                : all.stream()
                        .filter(d -> d.shape().length >= 2 && d.shape().length <= 5)
                        .filter(d -> sampleType(d.type()).isPresent())
                        .toList();
        if (images.size() == 1) {
            return images.get(0);
        }
        if (images.isEmpty() && search.unknown != null) {
            throw search.unknown;
        }
        if (images.isEmpty()) {
            throw new UnsupportedFileException(file.path(), "holds no image dataset");
        }
        throw new UnsupportedFileException(
                file.path(),
                "holds " + images.size() + " datasets; name one, for example " + file.path()
                        + images.get(0).path());
    }

    private static void collect(Hdf5File file, Group group, int depth, Search search) throws IOException {
        for (String name : group.names()) {
            if (++search.seen > MOST_OBJECTS || depth > DEEPEST) {
                throw new UnsupportedFileException(
                        file.path(), "holds too many objects to look for the image; name the dataset: file.h5/dataset");
            }
            try {
                Node node = group.find(name).orElse(null);
                if (node instanceof Dataset dataset) {
                    search.found.add(dataset);
                } else if (node instanceof Group inner) {
                    collect(file, inner, depth + 1, search);
                }
            } catch (UnsupportedHdf5Exception e) {
                search.unknown = e;
            }
        }
    }

    private static Optional<SampleType> sampleType(Datatype type) {
        if (type instanceof Datatype.Enumeration values && values.isBoolean()) {
            return Optional.of(SampleType.UINT8);
        }
        if (type instanceof Datatype.FloatingPoint number && number.isIeee()) {
            return Optional.of(number.size() == 8 ? SampleType.FLOAT64 : SampleType.FLOAT32);
        }
        if (type instanceof Datatype.FixedPoint number) {
            boolean signed = number.signed();
            return switch (number.size()) {
                case 1 -> Optional.of(signed ? SampleType.INT8 : SampleType.UINT8);
                case 2 -> Optional.of(signed ? SampleType.INT16 : SampleType.UINT16);
                case 4 -> Optional.of(signed ? SampleType.INT32 : SampleType.UINT32);
                case 8 -> Optional.of(signed ? SampleType.INT64 : SampleType.UINT64);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** The axes that the attribute {@code axistags} names, else what the shape suggests. */
    String axes() throws IOException {
        List<String> tags = texts("axistags");
        Optional<String> named = tags.isEmpty() ? Optional.empty() : AxisTags.parse(tags.get(0));
        if (named.isEmpty()) {
            return Axes.guess(file.path(), dataset.shape());
        }
        return Axes.check(file.path(), named.get(), dataset.shape());
    }

    /** Our attribute {@code channel_names}; empty when absent. */
    List<String> channelNames() throws IOException {
        return texts(CHANNEL_NAMES);
    }

    @Override
    public String description() throws IOException {
        return String.join("\n", texts(DESCRIPTION));
    }

    /** The texts of an attribute; none if it is absent or holds something else. */
    private List<String> texts(String attribute) throws IOException {
        return Hdf5Reading.of(file.path(), () -> {
            Attribute found = dataset.attributes().find(attribute).orElse(null);
            boolean text = found != null
                    && (found.type() instanceof Datatype.VariableString
                            || found.type() instanceof Datatype.FixedString);
            return text ? found.strings() : List.of();
        });
    }

    @Override
    public Path file() {
        return file.path();
    }

    @Override
    public SampleType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return dataset.shape().clone();
    }

    @Override
    public void read(long[] offset, int[] count, float[] out) throws IOException {
        long[] counts = new long[count.length];
        for (int i = 0; i < count.length; i++) {
            counts[i] = count[i];
        }
        Hdf5Reading.of(file.path(), () -> {
            dataset.read(offset, counts, out);
            return out;
        });
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
