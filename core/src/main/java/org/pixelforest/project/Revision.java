package org.pixelforest.project;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.hdf5.Node;

/** A project on its way into a file: what it is now, what it was, and the old file that all the rest is copied from. */
final class Revision {

    private final Project project;

    /** What was read from the old file, and the file; null for a project that has none. */
    private final Project before;

    private final Group old;

    /** Paths of the old file that are not copied. */
    private final Set<String> replaced = new HashSet<>();

    /** A part that is written after what is kept was copied. */
    @FunctionalInterface
    interface Section {
        void write() throws IOException;
    }

    private Revision(Project project, Project before, Group old) {
        this.project = project;
        this.before = before;
        this.old = old;
    }

    static Revision first(Project project) {
        return new Revision(project, null, null);
    }

    static Revision of(Project project, Project before, Group old) {
        return new Revision(project, before, old);
    }

    boolean isFirst() {
        return before == null;
    }

    Project project() {
        return project;
    }

    List<Lane> oldLanes() {
        return isFirst() ? List.of() : before.lanes();
    }

    /** Whether a part of the project is what it was. */
    boolean keeps(Function<Project, ?> part) {
        return !isFirst() && part.apply(project).equals(part.apply(before));
    }

    /** Whether there is nothing of this path in the old file, or no such file. */
    boolean lacks(String path) throws IOException {
        return isFirst() || old.find(path).isEmpty();
    }

    /** Names in a group of the old file; none when it is not there. */
    List<String> names(String path) throws IOException {
        return lacks(path) ? List.of() : old.group(path).names();
    }

    /** Notes that a path of the old file ("/a/b") is not copied, with all that is below it. */
    void replace(String path) {
        replaced.add(path);
    }

    void replace(Collection<String> paths) {
        replaced.addAll(paths);
    }

    /** Copies all that is not replaced. */
    void copyKept(Hdf5Writer file) throws IOException {
        if (!isFirst()) {
            file.copy(old, "/", path -> !replaced.contains(path));
        }
    }

    /** Copies a part of the old file to another path, if it is there, but for some of its members. */
    void copy(Hdf5Writer file, String from, String to, Set<String> but) throws IOException {
        Optional<Node> node = old.find(from);
        if (node.isPresent()) {
            file.copy(node.get(), to, path -> !but.contains(path));
        }
    }
}
