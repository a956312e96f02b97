package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pixelforest.Python;

/** A Python program of src/test/scripts; with h5py it judges what we read and write. */
record Script(String name) {

    /** What it prints; a test that needs it is skipped, loudly, where Python or h5py is absent. */
    String run(Object... arguments) throws IOException, InterruptedException {
        Path file = Path.of(System.getProperty("pixelforest.root", ".."), "core/src/test/scripts", name);
        return Python.run(List.of("h5py", "numpy"), Files.readString(file), arguments);
    }
}
