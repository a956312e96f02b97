package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pixelforest.project.ImageLocation.Kind;

/** States the images' places as seen from another folder, and what is in them. */
final class MovedPaths {

    private final Path from;
    private final Path to;

    private MovedPaths(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** The project as it is to be saved in a folder; images that are there get a fingerprint. */
    static Project moved(Project project, Path folder) {
        MovedPaths paths =
                new MovedPaths(project.file().map(ProjectFile::folder).orElse(folder), folder);
        return project.withLanes(project.lanes().stream().map(paths::moved).toList());
    }

    private Lane moved(Lane lane) {
        ImageLocation location = moved(lane.location(), lane.stored().isEmpty());
        Lane moved = lane.withPath(location, moved(lane.mask(), lane.stored().isEmpty()));
        Optional<Path> file = location.file(to).filter(Files::isRegularFile);
        return file.isPresent() ? moved.withFingerprint(fingerprint(lane.fingerprint(), file.get())) : moved;
    }

    /** A new image that was given with its full path is stated relative to the project when it lies below it. */
    private ImageLocation moved(ImageLocation location, boolean isNew) {
        if (isNew && location.kind() == Kind.ABSOLUTE && location.isFile()) {
            return ImageLocation.of(location.file(to).orElseThrow(), location.dataSet(), to);
        }
        if (location.kind() != Kind.RELATIVE || from.equals(to)) {
            return location;
        }
        Optional<Path> file = location.file(from);
        if (file.isPresent()) {
            return ImageLocation.of(file.get(), location.dataSet(), to);
        }
        String folder = from.toString().replace('\\', '/') + "/";
        return new ImageLocation(
                Kind.ABSOLUTE,
                folder + location.path().replaceAll("([:;])(?=[^/\\\\])", "$1" + folder.replace("$", "\\$")));
    }

    /**
     * The content that was known stays known even if the file differs now: what was labelled must be told from what came later.
     */
    private static Optional<Fingerprint> fingerprint(Optional<Fingerprint> known, Path file) {
        try {
            boolean current = known.isPresent()
                    && (known.get().isCurrent(file) || !known.get().matches(file));
            return current ? known : Optional.of(Fingerprint.of(file));
        } catch (IOException e) {
            // An image that cannot be read now must not keep labels from being saved.
            return known;
        }
    }
}
