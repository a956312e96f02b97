package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what went wrong into one line for a user. */
public final class Problem {

    private Problem() {}

    /** One line: which file, what is wrong, what to do, as far as the exception tells. */
    public static String message(Throwable problem) {
        String text = problem.getMessage();
        if (problem instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file";
        }
        if (problem instanceof AccessDeniedException) {
            return text + ": access denied";
        }
        if (problem instanceof FileSystemException file) {
            return file.getFile() + ": "
                    + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
        }
        if (problem instanceof OutOfMemoryError) {
            return "not enough memory; allow more with --memory, e.g. --memory 4g, or use fewer --threads";
        }
        boolean meantForUsers =
                text != null && (problem instanceof IOException || problem instanceof IllegalArgumentException);
        return oneLine(
                meantForUsers
                        ? text
                        : "unexpected " + problem.getClass().getSimpleName() + (text == null ? "" : ": " + text)
                                + " (please report this, with what --verbose shows)");
    }

    /** The text with its line breaks taken out. */
    public static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
