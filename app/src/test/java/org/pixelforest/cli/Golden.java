package org.pixelforest.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small files beside the tests. */
final class Golden {

    private Golden() {}

    /** A copy of one in a folder. */
    static Path copy(String name, Path folder) {
        return copy(name, folder, name);
    }

    /** A copy under another name. */
    static Path copy(String name, Path folder, String as) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            Path copy = folder.resolve(as);
            Files.write(copy, in.readAllBytes());
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
