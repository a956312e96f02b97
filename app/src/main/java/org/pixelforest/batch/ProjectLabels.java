package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * What was painted on the images of a project, found by file and data set.
 *
 * @param file of the project, where its relative paths start
 */
public record ProjectLabels(Project project, Path file) implements LabelSource {

    @Override
    public Optional<Labels> labels(BatchImage image) {
        return project.lanes().stream()
                .filter(lane -> is(lane, image))
                .map(Lane::labels)
                .findFirst();
    }

    private boolean is(Lane lane, BatchImage image) {
        Path folder = file.toAbsolutePath().getParent();
        Optional<String> dataset = image.place().dataset();
        return lane.location().file(folder).filter(f -> same(f, image.file())).isPresent()
                && (dataset.isEmpty()
                        || lane.location().dataSet().isEmpty()
                        || inner(dataset).equals(inner(lane.location().dataSet())));
    }

    private static Optional<String> inner(Optional<String> dataset) {
        return dataset.map(d -> d.replaceAll("^/+|/+$", ""));
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.exists(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
