package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The folders that the user named; files elsewhere are neither listed nor opened. Safe for several threads. */
final class Roots {

    /** A named folder as the page lists it. */
    record Root(String name, String path) {}

    /** What the program itself writes beside a study; nothing else of such a folder is seen. */
    private static final String OWN_FILE = "(?i).+(\\.ilp|_Labels\\.tiff|_Labels\\.h5)";

    private final List<Path> folders = new CopyOnWriteArrayList<>();
    private final List<Path> projectFolders = new CopyOnWriteArrayList<>();

    /** Allows a folder and all below it. */
    void allow(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!folders.contains(real)) {
            folders.add(real);
        }
    }

    /** Allows a folder as the place of projects: of what lies in it, projects and their label images alone. */
    void allowProjects(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!allows(real)) {
            projectFolders.add(real);
        }
    }

    /** Where a user may begin to look. */
    List<Root> list() {
        List<Root> roots = new ArrayList<>();
        List<Path> all = new ArrayList<>(folders);
        projectFolders.stream().filter(f -> !below(f)).forEach(all::add);
        for (Path folder : all) {
            Path name = folder.getFileName();
            roots.add(new Root(name == null ? folder.toString() : name.toString(), folder.toString()));
        }
        return roots;
    }

    /** The folders of which everything may be seen. */
    List<Path> whole() {
        return List.copyOf(folders);
    }

    /** The file or folder at {@code path}, which must exist; links and {@code ..} are resolved before it is judged. */
    Path existing(String path) {
        try {
            return require(Path.of(path).toRealPath(), path);
        } catch (IOException | InvalidPathException e) {
            // NB: outside the named folders nobody learns whether a file exists.
            Path lexical = lexical(path);
            require(lexical, path);
            throw new Problem(404, "File not found", path + " does not exist.", "Choose another file.");
        }
    }

    /** A file to be written at {@code path}: its folder must exist within the named ones, and a link in its place must lead there. */
    Path target(String path) {
        Path file = lexical(path);
        Path folder = file.getParent();
        if (folder == null || file.getFileName() == null) {
            throw new Problem(403, "Not a file", path + " is not a file in a named folder.", "Choose another name.");
        }
        Path target = existing(folder.toString()).resolve(file.getFileName());
        if (Files.isSymbolicLink(target) && !allowsReal(target)) {
            throw new Problem(
                    403,
                    "Outside the open folders",
                    path + " is a link to nothing, or out of the named folders.",
                    "Choose another name.");
        }
        return require(target, path);
    }

    boolean allows(Path real) {
        Path folder = real.getParent();
        return below(real)
                || projectFolders.contains(real)
                || folder != null
                        && projectFolders.contains(folder)
                        && real.getFileName().toString().matches(OWN_FILE);
    }

    private boolean below(Path real) {
        return folders.stream().anyMatch(real::startsWith);
    }

    /** Whether a file is there and lies, all links resolved, where it may be read. */
    boolean allowsReal(Path file) {
        try {
            return allows(file.toRealPath());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether a file may be written at a path, whose folders need not exist yet. */
    boolean allowsNew(Path file) {
        Path path = file.toAbsolutePath();
        // NB: what lies behind a link and ".." is elsewhere for the system than for a reader.
        return allowsAbove(path) && allowsAbove(path.normalize());
    }

    private boolean allowsAbove(Path path) {
        Path folder = path.getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        try {
            return folder != null && below(folder.toRealPath());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Path require(Path real, String asked) {
        if (Journal.holds(real)) {
            // Opening and closing it as an image would give up the lock.
            throw Problem.conflict("File is in use", asked + " is the journal of the open project.", "Choose another.");
        }
        if (!allows(real)) {
            throw new Problem(
                    403,
                    "Outside the open folders",
                    asked + " is not in a folder that was named when the program was started.",
                    "Start the program with that folder: pixelforest open FOLDER.");
        }
        return real;
    }

    private static Path lexical(String path) {
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new Problem(404, "Not a path", "That is not a path on this machine.", "Choose another file.");
        }
    }
}
