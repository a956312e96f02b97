package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pixelforest.project.FoundImage.Outcome;

/**
 * Finds the images of a project that was moved: where it says, else by the end of the path, else by name, else by content. The
 * order of images decides nothing. Where the content is known (a project saved by this program), no file of other content is ever
 * taken for an image; no file is taken for two.
 */
public final class ImageSearch {

    private static final int DEPTH = 8;

    /** Files looked at below the folders; larger trees are searched in part. */
    private static final int MOST_FILES = 200_000;

    private final Path projectFolder;
    private final List<Path> folders;

    /** Files below the folders by name, read once and only when needed. */
    private Map<String, List<Path>> byName;

    private ImageSearch(Path projectFolder, List<Path> folders) {
        this.projectFolder = projectFolder;
        this.folders = folders;
    }

    /**
     * Looks for the image of every lane.
     *
     * @param projectFolder the folder that relative paths start from
     * @param alsoIn more folders to search, with what is in them, before all that is in the project's folder
     * @return a finding for each lane, in their order
     */
    public static List<FoundImage> find(Project project, Path projectFolder, List<Path> alsoIn) throws IOException {
        List<Path> folders = new ArrayList<>(alsoIn);
        folders.add(projectFolder);
        ImageSearch search = new ImageSearch(projectFolder, folders);
        List<FoundImage> found = new ArrayList<>();
        for (Lane lane : project.lanes()) {
            found.add(search.find(lane));
        }
        return withoutDoubles(project.lanes(), found);
    }

    /** The project with the images that moved where they are now. */
    public static Project relocated(Project project, Path projectFolder, List<FoundImage> found) {
        Project relocated = project;
        for (int i = 0; i < found.size(); i++) {
            Lane lane = project.lanes().get(i);
            if (found.get(i).outcome() == Outcome.MOVED) {
                ImageLocation now = ImageLocation.of(
                        found.get(i).file().orElseThrow(), lane.location().dataSet(), projectFolder);
                relocated = relocated.withLane(i, lane.withLocation(now));
            }
        }
        return relocated;
    }

    private FoundImage find(Lane lane) throws IOException {
        Optional<Path> stated = lane.location().file(projectFolder);
        if (stated.isEmpty()) {
            return FoundImage.without(Outcome.NO_FILE);
        }
        boolean there = Files.isRegularFile(stated.get()) || lane.fingerprint().isEmpty() && Files.exists(stated.get());
        if (there && isContent(lane, stated.get())) {
            return FoundImage.at(Outcome.IN_PLACE, stated.get());
        }
        Optional<Path> byPath = byEndOfPath(lane, stated.get());
        if (byPath.isPresent()) {
            return FoundImage.at(Outcome.MOVED, byPath.get());
        }
        FoundImage elsewhere = byName(lane, stated.get());
        return there && elsewhere.outcome() != Outcome.MOVED ? FoundImage.at(Outcome.CHANGED, stated.get()) : elsewhere;
    }

    /** Whether a file may be the image; without a fingerprint, its place must speak for it. */
    private static boolean isContent(Lane lane, Path file) throws IOException {
        if (lane.fingerprint().isEmpty()) {
            return true;
        }
        Fingerprint wanted = lane.fingerprint().get();
        return wanted.isCurrent(file) || wanted.matches(file);
    }

    /** Longest part of the stated path, two names at least, that exists below one of the folders. */
    private Optional<Path> byEndOfPath(Lane lane, Path stated) throws IOException {
        int names = stated.getNameCount();
        for (int length = names; length >= 2; length--) {
            Path end = stated.subpath(names - length, names);
            for (Path folder : folders) {
                Path file = folder.resolve(end).normalize();
                if (!file.equals(stated) && Files.isRegularFile(file) && isContent(lane, file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private FoundImage byName(Lane lane, Path stated) throws IOException {
        List<Path> named = new ArrayList<>();
        for (Path file : files().getOrDefault(stated.getFileName().toString(), List.of())) {
            if (!file.equals(stated) && isContent(lane, file)) {
                named.add(file);
            }
        }
        if (named.size() == 1 || !named.isEmpty() && lane.fingerprint().isPresent()) {
            return FoundImage.at(Outcome.MOVED, named.get(0));
        }
        if (!named.isEmpty()) {
            return FoundImage.ambiguous(named);
        }
        return lane.fingerprint().isPresent()
                ? byContent(lane.fingerprint().get())
                : FoundImage.without(Outcome.MISSING);
    }

    private FoundImage byContent(Fingerprint wanted) throws IOException {
        List<Path> same = new ArrayList<>();
        for (List<Path> files : files().values()) {
            for (Path file : files) {
                if (wanted.matches(file)) {
                    same.add(file);
                }
            }
        }
        return switch (same.size()) {
            case 0 -> FoundImage.without(Outcome.MISSING);
            case 1 -> FoundImage.at(Outcome.MOVED, same.get(0));
            default -> FoundImage.ambiguous(same);
        };
    }

    private Map<String, List<Path>> files() throws IOException {
        if (byName == null) {
            FileNames names = new FileNames();
            for (Path folder : folders) {
                if (Files.isDirectory(folder)) {
                    // People keep their data elsewhere and link to it; links in a circle end as failures.
                    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, names);
                }
            }
            byName = names.byName;
        }
        return byName;
    }

    private static final class FileNames extends SimpleFileVisitor<Path> {

        private final Map<String, List<Path>> byName = new TreeMap<>();
        /** Files by name and place on the disk: one that is reached by two ways is one. */
        private final Set<String> seen = new HashSet<>();

        private int left = MOST_FILES;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            boolean hidden = name != null && name.toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            boolean known = attributes.fileKey() != null && !seen.add(name + "\n" + attributes.fileKey());
            if (attributes.isRegularFile() && !known) {
                List<Path> same = byName.computeIfAbsent(name, n -> new ArrayList<>());
                Path normal = file.normalize();
                if (!same.contains(normal)) {
                    same.add(normal);
                }
            }
            return --left > 0 ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** Two lanes of different images must not end up on one: then a person must choose for both. */
    private static List<FoundImage> withoutDoubles(List<Lane> lanes, List<FoundImage> found) {
        Map<String, List<Integer>> users = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).file().isPresent()) {
                String image = found.get(i).file().get() + "\n"
                        + lanes.get(i).location().dataSet().orElse("");
                users.computeIfAbsent(image, k -> new ArrayList<>()).add(i);
            }
        }
        List<FoundImage> single = new ArrayList<>(found);
        for (List<Integer> same : users.values()) {
            long stated =
                    same.stream().map(i -> lanes.get(i).location()).distinct().count();
            for (int i : same) {
                if (stated > 1 && found.get(i).outcome() == Outcome.MOVED) {
                    single.set(
                            i, FoundImage.ambiguous(List.of(found.get(i).file().get())));
                }
            }
        }
        return single;
    }
}
