package org.pixelforest.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a search says of the image of one lane.
 *
 * @param outcome what was found
 * @param file the file, when there is one that can be used without asking
 * @param candidates files to choose from when there are several
 */
public record FoundImage(Outcome outcome, Optional<Path> file, List<Path> candidates) {

    /** What a search can find. */
    public enum Outcome {
        /** Where the project says. */
        IN_PLACE,
        /** Where the project says there is a file, but its content is not the one that was labelled. */
        CHANGED,
        /** Elsewhere, and certain. */
        MOVED,
        /** Several files may be meant; a person must choose. */
        AMBIGUOUS,
        /** Nowhere. */
        MISSING,
        /** The image is no file of its own: embedded, remote, put together from several files, or never set. */
        NO_FILE
    }

    public FoundImage {
        candidates = List.copyOf(candidates);
    }

    static FoundImage at(Outcome outcome, Path file) {
        return new FoundImage(outcome, Optional.of(file), List.of());
    }

    static FoundImage without(Outcome outcome) {
        return new FoundImage(outcome, Optional.empty(), List.of());
    }

    static FoundImage ambiguous(List<Path> candidates) {
        return new FoundImage(Outcome.AMBIGUOUS, Optional.empty(), candidates);
    }
}
