package org.pixelforest.project;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the image of a lane is.
 *
 * @param kind how {@code path} is meant
 * @param path as the project states it: a file, with the data set behind it if there is one ({@code "crops/a.h5/img"}); the data
 *     set within the project when embedded; an address; or empty
 */
public record ImageLocation(Kind kind, String path) {

    /** How the path of an image is meant. */
    public enum Kind {
        /** A file relative to the project's folder. */
        RELATIVE,
        /** A file with its full path. */
        ABSOLUTE,
        /** A data set inside the project file. */
        EMBEDDED,
        /** An address on a network. */
        REMOTE,
        /** Was only ever in the memory of the program that wrote the project. */
        MEMORY,
        /** No image is set. */
        NONE
    }

    public static final ImageLocation NOWHERE = new ImageLocation(Kind.NONE, "");

    /** Longest first, so that the dot of a folder does not end a name too early. */
    private static final Pattern WITH_DATA_SET =
            Pattern.compile("(.*?\\.(?:h5|hdf5|hdf|ilp|n5|zarr))((?:/.*)?)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The location of a file; relative to the folder when the file lies in it or below, as ilastik does. */
    public static ImageLocation of(Path file, Optional<String> dataSet, Path folder) {
        Path absolute = file.toAbsolutePath().normalize();
        Path base = folder.toAbsolutePath().normalize();
        boolean below = absolute.startsWith(base);
        String path = (below ? base.relativize(absolute) : absolute).toString().replace('\\', '/');
        return new ImageLocation(
                below ? Kind.RELATIVE : Kind.ABSOLUTE,
                path + dataSet.map(d -> "/" + d).orElse(""));
    }

    /** Whether the image is a single file of its own (not a stack of files, not embedded, not remote). */
    public boolean isFile() {
        return (kind == Kind.RELATIVE || kind == Kind.ABSOLUTE) && !isStack();
    }

    /** Whether the image is put together from several files: a pattern, or paths joined by a colon or semicolon. */
    public boolean isStack() {
        if (kind != Kind.RELATIVE && kind != Kind.ABSOLUTE) {
            return false;
        }
        String rest = path.matches("(?s)[A-Za-z]:[/\\\\].*") ? path.substring(2) : path;
        return rest.contains("*") || rest.contains(";") || rest.contains(":");
    }

    /** The part of the path that names the file. */
    public String fileName() {
        Matcher m = WITH_DATA_SET.matcher(slashes());
        return m.matches() ? m.group(1) : slashes();
    }

    /** The data set within the file, e.g. {@code "img"}, when the project names one. */
    public Optional<String> dataSet() {
        if (kind == Kind.EMBEDDED) {
            return Optional.of(path.replaceFirst("^/+", ""));
        }
        Matcher m = WITH_DATA_SET.matcher(slashes());
        return m.matches()
                ? Optional.of(m.group(2).replaceFirst("^/+", "")).filter(d -> !d.isEmpty())
                : Optional.empty();
    }

    private String slashes() {
        return path.replace('\\', '/');
    }

    /** The file itself, for a project in {@code folder}; whether it exists is not looked at. Empty unless {@link #isFile}. */
    public Optional<Path> file(Path folder) {
        if (!isFile()) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.resolve(fileName()).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
