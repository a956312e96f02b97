package org.pixelforest.ui;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the demo of the page lives: a folder of its own in the user's home, made when it is first asked for. */
final class DemoFolder {

    private static final String NAME = "pixelforest-demo";

    private DemoFolder() {}

    static Path path() {
        return Path.of(System.getProperty("user.home"), NAME);
    }

    /** The folder, if the demo was made before. */
    static Path made() {
        if (!Files.isDirectory(path())) {
            throw Problem.conflict(
                    "The demo is not there yet",
                    "There is no folder " + path() + ".",
                    "Run: pixelforest demo \"" + path() + "\".");
        }
        return path();
    }

    static boolean holds(Path file) {
        Path folder = path();
        return Files.isDirectory(folder)
                && file.toAbsolutePath()
                        .normalize()
                        .startsWith(folder.toAbsolutePath().normalize());
    }
}
