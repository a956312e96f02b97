package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a folder of a study holds, understood as it is: the folders of both IMC pipelines, or just images.
 *
 * @param base the folder that a project belongs into: the one that holds {@code analysis}, or the folder itself
 * @param images images to label, by name
 * @param projects project files of {@link #base}
 * @param unprepared a folder of raw stacks that have no crops yet, and how many stacks
 */
record FolderContents(Path base, List<Path> images, List<Path> projects, Optional<Raw> unprepared) {

    /** Raw stacks that the preparation takes. */
    record Raw(Path folder, int count) {}

    static FolderContents of(Path folder) throws IOException {
        Path analysis = folder;
        Path base = folder;
        if (Files.isDirectory(folder.resolve("analysis"))) {
            analysis = folder.resolve("analysis");
        } else if (named(folder, "analysis")) {
            base = parent(folder);
        } else if (named(folder, "crops") || named(folder, "ilastik")) {
            analysis = parent(folder);
            base = named(analysis, "analysis") ? parent(analysis) : analysis;
        }
        List<Path> images = List.of();
        for (String name : List.of("crops", "ilastik_crops")) {
            if (images.isEmpty()) {
                images = images(analysis.resolve(name));
            }
        }
        Path rawFolder = analysis.resolve("ilastik");
        List<Path> raw = files(rawFolder, ".*_ilastik\\.tiff?");
        Optional<Raw> unprepared = Optional.empty();
        if (images.isEmpty() && !raw.isEmpty()) {
            unprepared = Optional.of(new Raw(rawFolder, raw.size()));
        } else if (images.isEmpty()) {
            images = images(folder);
        }
        return new FolderContents(base, images, files(base, ".*\\.ilp"), unprepared);
    }

    /** Images directly in a folder; what our own and other programs wrote from them is left out. */
    static List<Path> images(Path folder) throws IOException {
        return files(folder, ".*\\.(h5|hdf5|tiff?|npy|png)").stream()
                .filter(f -> !f.getFileName()
                        .toString()
                        .matches("(?i).*_(Probabilities|Simple Segmentation|Uncertainty|Features|Labels|mask)\\.[^.]+"))
                .toList();
    }

    private static List<Path> files(Path folder, String pattern) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> {
                        String name = f.getFileName().toString();
                        return !name.startsWith(".")
                                && name.toLowerCase(Locale.ROOT).matches("(?i)" + pattern);
                    })
                    .sorted()
                    .toList();
        }
    }

    private static boolean named(Path folder, String name) {
        return folder.getFileName() != null && folder.getFileName().toString().equals(name);
    }

    private static Path parent(Path folder) {
        return folder.getParent() == null ? folder : folder.getParent();
    }
}
