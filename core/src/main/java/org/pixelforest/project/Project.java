package org.pixelforest.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/**
 * What an .ilp file says. Immutable; images are named, never opened, so that missing ones are no obstacle.
 *
 * @param version of ilastik that the file states, e.g. {@code "1.4.0"}
 * @param lanes the images in order
 * @param features the ticked features, if any were chosen yet
 * @param classes in order; class number k is {@code classes.get(k - 1)}
 * @param forest the trained forest, if the file has one that fits its features and classes
 * @param export settings of the prediction export; fields that the file leaves open are empty
 * @param additions what this program keeps beside them
 * @param remarks sentences on what was passed over in the file, for people to read
 * @param file where the project was read from or written to; empty for a new one
 */
public record Project(
        String version,
        List<Lane> lanes,
        Optional<FeatureSelection> features,
        List<LabelClass> classes,
        Optional<RandomForest> forest,
        ExportSettings export,
        Additions additions,
        List<String> remarks,
        Optional<ProjectFile> file) {

    /** The version that new projects state: every later ilastik opens it. */
    static final String NEW_VERSION = "1.4.0";

    public Project {
        lanes = List.copyOf(lanes);
        classes = List.copyOf(classes);
        remarks = List.copyOf(remarks);
        if (classes.size() > Labels.MAX_CLASSES) {
            throw new IllegalArgumentException("a project may have 99 classes (got: " + classes.size() + ")");
        }
    }

    /** A new project for tissue images: every filter from sigma 1 up, three classes, the exports that segmentation reads. */
    public static Project create() {
        return new Project(
                NEW_VERSION,
                List.of(),
                Optional.of(FeatureSelection.from(1)),
                LabelClass.TISSUE,
                Optional.empty(),
                ExportSettings.IMC,
                Additions.NONE,
                List.of(),
                Optional.empty());
    }

    /**
     * Reads a project; the file is closed afterwards and never written to.
     *
     * @throws org.pixelforest.image.BrokenFileException when the file contradicts itself
     * @throws org.pixelforest.image.UnsupportedFileException when it is a project of another kind
     * @throws IOException when it cannot be read or is no HDF5 file; the message names the file and says what is wrong
     */
    public static Project read(Path ilp) throws IOException {
        return ProjectReader.read(ilp);
    }

    /**
     * Saves the project. What changed since it was read is written anew, all else, known here or not, is kept as it stands in
     * the file it was read from. The file is replaced at once, through crash or loss of power; the old one stays as
     * {@code NAME.bak}. Paths of images are stated relative to the new place.
     *
     * @return this project as it stands in the file now: save that one next time
     * @throws IOException when it cannot be written, or when another program changed the file since it was read; then nothing
     *     is changed
     */
    public Project write(Path ilp) throws IOException {
        return ProjectWriter.write(this, ilp, SafeFile.Steps.SILENT);
    }

    /**
     * What classifies pixels, if features and a forest are stored.
     *
     * <p>How many channels images must have is taken from the lanes, or, where none states it, from the forest.
     */
    public Optional<PixelClassifier> classifier() {
        if (features.isEmpty() || forest.isEmpty()) {
            return Optional.empty();
        }
        return channels()
                .map(c -> new PixelClassifier(
                        classes,
                        features.get(),
                        forest.get(),
                        additions.channelNames().size() == c ? additions.channelNames() : List.of(),
                        c));
    }

    /** What made the stored classifier: as this program noted it, else what the file tells of a classifier of ilastik's. */
    public Optional<ModelCard> modelCard() {
        return additions.modelCard().or(() -> classifier()
                .map(c -> ModelCard.of("ilastik " + version, c, Optional.of(labelsSha256()), Optional.empty(), "")));
    }

    /**
     * SHA-256 of all labels as 64 hexadecimal digits: of the hashes of the lanes that have labels ({@link Labels#sha256}), sorted,
     * as text one behind the other. The order of lanes does not count.
     */
    public String labelsSha256() {
        String hashes = lanes.stream()
                .filter(l -> !l.labels().isEmpty())
                .map(l -> l.labels().sha256())
                .sorted()
                .collect(Collectors.joining());
        return Fingerprint.sha256(hashes.getBytes(StandardCharsets.US_ASCII));
    }

    /** How many channels the images have; empty when neither a lane nor a forest tells. */
    public Optional<Integer> channels() {
        return FeatureColumns.channels(lanes, features, forest);
    }

    public Project withLanes(List<Lane> newLanes) {
        return new Project(version, newLanes, features, classes, forest, export, additions, remarks, file);
    }

    /** This project with another lane in place {@code index}. */
    public Project withLane(int index, Lane lane) {
        List<Lane> changed = new ArrayList<>(lanes);
        changed.set(index, lane);
        return withLanes(changed);
    }

    /** This project with other features. The forest goes if they differ: its columns would mean other things. */
    public Project withFeatures(FeatureSelection selection) {
        Optional<FeatureSelection> chosen = Optional.of(selection);
        boolean same = chosen.equals(features);
        return new Project(
                version, lanes, chosen, classes, same ? forest : Optional.empty(), export, additions, remarks, file);
    }

    /** This project with other classes; the caller sees to the labels, and drops the forest if numbers change. */
    public Project withClasses(List<LabelClass> newClasses) {
        return new Project(version, lanes, features, newClasses, forest, export, additions, remarks, file);
    }

    public Project withForest(RandomForest trained) {
        return new Project(version, lanes, features, classes, Optional.of(trained), export, additions, remarks, file);
    }

    /** This project without its forest, as after a change that makes it stale. */
    public Project withoutForest() {
        return new Project(
                version,
                lanes,
                features,
                classes,
                Optional.empty(),
                export,
                additions.withModelCard(Optional.empty()),
                remarks,
                file);
    }

    public Project withExport(ExportSettings settings) {
        return new Project(version, lanes, features, classes, forest, settings, additions, remarks, file);
    }

    public Project withAdditions(Additions newAdditions) {
        return new Project(version, lanes, features, classes, forest, export, newAdditions, remarks, file);
    }

    /** This project, changed since {@code written} of it was written: the next save compares with that. Its lanes and classes are those of the file. */
    public Project since(Project written) {
        return new Project(
                version, written.lanes, features, written.classes, forest, export, additions, remarks, written.file);
    }

    Project withFile(ProjectFile newFile) {
        return new Project(version, lanes, features, classes, forest, export, additions, remarks, Optional.of(newFile));
    }

    /** This project as it was read, without the memory of that. */
    Project withoutFile() {
        return new Project(version, lanes, features, classes, forest, export, additions, remarks, Optional.empty());
    }
}
