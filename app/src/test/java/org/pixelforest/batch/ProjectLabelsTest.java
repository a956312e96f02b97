package org.pixelforest.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.label.Labels;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

class ProjectLabelsTest {

    @TempDir
    private Path folder;

    private Lane lane(Path file, String dataset, int width) {
        Shape shape = Shape.of(1, 8, width);
        return Lane.of(dataset, ImageLocation.of(file, Optional.of(dataset), folder), "yx", shape, "id-" + dataset)
                .withLabels(Labels.empty(shape));
    }

    @Test
    void imagesOfOneFileAreToldApartByTheirDataSets() throws IOException {
        Path file = Files.createFile(folder.resolve("both.h5"));
        Project project = Project.create().withLanes(List.of(lane(file, "first", 16), lane(file, "second", 32)));
        ProjectLabels labels = new ProjectLabels(project, folder.resolve("a.ilp"));
        assertThat(width(labels, DatasetPlace.of(file + "/second"))).isEqualTo(32);
        assertThat(width(labels, DatasetPlace.of(file + "/first"))).isEqualTo(16);
        assertThat(labels.labels(BatchImage.of(DatasetPlace.of(file + "/third"))))
                .isEmpty();
    }

    private static int width(ProjectLabels labels, DatasetPlace place) {
        return labels.labels(BatchImage.of(place)).orElseThrow().shape().x();
    }
}
