package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.image.Shape;
import org.pixelforest.project.Revision.Section;

/**
 * Writes a project. What changed since it was read is written anew; all else, known here or not, is copied from the file it was
 * read from as it stands there.
 */
final class ProjectWriter {

    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private final Revision revision;
    private final Project project;
    private final Hdf5Writer file;
    private final SafeFile.Steps steps;

    private ProjectWriter(Revision revision, Hdf5Writer file, SafeFile.Steps steps) {
        this.revision = revision;
        this.project = revision.project();
        this.file = file;
        this.steps = steps;
    }

    static Project write(Project project, Path path, SafeFile.Steps steps) throws IOException {
        Path target = path.toAbsolutePath().normalize();
        Optional<ProjectFile> origin = origin(project, target);
        Project moved = MovedPaths.moved(project, target.getParent());
        try (SafeFile safe = new SafeFile(target, steps)) {
            steps.reached("begin");
            try (Hdf5Writer writer = Hdf5Writer.create(safe.draft())) {
                if (origin.isPresent()) {
                    try (Hdf5File old = Hdf5File.open(origin.get().path())) {
                        new ProjectWriter(Revision.of(moved, origin.get().content(), old.root()), writer, steps)
                                .write();
                        writer.finish();
                    }
                } else {
                    new ProjectWriter(Revision.first(moved), writer, steps).write();
                    writer.finish();
                }
            }
            Project written = verified(moved, safe.draft());
            safe.commit();
            return written.withFile(ProjectFile.of(
                    target, Files.readAttributes(target, BasicFileAttributes.class), written.withoutFile()));
        }
    }

    /** The file to copy from: the one the project was read from, if it still is as it was. */
    private static Optional<ProjectFile> origin(Project project, Path target) throws IOException {
        if (project.file().isEmpty()) {
            return Optional.empty();
        }
        ProjectFile origin = project.file().get();
        if (origin.unchanged()) {
            return project.file();
        }
        if (origin.path().equals(target) && Files.exists(target)) {
            throw new IOException(
                    target
                            + ": was changed by another program since it was opened here; save under another name to keep both");
        }
        if (project.lanes().stream().anyMatch(l -> l.location().kind() == ImageLocation.Kind.EMBEDDED)) {
            throw new IOException(origin.path()
                    + ": was changed or removed since it was opened; the images that it holds cannot be saved with the"
                    + " project");
        }
        return Optional.empty();
    }

