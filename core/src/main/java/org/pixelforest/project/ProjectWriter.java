package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.hdf5.Node;
import org.pixelforest.image.Shape;

/**
 * Writes a project. What changed since it was read is written anew; all else, known here or not, is copied from the file it was
 * read from as it stands there.
 */
final class ProjectWriter {

    private static final String INFOS = "Input Data/infos";
    private static final String LABEL_SETS = "PixelClassification/LabelSets";
    private static final String BOOKMARKS = "PixelClassification/Bookmarks";

    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private final Project project;
    private final Hdf5Writer file;
    private final SafeFile.Steps steps;

    /** The file that is copied from and what was read from it; null for a project that has none. */
    private final Group old;

    private final Project base;

    /** Paths of the old file that are not copied. */
    private final Set<String> replaced = new HashSet<>();

    private ProjectWriter(Project project, Hdf5Writer file, Group old, Project base, SafeFile.Steps steps) {
        this.project = project;
        this.file = file;
        this.old = old;
        this.base = base;
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
                        new ProjectWriter(
                                        moved, writer, old.root(), origin.get().content(), steps)
                                .write();
                        writer.finish();
                    }
                } else {
                    new ProjectWriter(moved, writer, null, null, steps).write();
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
        if (base == null) {
            sections.add(this::head);
        }
        sections.addAll(lanes());
        sections.addAll(features());
        sections.addAll(classes());
        sections.addAll(forest());
        sections.addAll(export());
        sections.addAll(additions());
        if (!sections.isEmpty() && missing("PixelClassification/StorageVersion")) {
            sections.add(() -> file.write("PixelClassification/StorageVersion", "0.1"));
        }
        if (old != null) {
            file.copy(old, "/", path -> !replaced.contains(path));
        }
        for (Section section : sections) {
            steps.reached("section");
            section.write();
        }
    }

    /** A part that is written after what is kept was copied. */
    @FunctionalInterface
    private interface Section {
        void write() throws IOException;
    }

    private void head() throws IOException {
        file.write("ilastikVersion", project.version());
        file.write("workflowName", "Pixel Classification");
        file.write("time", CTIME.format(LocalDateTime.now()));
        file.write("currentApplet", Data.of(2L).scalar());
        file.write("Input Data/StorageVersion", "0.2");
        file.write("Input Data/Role Names", List.of("Raw Data", "Prediction Mask"));
        file.group("Input Data/local_data");
        file.group(INFOS);
        file.group(LABEL_SETS);
        file.group(BOOKMARKS);
        file.group(SectionWriter.FEATURES);
        if (project.forest().isEmpty()) {
            ForestWriter.writeFactory(file, 100, 8);
        }
    }

    private boolean missing(String path) throws IOException {
        return old == null || old.find(path).isEmpty();
    }

    private List<Section> lanes() throws IOException {
        List<Section> sections = new ArrayList<>();
        Map<Lane.Stored, Integer> before = new HashMap<>();
        for (int i = 0; base != null && i < base.lanes().size(); i++) {
            before.put(base.lanes().get(i).stored().orElseThrow(), i);
        }
        boolean inPlace = base != null && stored(project).equals(stored(base));
        for (Lane.Stored gone : inPlace ? Set.<Lane.Stored>of() : before.keySet()) {
            replaced.add("/" + INFOS + "/" + gone.info());
            replaced.add("/" + LABEL_SETS + "/" + gone.labels());
            replaced.add("/" + BOOKMARKS + "/" + number(before.get(gone)));
        }
        for (int i = 0; i < project.lanes().size(); i++) {
            Lane lane = project.lanes().get(i);
            Integer was = lane.stored().map(before::get).orElse(null);
            if (was == null) {
                LaneGroups groups = LaneGroups.of(i);
                sections.add(() -> newLane(lane, groups));
            } else {
                LaneGroups groups = inPlace ? LaneGroups.of(lane.stored().get(), i) : LaneGroups.of(i);
                sections.addAll(keptLane(lane, was, groups, inPlace));
            }
        }
        return sections;
    }

    private static List<Lane.Stored> stored(Project project) {
        return project.lanes().stream()
                .map(l -> l.stored().orElse(new Lane.Stored("", "")))
                .toList();
    }

    private static String number(int lane) {
        return String.format(Locale.ROOT, "%04d", lane);
    }

    /** Where a lane stands in the new file. */
    private record LaneGroups(String info, String labels, String bookmarks) {

        static LaneGroups of(int lane) {
            return of(new Lane.Stored("lane" + number(lane), String.format(Locale.ROOT, "labels%03d", lane)), lane);
        }

        static LaneGroups of(Lane.Stored names, int lane) {
            return new LaneGroups(
                    INFOS + "/" + names.info(), LABEL_SETS + "/" + names.labels(), BOOKMARKS + "/" + number(lane));
        }
    }

    private boolean roles() throws IOException {
        return base == null || !missing("Input Data/Role Names");
    }

    /** Whether places are named by kind, as ilastik does since 1.3.3. */
    private boolean kinds() {
        return base == null || !IlastikVersion.of(base.version()).orElseThrow().isBefore("1.3.3");
    }

    private void newLane(Lane lane, LaneGroups groups) throws IOException {
        LaneWriter writer = new LaneWriter(file);
        String raw = groups.info + (roles() ? "/Raw Data" : "");
        file.group(raw);
        writer.all(raw, lane);
        if (roles()) {
            String mask = groups.info + "/Prediction Mask";
            file.group(mask);
            if (lane.mask().kind() != ImageLocation.Kind.NONE) {
                writer.all(mask, lane.asMask());
            }
        }
        labels(lane, groups);
        if (base == null || !missing(BOOKMARKS)) {
            writer.noBookmarks(groups.bookmarks);
        }
    }

    private void labels(Lane lane, LaneGroups groups) throws IOException {
        file.group(groups.labels);
        IlastikVersion version = IlastikVersion.of(project.version()).orElseThrow();
        String order = LabelOrder.of(
                version, lane.axes(), lane.shape().orElse(lane.labels().shape()));
        LabelsWriter.write(file, groups.labels, lane.labels(), order);
    }

    private List<Section> keptLane(Lane lane, int was, LaneGroups groups, boolean inPlace) throws IOException {
        Lane before = base.lanes().get(was);
        LaneWriter writer = new LaneWriter(file);
        LaneGroups from = LaneGroups.of(before.stored().orElseThrow(), was);
        String role = !missing(from.info + "/Raw Data") ? "/Raw Data" : "";
        Set<String> members = new HashSet<>();
        List<Section> sections = new ArrayList<>();
        if (!lane.nickname().equals(before.nickname())) {
            members.addAll(SectionWriter.paths(from.info + role, "nickname"));
            sections.add(() -> writer.nickname(groups.info + role, lane));
        }
        if (!lane.location().equals(before.location())) {
            members.addAll(SectionWriter.paths(from.info + role, LaneWriter.PLACE));
            sections.add(() -> writer.place(groups.info + role, lane.location(), kinds()));
        }
        if (!lane.mask().equals(before.mask())) {
            String mask = "/Prediction Mask";
            members.addAll(SectionWriter.paths(from.info + mask, LaneWriter.PLACE));
            sections.add(() -> writer.place(groups.info + mask, lane.mask(), kinds()));
        }
        if (!lane.labels().equals(before.labels())) {
            for (String block : missing(from.labels)
                    ? List.<String>of()
                    : old.group(from.labels).names()) {
                members.addAll(SectionWriter.paths(from.labels, block));
            }
            sections.add(() -> labels(lane, groups));
        }
        replaced.addAll(members);
        if (!inPlace) {
            sections.add(0, () -> {
                keep(from.info, groups.info, members);
                keep(from.labels, groups.labels, members);
                keep(from.bookmarks, groups.bookmarks, members);
            });
        }
        return sections;
    }

    private void keep(String from, String to, Set<String> but) throws IOException {
        Optional<Node> node = old.find(from);
        if (node.isPresent()) {
            file.copy(node.get(), to, path -> !but.contains(path));
        }
    }

    private List<Section> features() throws IOException {
        if (base != null && project.features().equals(base.features())) {
            return List.of();
        }
        boolean flags = base == null || !impliedFlags();
        replaced.addAll(SectionWriter.paths(SectionWriter.FEATURES, SectionWriter.FEATURE_MEMBERS));
        return project.features().isEmpty()
                ? List.of()
                : List.of(() ->
                        new SectionWriter(file).features(project.features().get(), flags));
    }

    /** Old files have no flags for 2D; they stay so while the images' depth implies the same. */
    private boolean impliedFlags() throws IOException {
        boolean flat = project.lanes().stream().flatMap(l -> l.shape().stream()).allMatch(s -> s.z() == 1);
        return missing(SectionWriter.FEATURES + "/ComputeIn2d")
                && !missing(SectionWriter.FEATURES + "/Scales")
                && project.features().stream().flatMap(f -> f.scales().stream()).allMatch(s -> s.in2d() == flat);
    }

    private List<Section> classes() throws IOException {
        if (base != null && project.classes().equals(base.classes())) {
            return List.of();
        }
        replaced.addAll(SectionWriter.paths(SectionWriter.CLASSIFICATION, SectionWriter.CLASS_MEMBERS));
        return List.of(() -> new SectionWriter(file).classes(project.classes()));
    }

    private List<Section> forest() throws IOException {
        if (base != null && forestHash(project).equals(forestHash(base))) {
            return List.of();
        }
        replaced.add("/" + ForestWriter.FORESTS);
        if (project.forest().isEmpty()) {
            return List.of();
        }
        RandomForest forest = project.forest().get();
        replaced.add("/" + ForestWriter.FACTORY);
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
        if (base != null && settings.equals(storable(base.export()))) {
            return List.of();
        }
        replaced.addAll(SectionWriter.paths(SectionWriter.EXPORT, SectionWriter.EXPORT_MEMBERS));
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
        boolean nothing = base == null && project.additions().equals(Additions.NONE) && prints.isEmpty();
        boolean same =
                base != null && project.additions().equals(base.additions()) && prints.equals(fingerprints(base));
        if (nothing || same) {
            return List.of();
        }
        String images = StoredAdditions.GROUP + "/" + StoredAdditions.IMAGES;
        replaced.addAll(SectionWriter.paths(StoredAdditions.GROUP, SectionWriter.OWN_MEMBERS));
        replaced.add("/" + images);
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
