package org.pixelforest.image;

import java.io.IOException;
import java.nio.file.Path;

/** The file may well be sound, but it uses something this program does not know. */
public class UnsupportedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** {@code what} is one clause that names the thing and a way out, e.g. "uses JPEG compression; save it with LZW or none". */
    public UnsupportedFileException(Path file, String what) {
        super(file + ": " + what);
    }
}
