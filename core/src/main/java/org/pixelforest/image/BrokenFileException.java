package org.pixelforest.image;

import java.io.IOException;
import java.nio.file.Path;

/** The file contradicts its own format: cut short, damaged, or not what its name says. */
public class BrokenFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** {@code problem} is one clause that says what is wrong, e.g. "ends in the middle of a strip". */
    public BrokenFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public BrokenFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