    /** Reads the draft back: what cannot be read again never replaces what can. */
    private static Project verified(Project meant, Path draft) throws IOException {
        Project read = ProjectReader.read(draft);
        boolean same = read.classes().equals(meant.classes())
                && read.features().equals(meant.features())
                && forestHash(read).equals(forestHash(meant))
                && read.lanes().size() == meant.lanes().size();
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; same && i < meant.lanes().size(); i++) {
            Lane lane = meant.lanes().get(i);
            Lane back = read.lanes().get(i);
            same = lane.location().equals(back.location())
                    && lane.labels().sha256().equals(back.labels().sha256());
            lanes.add(lane.withStored(back.stored().orElseThrow()));
        }
        if (!same) {
            throw new IOException(draft + ": reads back differently than it was written; the project was not saved");
        }
        return meant.withLanes(lanes);
    }

    private static Optional<String> forestHash(Project project) {
        return project.forest().map(RandomForest::sha256);
    }

    private void write() throws IOException {
        List<Section> sections = new ArrayList<>();
        if (revision.isFirst()) {
            sections.add(this::head);
        }
        sections.addAll(new LanesWriter(revision, file).sections());
        sections.addAll(features());
        sections.addAll(classes());
        sections.addAll(forest());
        sections.addAll(export());
        sections.addAll(additions());
        if (!sections.isEmpty() && revision.lacks("PixelClassification/StorageVersion")) {
            sections.add(() -> file.write("PixelClassification/StorageVersion", "0.1"));
        }
        revision.copyKept(file);
        for (Section section : sections) {
            steps.reached("section");
            section.write();
        }
    }

    private void head() throws IOException {
        file.write("ilastikVersion", project.version());
        file.write("workflowName", "Pixel Classification");
        file.write("time", CTIME.format(LocalDateTime.now()));
        file.write("currentApplet", Data.of(2L).scalar());
        file.write("Input Data/StorageVersion", "0.2");
        file.write("Input Data/Role Names", List.of("Raw Data", "Prediction Mask"));
        file.group("Input Data/local_data");
        file.group(LanesWriter.INFOS);
        file.group(LanesWriter.LABEL_SETS);
        file.group(LanesWriter.BOOKMARKS);
        file.group(SectionWriter.FEATURES);
        if (project.forest().isEmpty()) {
            ForestWriter.writeFactory(file, 100, 8);
        }
    }

    private List<Section> features() throws IOException {
        if (revision.keeps(Project::features)) {
            return List.of();
        }
        boolean flags = revision.isFirst() || !impliedFlags();
        revision.replace(SectionWriter.paths(SectionWriter.FEATURES, SectionWriter.FEATURE_MEMBERS));
        return project.features().isEmpty()
                ? List.of()
                : List.of(() ->
                        new SectionWriter(file).features(project.features().get(), flags));
    }

    /** Old files have no flags for 2D; they stay so while the images' depth implies the same. */
    private boolean impliedFlags() throws IOException {
        boolean flat = project.lanes().stream().flatMap(l -> l.shape().stream()).allMatch(s -> s.z() == 1);
        return revision.lacks(SectionWriter.FEATURES + "/ComputeIn2d")
                && !revision.lacks(SectionWriter.FEATURES + "/Scales")
                && project.features().stream().flatMap(f -> f.scales().stream()).allMatch(s -> s.in2d() == flat);
    }

    private List<Section> classes() throws IOException {
        if (revision.keeps(Project::classes)) {
            return List.of();
        }
        revision.replace(SectionWriter.paths(SectionWriter.CLASSIFICATION, SectionWriter.CLASS_MEMBERS));
        return List.of(() -> new SectionWriter(file).classes(project.classes()));
    }

    private List<Section> forest() throws IOException {
        if (revision.keeps(ProjectWriter::forestHash)) {
            return List.of();
        }
        revision.replace("/" + ForestWriter.FORESTS);
        if (project.forest().isEmpty()) {
            return List.of();
        }
        RandomForest forest = project.forest().get();
        revision.replace("/" + ForestWriter.FACTORY);
        return List.of(() -> {
            ForestWriter.write(file, forest, columnNames(forest));
            ForestWriter.writeFactory(file, forest.trees(), forest.vigraTrees().size());
        });
    }

    private List<String> columnNames(RandomForest forest) {
        int channels = project.channels().orElse(1);
        Shape image = project.lanes().stream()
                .flatMap(l -> l.shape().stream())
                .findFirst()
                .orElse(Shape.of(channels, 1000, 1000));
        List<String> names = project.features()
                .map(f -> f.names(image.withChannels(channels)))
                .orElse(List.of());
        if (names.size() == forest.features()) {
            return names;
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < forest.features(); i++) {
            numbers.add("Feature [" + i + "]");
        }
        return numbers;
    }

    private List<Section> export() {
        ExportSettings settings = storable(project.export());
        if (revision.keeps(p -> storable(p.export()))) {
            return List.of();
        }
        revision.replace(SectionWriter.paths(SectionWriter.EXPORT, SectionWriter.EXPORT_MEMBERS));
        return List.of(() -> new SectionWriter(file).export(settings));
    }

    /** Without what ilastik chooses anew each time. */
    private static ExportSettings storable(ExportSettings s) {
        return new ExportSettings(
                Optional.empty(),
                s.format(),
                s.type(),
                s.axes(),
                s.inputRange(),
                s.outputRange(),
                s.fileName(),
                s.innerPath(),
                s.cutout(),
                Optional.empty());
    }

    private List<Section> additions() throws IOException {
        Map<String, Fingerprint> prints = fingerprints(project);
        boolean nothing = revision.isFirst() && project.additions().equals(Additions.NONE) && prints.isEmpty();
        if (nothing || revision.keeps(Project::additions) && revision.keeps(ProjectWriter::fingerprints)) {
            return List.of();
        }
        String images = StoredAdditions.GROUP + "/" + StoredAdditions.IMAGES;
        revision.replace(SectionWriter.paths(StoredAdditions.GROUP, SectionWriter.OWN_MEMBERS));
        revision.replace("/" + images);
        return List.of(() -> {
            new SectionWriter(file).additions(project.additions());
            for (Map.Entry<String, Fingerprint> image : prints.entrySet()) {
                String path = images + "/" + image.getKey();
                file.write(path + "/Size", Data.of(image.getValue().size()).scalar());
                file.write(path + "/Sha256", image.getValue().sha256());
                file.write(path + "/Stamp", image.getValue().stamp());
            }
        });
    }

    private static Map<String, Fingerprint> fingerprints(Project project) {
        Map<String, Fingerprint> prints = new TreeMap<>();
        for (Lane lane : project.lanes()) {
            if (lane.fingerprint().isPresent() && StoredAdditions.canName(lane.id())) {
                prints.put(lane.id(), lane.fingerprint().get());
            }
        }
        return prints;
    }
}
