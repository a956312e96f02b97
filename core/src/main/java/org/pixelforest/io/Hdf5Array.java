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
        Hdf5File file = Hdf5File.open(path);
        try {
            Dataset dataset = name.isPresent() ? file.root().dataset(name.get()) : only(file);
            return new Hdf5Array(file, dataset);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Dataset only(Hdf5File file) throws IOException {
        List<Dataset> all = new ArrayList<>();
        collect(file, file.root(), 0, new int[1], all);
        List<Dataset> images = all.size() == 1
                ? all
                : all.stream()
                        .filter(d -> d.shape().length >= 2 && d.shape().length <= 5)
                        .filter(d -> sampleType(d.type()).isPresent())
                        .toList();
        if (images.size() == 1) {
            return images.get(0);
        }
        if (images.isEmpty()) {
            throw new UnsupportedFileException(file.path(), "holds no image dataset");
        }
        throw new UnsupportedFileException(
                file.path(),
                "holds " + images.size() + " datasets; name one, for example " + file.path()
                        + images.get(0).path());
    }

    private static void collect(Hdf5File file, Group group, int depth, int[] seen, List<Dataset> found)
            throws IOException {
        for (String name : group.names()) {
            if (++seen[0] > MOST_OBJECTS || depth > DEEPEST) {
                throw new UnsupportedFileException(
                        file.path(), "holds too many objects to look for the image; name the dataset: file.h5/dataset");
            }
            Optional<Node> node = group.find(name);
            if (node.isEmpty()) {
                continue;
            }
            if (node.get() instanceof Dataset dataset) {
                found.add(dataset);
            } else if (node.get() instanceof Group inner) {
                collect(file, inner, depth + 1, seen, found);
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
        Optional<Attribute> tags = dataset.attributes().find("axistags");
        Optional<String> named = Optional.empty();
        if (tags.isPresent()) {
            List<String> texts = tags.get().strings();
            named = texts.isEmpty() ? named : AxisTags.parse(texts.get(0));
        }
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

    private List<String> texts(String attribute) throws IOException {
        Optional<Attribute> names = dataset.attributes().find(attribute);
        boolean text = names.isPresent()
                && (names.get().type() instanceof Datatype.VariableString
                        || names.get().type() instanceof Datatype.FixedString);
        return text ? names.get().strings() : List.of();
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
        dataset.read(offset, counts, out);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
