package org.pixelforest;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the reference data that stands beside the repository; a test that needs it is skipped, loudly, where it is absent. */
public final class Shared {

    private Shared() {}

    /** The file or folder {@code path} below the reference data, e.g. {@code "golden/synthetic/golden.ilp"}. */
    public static Path path(String path) {
        Path file = Path.of(System.getProperty("pixelforest.shared", "../../shared"))
                .resolve(path);
        if (!Files.exists(file)) {
            System.err.println("SKIPPED: the reference data " + file + " is not on this machine.");
            Assumptions.abort("reference data is not on this machine: " + file);
        }
        return file.normalize();
    }
}
