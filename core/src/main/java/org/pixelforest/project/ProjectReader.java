package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/** Reads an .ilp file of ilastik 0.6 to today's, or of this program. */
final class ProjectReader {

    private static final String PIXEL_CLASSIFICATION = "Pixel Classification";

    private final Path file;
    private final StoredGroup root;
    private final IlastikVersion version;
    private final List<String> remarks = new ArrayList<>();

    private ProjectReader(Path file, StoredGroup root) throws IOException {
        this.file = file;
        this.root = root;
        version = version();
    }

    static Project read(Path file) throws IOException {
        BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            StoredGroup root = new StoredGroup(file, hdf5.root(), new ReadBudget(before.size()));
            Project project = new ProjectReader(file, root).project();
            return project.withFile(ProjectFile.of(file, before, project));
        }
    }

    private Project project() throws IOException {
        requirePixelClassification();
        List<Lane> lanes = lanes();
        Optional<FeatureSelection> features = features(lanes);
        Optional<RandomForest> forest = Optional.empty();
        Optional<StoredGroup> classifiers = root.group("PixelClassification/ClassifierForests");
        if (classifiers.isPresent()) {
            forest = StoredForest.read(classifiers.get(), file);
        }
        List<LabelClass> classes = classes(lanes, forest);
        forest = usable(forest, classes, features, lanes);
        Optional<StoredGroup> export = root.group("Prediction Export");
        ExportSettings settings = export.isPresent() ? StoredExport.read(export.get(), remarks) : ExportSettings.NONE;
        Optional<StoredGroup> own = root.group(StoredAdditions.GROUP);
        Additions additions = Additions.NONE;
        if (own.isPresent()) {
            additions = StoredAdditions.read(own.get(), forest, remarks);
            lanes = StoredAdditions.withFingerprints(own.get(), lanes);
        }
        return new Project(
                version.text(), lanes, features, classes, forest, settings, additions, remarks, Optional.empty());
    }

    private IlastikVersion version() throws IOException {
        Optional<String> text = root.text("ilastikVersion");
        if (text.isEmpty()) {
            boolean project = root.group("Input Data").isPresent()
                    || root.group("PixelClassification").isPresent();
            boolean ancient = root.group().find("Project").isPresent()
                    || root.group().find("DataSets").isPresent();
            if (project || ancient) {
                throw new UnsupportedFileException(
                        file,
                        "states no ilastik version, as projects of ilastik 0.5 did; open it in ilastik once, which"
                                + " converts it");
            }
            throw new BrokenFileException(file, "is no ilastik project: it states neither version nor workflow");
        }
        return IlastikVersion.of(text.get())
                .orElseThrow(() -> root.broken("ilastikVersion", "is no version: " + text.get()));
    }

    private void requirePixelClassification() throws IOException {
        String workflow = root.text("workflowName").orElse(PIXEL_CLASSIFICATION);
        if (!workflow.equals(PIXEL_CLASSIFICATION)) {
            String article = workflow.matches("(?i)[aeiou].*") ? "an " : "a ";
            throw new UnsupportedFileException(
                    file, "is " + article + workflow + " project; only Pixel Classification projects can be used here");
        }
        if (version.major() > 1) {
            throw new UnsupportedFileException(
                    file, "was written by ilastik " + version.text() + "; versions up to 1.x can be read");
        }
        requireStorage("Input Data", "0.2", "0.1");
        requireStorage("FeatureSelections", "0.1");
        requireStorage("PixelClassification", "0.1");
    }

    private void requireStorage(String group, String... known) throws IOException {
        Optional<StoredGroup> stored = root.group(group);
        Optional<String> storage = stored.isPresent() ? stored.get().text("StorageVersion") : Optional.empty();
        if (storage.isPresent() && !List.of(known).contains(storage.get())) {
            throw new UnsupportedFileException(
                    file,
                    "stores its " + group + " in version " + storage.get() + ", which this program does not know");
        }
    }

    private List<Lane> lanes() throws IOException {
        List<Lane> lanes = new ArrayList<>();
        Optional<StoredGroup> infos = root.group("Input Data/infos");
        if (infos.isEmpty()) {
            return lanes;
        }
        Optional<StoredGroup> labelSets = root.group("PixelClassification/LabelSets");
        List<String> names = infos.get().groups();
        for (int i = 0; i < names.size(); i++) {
            String labelsName = labelsName(labelSets, i);
            Optional<StoredGroup> labels =
                    labelSets.isPresent() ? labelSets.get().group(labelsName) : Optional.empty();
            StoredGroup lane = infos.get().group(names.get(i)).orElseThrow();
            lanes.add(new LaneReader(version, lane).read(names.get(i), labelsName, labels));
        }
        return lanes;
    }

    /** The group of a lane's labels; its number counts, not its place, which is another one from the 1000th lane on. */
    private static String labelsName(Optional<StoredGroup> labelSets, int lane) throws IOException {
        if (labelSets.isPresent()) {
            for (String name : labelSets.get().groups()) {
                if (name.matches("labels0*" + lane)) {
                    return name;
                }
            }
        }
        return String.format(Locale.ROOT, "labels%03d", lane);
    }

    private Optional<FeatureSelection> features(List<Lane> lanes) throws IOException {
        Optional<StoredGroup> group = root.group("FeatureSelections");
        if (group.isEmpty()) {
            return Optional.empty();
        }
        boolean flat = lanes.stream().flatMap(l -> l.shape().stream()).allMatch(s -> s.z() == 1);
        return StoredFeatures.read(group.get(), file, flat);
    }

    private List<LabelClass> classes(List<Lane> lanes, Optional<RandomForest> forest) throws IOException {
        Optional<StoredGroup> group = root.group("PixelClassification");
        Optional<List<String>> names = group.isPresent() ? group.get().texts("LabelNames") : Optional.empty();
        Optional<int[]> colours = Optional.empty();
        if (group.isPresent()
                && group.get().shape("LabelColors").length == 2
                && group.get().shape("LabelColors")[1] == 3) {
            colours = group.get().integers("LabelColors");
        }
        int count = names.map(List::size).orElseGet(() -> highest(lanes, forest));
        if (count > Labels.MAX_CLASSES) {
            throw root.broken("PixelClassification/LabelNames", "names " + count + " classes; 99 are possible");
        }
        List<LabelClass> classes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            String name = names.isPresent() ? names.get().get(k) : "";
            int place = 3 * k;
            int rgb = colours.filter(c -> place + 2 < c.length)
                    .map(c -> (c[place] & 0xff) << 16 | (c[place + 1] & 0xff) << 8 | c[place + 2] & 0xff)
                    .orElse(DefaultColours.of(k));
            classes.add(new LabelClass(name.isBlank() ? "Label " + (k + 1) : name, rgb));
        }
        return classes;
    }

    private static int highest(List<Lane> lanes, Optional<RandomForest> forest) {
        int painted = lanes.stream().mapToInt(l -> l.labels().highest()).max().orElse(0);
        int trained = forest.map(f -> IntStream.of(f.labels()).max().orElse(0)).orElse(0);
        return Math.max(painted, trained);
    }

    /** A forest that does not fit the rest is stale: it is passed over, as ilastik does, and can be trained again. */
    private Optional<RandomForest> usable(
            Optional<RandomForest> forest,
            List<LabelClass> classes,
            Optional<FeatureSelection> features,
            List<Lane> lanes) {
        if (forest.isEmpty()) {
            return forest;
        }
        if (IntStream.of(forest.get().labels()).anyMatch(k -> k > classes.size())) {
            remarks.add(
                    "The stored classifier knows more classes than the project names and is passed over; train again.");
            return Optional.empty();
        }
        Optional<Integer> channels =
                features.isEmpty() ? Optional.empty() : FeatureColumns.channels(lanes, features, forest);
        if (channels.isEmpty()) {
            remarks.add("The stored classifier has " + forest.get().features()
                    + " feature channels, which does not fit the ticked features; it is passed over; train again.");
            return Optional.empty();
        }
        Optional<Shape> image = lanes.stream().flatMap(l -> l.shape().stream()).findFirst();
        if (image.isPresent() && image.get().c() != channels.get()) {
            remarks.add("The stored classifier was trained on images of " + channels.get()
                    + " channels, but the images have " + image.get().c() + "; train again to use these.");
        }
        return forest;
    }
}
