package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pixelforest.io.DatasetPlace;

/** Files meant by a pattern such as {@code img/*.h5}, with {@code * ? [ ] { }} in any part of the path, as in a shell. */
final class FilePattern {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private FilePattern() {}

    /** Whether a name is a pattern, and not that of something that is there. */
    static boolean is(String name) {
        if (!WILDCARD.matcher(name).find()) {
            return false;
        }
        try {
            return !Files.exists(DatasetPlace.of(name).file());
        } catch (InvalidPathException e) {
            // Windows has no files of such names.
            return true;
        }
    }

    /** The files that match, sorted; folders are passed over. */
    static List<Path> files(String pattern) throws IOException {
        String slashes = pattern.replace('\\', '/');
        Matcher wildcard = WILDCARD.matcher(slashes);
        // What comes before the first wildcard may begin with a drive or a server.
        int fixed = wildcard.find() ? slashes.lastIndexOf('/', wildcard.start()) + 1 : 0;
        List<Path> found = List.of(Path.of(slashes.substring(0, fixed)));
        String[] parts = slashes.substring(fixed).split("/+");
        for (int i = 0; i < parts.length; i++) {
            List<Path> next = new ArrayList<>();
            for (Path folder : found) {
                addMatching(folder, parts[i], i == parts.length - 1, next);
            }
            found = next;
        }
        return found;
    }

    private static void addMatching(Path folder, String part, boolean last, List<Path> found) throws IOException {
        Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
        if (!Files.isDirectory(listed)) {
            return;
        }
        if (!WILDCARD.matcher(part).find()) {
            Path path = folder.resolve(part);
            if (last ? Files.isRegularFile(path) : Files.isDirectory(path)) {
                found.add(path);
            }
            return;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
        try (Stream<Path> files = Files.list(listed)) {
            files.filter(f -> matcher.matches(f.getFileName()))
                    // As in a shell, hidden files have to be asked for.
                    .filter(f ->
                            part.startsWith(".") || !f.getFileName().toString().startsWith("."))
                    .filter(f -> last ? Files.isRegularFile(f) : Files.isDirectory(f))
                    .sorted()
                    .map(f -> folder.resolve(f.getFileName()))
                    .forEach(found::add);
        }
    }
}
