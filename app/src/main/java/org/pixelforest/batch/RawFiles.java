package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pixelforest.prepare.Preparation;

/**
 * A raw file to prepare.
 *
 * @param file as the user named it, or as found in the folder that the user named
 * @param folder the folder that the user named, or the one that holds the file
 */
public record RawFiles(Path file, Path folder) {

    private static final int DEEPEST = 64;

    /** As {@link #of}, with patterns such as {@code "img/*.tiff"} for the files that match. */
    public static List<RawFiles> named(List<String> names, Preparation.Format format) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            List<Path> matching = FilePattern.is(name) ? FilePattern.files(name) : List.of(Path.of(name));
            if (matching.isEmpty()) {
                throw new IOException(name + ": no file matches this pattern");
            }
            paths.addAll(matching);
        }
        return of(paths, format);
    }

    /**
     * The files that the user means: those named, and all below the named folders that look like raw stacks
     * ({@code *_ilastik.tiff}; for steinbock every TIFF). What is hidden is left out. In the order named, folders sorted; no
     * file comes twice.
     *
     * @throws NoSuchFileException when something is not there
     * @throws IOException when a folder holds nothing to prepare; the message says what was looked for
     */
    public static List<RawFiles> of(List<Path> named, Preparation.Format format) throws IOException {
        Map<Path, RawFiles> found = new LinkedHashMap<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                List<Path> inside = below(path, format);
                if (inside.isEmpty()) {
                    throw new IOException(path + ": holds no " + looksFor(format) + "; name the files instead");
                }
                inside.forEach(file -> found.putIfAbsent(absolute(file), new RawFiles(file, path)));
            } else if (Files.exists(path)) {
                Path parent = path.getParent();
                found.putIfAbsent(absolute(path), new RawFiles(path, parent == null ? Path.of("") : parent));
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        return new ArrayList<>(found.values());
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String looksFor(Preparation.Format format) {
        return format == Preparation.Format.IMC ? "*_ilastik.tiff" : "*.tiff";
    }

    private static List<Path> below(Path folder, Preparation.Format format) throws IOException {
        List<Path> files = new ArrayList<>();
        // People keep their data elsewhere and link to it.
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                boolean skipped = !inside.equals(folder) && hidden(inside);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!hidden(file) && wanted(file.getFileName().toString(), format)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static boolean wanted(String name, Preparation.Format format) {
        String lower = name.toLowerCase(Locale.ROOT);
        return format == Preparation.Format.IMC
                ? name.endsWith("_ilastik.tiff")
                : lower.endsWith(".tiff") || lower.endsWith(".tif");
    }
}
