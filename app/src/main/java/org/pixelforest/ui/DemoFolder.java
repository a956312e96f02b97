package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pixelforest.demo.Demo;

/** Where the demo of the page lives: a folder of its own in the user's home, made when it is first asked for. */
final class DemoFolder {

    private static final String NAME = "pixelforest-demo";

    /** How often the demo says what it does. */
    private static final int STEPS = 12;

    private DemoFolder() {}

    static Path path() {
        return Path.of(System.getProperty("user.home"), NAME);
    }

    /** The project of the demo, with strokes and a classifier. */
    static Path project() {
        return path().resolve("demo.ilp");
    }

    /** The folder of the demo, which is made now if it is not there: that takes up to a minute. */
    static Path made(Opening opening) throws IOException {
        if (!Files.isRegularFile(project())) {
            opening.stage("Making the demo", STEPS);
            Demo.run(path(), Runtime.getRuntime().availableProcessors(), "PixelForest", line -> opening.step());
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
