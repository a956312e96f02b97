package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pixelforest.Shared;

/** A copy of a few files of a real study, to write beside. */
final class Study {

    private Study() {}

    /** The folder of a study with so many crops, in the order of their names. */
    static Path withCrops(Path scratch, int count) throws IOException {
        Path study = scratch.resolve("study");
        copy(crops().subList(0, count), study.resolve("analysis/crops"));
        return study;
    }

    static List<Path> crops() throws IOException {
        return files(Shared.path("data/imc-testdata/analysis/crops"), ".h5");
    }

    /** The folder of a study with one raw stack, not prepared. */
    static Path raw(Path scratch) throws IOException {
        Path study = scratch.resolve("rawstudy");
        List<Path> raws = files(Shared.path("data/imc-testdata/analysis/ilastik"), "_ilastik.tiff");
        String stem = raws.get(0).getFileName().toString().replace(".tiff", "");
        Path folder = study.resolve("analysis/ilastik");
        copy(List.of(raws.get(0)), folder);
        Path names = raws.get(0).resolveSibling(stem + ".csv");
        if (Files.exists(names)) {
            copy(List.of(names), folder);
        }
        return study;
    }

    static void copy(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }

    /** Everything as it is on the disk at this moment. */
    static Path copyOf(Path study, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(study)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(study.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
