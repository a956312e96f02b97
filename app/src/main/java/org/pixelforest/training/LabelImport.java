package org.pixelforest.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/** Brings labels from a label image or a table into a project. */
public final class LabelImport {

    private LabelImport() {}

    /**
     * The project with the labels of a file on one of its images, without a forest: that would be stale.
     *
     * @param file of the project, for messages
     * @param nickname of the image
     * @param replace take off the labels that the image has; otherwise the new ones are painted over them
     */
    public static Project of(Project project, Path file, String nickname, DatasetPlace labels, boolean replace)
            throws IOException {
        List<Integer> named = IntStream.range(0, project.lanes().size())
                .filter(i -> project.lanes().get(i).nickname().equals(nickname))
                .boxed()
                .toList();
        if (named.size() != 1) {
            String all = project.lanes().stream().map(Lane::nickname).collect(Collectors.joining(", "));
            throw new IOException(file + ": " + (named.isEmpty() ? "has no image " : "has more than one image ")
                    + nickname + "; the images are " + all);
        }
        Lane lane = project.lanes().get(named.get(0));
        Shape shape = lane.shape()
                .orElseThrow(() -> new IOException(file + ": does not state the size of image " + nickname
                        + "; open the project and save it once"));
        Labels painted = LabelTable.isTable(labels.file())
                ? LabelTable.read(labels.file()).labels(nickname, shape, project.classes())
                : LabelImage.read(labels, shape, nickname);
        if (painted.highest() > project.classes().size()) {
            throw new IOException(labels.file() + ": holds class " + painted.highest() + ", but the project has "
                    + project.classes().size() + " classes");
        }
        if (painted.isEmpty() && !replace) {
            throw new IOException(labels.file() + ": labels no pixel of image " + nickname
                    + ", so there is nothing to import; --replace takes off the labels that are there");
        }
        Labels under = replace ? Labels.empty(shape) : lane.labels();
        return project.withLane(named.get(0), lane.withLabels(under.with(painted)))
                .withoutForest();
    }
}
