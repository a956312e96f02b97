package org.pixelforest.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pixelforest.export.ExportSettings;
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
     * @throws IOException when labels do not fit, or are not of two classes at least; the message names the file
     */
    public static NewProject of(
            List<DatasetPlace> images,
            List<DatasetPlace> labels,
            Optional<List<LabelClass>> classes,
            FeatureSelection features,
            Path folder)
            throws IOException {
        requireOnce(images, "images");
        requireOnce(labels, "label files");
        Optional<LabelTable> all = tableOfAll(labels);
        Pairing pairing = all.isPresent() ? new Pairing(List.of(), true) : Pairing.of(images, labels);
        List<Lane> lanes = new ArrayList<>();
        List<String> notes = new ArrayList<>();
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
            lanes.add(lane.withLabels(painted));
        }
        all.flatMap(table -> passedOver(table, images)).ifPresent(notes::add);
        int highest = requireTwoClasses(lanes, labels, classes.orElse(List.of()));
        Project project = Project.create()
                .withClasses(classes.orElse(ClassList.numbered(highest)))
                .withFeatures(features)
                .withLanes(lanes);
        if (lanes.stream().map(lane -> lane.shape().orElseThrow()).anyMatch(s -> s.z() > 1 || s.t() > 1)) {
            project = project.withExport(ExportSettings.IMC_STACKS);
        }
        return new NewProject(project, notes);
    }

    private static void requireOnce(List<DatasetPlace> places, String what) throws IOException {
        Set<DatasetPlace> once = new HashSet<>();
        for (DatasetPlace place : places) {
            if (!once.add(place)) {
                throw new IOException(place.file() + ": is named twice among the " + what);
            }
        }
    }

    private static Optional<String> passedOver(LabelTable table, List<DatasetPlace> images) {
        List<String> unknown = table.images().stream()
                .filter(name -> images.stream()
                        .noneMatch(image -> LabelTable.meant(
                                name, image.file().getFileName().toString())))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "lines of images that are not among --images are passed over: " + String.join(", ", unknown));
    }

    /** The highest class number that is labelled. */
    private static int requireTwoClasses(List<Lane> lanes, List<DatasetPlace> labels, List<LabelClass> classes)
            throws IOException {
        Set<Integer> found = new HashSet<>();
        int highest = 0;
        for (Lane lane : lanes) {
            long[] counts = lane.labels().counts();
            for (int k = 1; k < counts.length; k++) {
                if (counts[k] > 0) {
                    found.add(k);
                    highest = Math.max(highest, k);
                }
            }
        }
        String where = labels.get(0).file() + (labels.size() > 1 ? " and the other label files" : "");
        if (found.isEmpty()) {
            throw new IOException(
                    where + ": nothing is labelled on these images; label pixels of at least two classes");
        }
        if (found.size() == 1) {
            String name = highest <= classes.size() ? classes.get(highest - 1).name() : Integer.toString(highest);
            throw new IOException(where + ": only the class '" + name + "' is labelled; label pixels of a second one");
        }
        return highest;
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
