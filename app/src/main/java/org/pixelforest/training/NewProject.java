package org.pixelforest.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * A project made of images and what was labelled on them elsewhere.
 *
 * @param notes sentences for people: which labels belong to which image
 */
public record NewProject(Project project, List<String> notes) {

    public NewProject {
        notes = List.copyOf(notes);
    }

    /**
     * @param labels label images ({@link LabelImage}) or tables ({@link LabelTable}), in the order of the images or named like them; one
     *     table may hold the labels of all
     * @param classes if they are named; otherwise they are called Label 1, Label 2 …
     * @param folder of the project, from which paths are counted
     */
    public static NewProject of(
            List<DatasetPlace> images,
            List<DatasetPlace> labels,
            Optional<List<LabelClass>> classes,
            FeatureSelection features,
            Path folder)
            throws IOException {
        Set<DatasetPlace> once = new HashSet<>();
        for (DatasetPlace image : images) {
            if (!once.add(image)) {
                throw new IOException(image.file() + ": is named twice among the images");
            }
        }
        Optional<LabelTable> all = tableOfAll(labels);
        Pairing pairing = all.isPresent() ? new Pairing(List.of(), true) : Pairing.of(images, labels);
        List<Lane> lanes = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int highest = 0;
        for (int i = 0; i < images.size(); i++) {
            Lane lane = NewLanes.of(images.get(i).file(), images.get(i).dataset(), folder);
            Optional<DatasetPlace> own =
                    all.isPresent() ? Optional.empty() : pairing.labels().get(i);
            Labels painted = all.isPresent()
                    ? all.get()
                            .labels(
                                    images.get(i).file().getFileName().toString(),
                                    lane.shape().orElseThrow(),
                                    classes.orElse(List.of()))
                    : own.isPresent() ? labels(own.get(), lane, classes.orElse(List.of())) : lane.labels();
            int most = classes.map(List::size).orElse(Labels.MAX_CLASSES);
            if (painted.highest() > most) {
                throw new IOException(
                        own.map(DatasetPlace::file).orElse(labels.get(0).file()) + ": holds class " + painted.highest()
                                + ", but --classes names " + most);
            }
            notes.add(lane.nickname() + ": " + painted.count() + " labelled pixels"
                    + own.map(o -> " of " + o.file() + (pairing.byName() ? "" : " (paired by order)"))
                            .orElse(""));
            highest = Math.max(highest, painted.highest());
            lanes.add(lane.withLabels(painted));
        }
        Project project = Project.create()
                .withClasses(classes.orElse(ClassList.numbered(Math.max(2, highest))))
                .withFeatures(features)
                .withLanes(lanes);
        return new NewProject(project, notes);
    }

    private static Optional<LabelTable> tableOfAll(List<DatasetPlace> labels) throws IOException {
        if (labels.size() == 1 && LabelTable.isTable(labels.get(0).file())) {
            return Optional.of(LabelTable.read(labels.get(0).file())).filter(LabelTable::namesImages);
        }
        return Optional.empty();
    }

    private static Labels labels(DatasetPlace place, Lane lane, List<LabelClass> classes) throws IOException {
        return LabelTable.isTable(place.file())
                ? LabelTable.read(place.file())
                        .labels(lane.nickname(), lane.shape().orElseThrow(), classes)
                : LabelImage.read(place, lane.shape().orElseThrow(), lane.nickname());
    }
}
