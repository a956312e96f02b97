package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.hdf5.Attribute;
import org.pixelforest.hdf5.Dataset;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Node;
import org.pixelforest.image.BrokenFileException;

/**
 * A group of a project file, read as leniently as ilastik reads: text of fixed or variable length, truth values as enumerations or
 * integers, numbers of any type; lists flagged {@code isEmpty} are empty whatever stands in them.
 */
final class StoredGroup {

    private final Path file;
    private final Group group;
    private final ReadBudget budget;

    StoredGroup(Path file, Group group, ReadBudget budget) {
        this.file = file;
        this.group = group;
        this.budget = budget;
    }

    Group group() {
        return group;
    }

    BrokenFileException broken(String name, String problem) {
        return new BrokenFileException(file, place(name) + " " + problem);
    }

    private String place(String name) {
        String path = group.path();
        return (path.endsWith("/") ? path : path + "/") + name;
    }

    /** Names of the groups in this group, in name order. */
    List<String> groups() throws IOException {
        List<String> groups = new ArrayList<>();
        for (String name : group.names()) {
            if (group.find(name).orElse(null) instanceof Group) {
                groups.add(name);
            }
        }
        return groups;
    }

    /** Names of the data sets in this group, in name order. */
    List<String> datasets() throws IOException {
        List<String> datasets = new ArrayList<>();
        for (String name : group.names()) {
            if (group.find(name).orElse(null) instanceof Dataset) {
                datasets.add(name);
            }
        }
        return datasets;
    }

    Optional<StoredGroup> group(String path) throws IOException {
        Node node = group.find(path).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof Group child) {
            return Optional.of(new StoredGroup(file, child, budget));
        }
        throw broken(path, "is a data set where a group is expected");
    }

    /** A data set that is there and holds something; counted against what a file of this size can hold. */
    Optional<Dataset> dataset(String path) throws IOException {
        Node node = group.find(path).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof Dataset dataset)) {
            throw broken(path, "is a group where a data set is expected");
        }
        if (dataset.isEmpty() || flaggedEmpty(dataset)) {
            return Optional.empty();
        }
        return Optional.of(dataset);
    }

    private Dataset counted(Dataset dataset, String path) throws IOException {
        long elements = 1;
        for (long length : dataset.shape()) {
            elements = length > 0 && elements > Long.MAX_VALUE / length ? Long.MAX_VALUE : elements * length;
        }
        if (!budget.spend(elements, dataset.type().size())) {
            throw broken(path, "claims to hold more than the file can");
        }
        return dataset;
    }

    ReadBudget budget() {
        return budget;
    }

    private static boolean flaggedEmpty(Dataset dataset) throws IOException {
        Optional<Attribute> flag = dataset.attributes().find("isEmpty");
        if (flag.isEmpty()) {
            return false;
        }
        boolean[] values = flag.get().booleans();
        return values.length > 0 && values[0];
    }

    /** The text of a data set with a single one. */
    Optional<String> text(String name) throws IOException {
        Optional<List<String>> texts = texts(name);
        if (texts.isEmpty() || texts.get().isEmpty()) {
            return Optional.empty();
        }
        if (texts.get().size() > 1) {
            throw broken(name, "holds " + texts.get().size() + " texts where one is expected");
        }
        return Optional.of(texts.get().get(0));
    }

    Optional<List<String>> texts(String name) throws IOException {
        Optional<Dataset> dataset = dataset(name);
        return dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(counted(dataset.get(), name).strings());
    }

    Optional<double[]> numbers(String name) throws IOException {
        Optional<Dataset> dataset = dataset(name);
        return dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(counted(dataset.get(), name).doubles());
    }

    Optional<Double> number(String name) throws IOException {
        return numbers(name).filter(n -> n.length == 1).map(n -> n[0]);
    }

    Optional<int[]> integers(String name) throws IOException {
        Optional<Dataset> dataset = dataset(name);
        return dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(counted(dataset.get(), name).ints());
    }

    Optional<long[]> longs(String name) throws IOException {
        Optional<Dataset> dataset = dataset(name);
        return dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(counted(dataset.get(), name).longs());
    }

    Optional<boolean[]> flags(String name) throws IOException {
        Optional<Dataset> dataset = dataset(name);
        return dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(counted(dataset.get(), name).booleans());
    }

    long[] shape(String name) throws IOException {
        Optional<Dataset> dataset = dataset(name);
        return dataset.isEmpty() ? new long[0] : dataset.get().shape();
    }
}
