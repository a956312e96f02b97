package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.VigraTree;
import org.pixelforest.image.UnsupportedFileException;

/** Reads {@code PixelClassification/ClassifierForests}: vigra's random forests as ilastik stores them. */
final class StoredForest {

    private StoredForest() {}

    static Optional<RandomForest> read(StoredGroup classifiers, Path file) throws IOException {
        String type = classifiers.text("pickled_type").orElse("ParallelVigraRfLazyflowClassifier");
        if (!type.contains("ParallelVigraRfLazyflowClassifier")) {
            throw new UnsupportedFileException(
                    file,
                    "its classifier is of the kind " + kind(type)
                            + "; only ilastik's standard random forest can be used: choose it in ilastik and train again");
        }
        List<String> names = classifiers.groups().stream()
                .filter(n -> n.startsWith("Forest"))
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<List<VigraTree>> forests = new ArrayList<>();
        int[] labels = null;
        int columns = 0;
        for (String name : names) {
            StoredGroup forest = classifiers.group(name).orElseThrow();
            int[] own = forest.integers("_ext_param/labels")
                    .orElseThrow(() -> forest.broken("_ext_param/labels", "is missing"));
            if (labels != null && !Arrays.equals(own, labels)) {
                throw forest.broken("_ext_param/labels", "differ from those of the other forests");
            }
            labels = own;
            List<VigraTree> trees = trees(forest);
            columns = trees.get(0).topology()[0];
            forests.add(trees);
        }
        int[] known = classifiers.integers("known_labels").orElse(labels);
        if (known.length != labels.length) {
            throw classifiers.broken(
                    "known_labels", "has " + known.length + " classes, but the forests have " + labels.length);
        }
        try {
            return Optional.of(RandomForest.of(columns, known, forests));
        } catch (IllegalArgumentException e) {
            throw classifiers.broken(names.get(0), "and its companions are no sound forest: " + e.getMessage());
        }
    }

    private static String kind(String pickledType) {
        String[] lines = pickledType.split("\n");
        String kind = lines.length > 1 ? lines[1] : pickledType;
        return kind.length() > 80 ? kind.substring(0, 80) : kind;
    }

    private static List<VigraTree> trees(StoredGroup forest) throws IOException {
        List<String> names =
                forest.groups().stream().filter(n -> !n.startsWith("_")).toList();
        Optional<Double> count = forest.number("_options/tree_count_");
        int used = (int) Math.min(names.size(), Math.max(0, count.orElse((double) names.size())));
        if (count.isPresent() && count.get() > names.size()) {
            throw forest.broken("", "should hold " + count.get().intValue() + " trees, but holds " + names.size());
        }
        List<VigraTree> trees = new ArrayList<>();
        for (String name : names.subList(0, used)) {
            int[] topology = forest.integers(name + "/topology")
                    .orElseThrow(() -> forest.broken(name + "/topology", "is missing"));
            double[] parameters = forest.numbers(name + "/parameters")
                    .orElseThrow(() -> forest.broken(name + "/parameters", "is missing"));
            if (topology.length < 4) {
                throw forest.broken(name + "/topology", "is too short for a tree");
            }
            trees.add(new VigraTree(topology, parameters));
        }
        if (trees.isEmpty()) {
            throw forest.broken("", "holds no trees");
        }
        return trees;
    }
}
