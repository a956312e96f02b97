package org.pixelforest.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of one image.
 *
 * @param image the image as the user named it
 * @param output the file written, or to be written; absent when it never came that far
 * @param status see {@link Status}
 * @param pixels how many pixels the image has; 0 when that is not known
 * @param seconds time spent on it
 * @param message why it failed or was left out, one line; empty when it was written
 * @param cause of a failure
 * @param notes things the user should know about this image though it was written
 */
public record Outcome(
        String image,
        Optional<Path> output,
        Status status,
        long pixels,
        double seconds,
        String message,
        Optional<Throwable> cause,
        List<String> notes) {

    public enum Status {
        /** The output is complete under its final name. */
        WRITTEN,
        /** The output was there already and is up to date. */
        KEPT,
        /** No output was written; an older one, if any, is untouched. */
        FAILED,
        /** The run was stopped before. */
        CANCELLED
    }

    public Outcome {
        notes = List.copyOf(notes);
    }
}
