package org.pixelforest.ui;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/** What is wrong with a file, in the words that the page shows: exceptions alone often say no more than its path. */
final class FileFault {

    private FileFault() {}

    /** A few words for what is known of the cause; {@code otherwise} where that is nothing. */
    static String title(Throwable cause, String otherwise) {
        return cause instanceof BrokenFileException
                ? "File is damaged"
                : cause instanceof UnsupportedFileException
                        ? "Kind of file not supported"
                        : cause instanceof NoSuchFileException
                                ? "Image is missing"
                                : cause instanceof AccessDeniedException ? "No permission" : otherwise;
    }

    /** One sentence that names the file. */
    static String message(Throwable cause) {
        return org.pixelforest.batch.Problem.message(cause);
    }
}
