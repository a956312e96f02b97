package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files whose place no output may take, each with what it is. Safe for several threads. */
public final class ReservedFiles {

    /** Who has a place; outputs belong to an image, which may write them again. */
    private record Holder(Object owner, String what) {}

    private final Map<Path, Holder> files = new HashMap<>();

    /** Reserves a file that is read, e.g. as {@code "an image of this run"}; whoever was there first stays. */
    public synchronized void add(Path file, String what) {
        files.putIfAbsent(real(file), new Holder(null, what));
    }

    /** Reserves the place of an output for its owner; what is there instead, if it is taken. */
    public synchronized Optional<String> take(Path output, Object owner, String what) {
        Holder there = files.putIfAbsent(real(output), new Holder(owner, what));
        return there == null || owner.equals(there.owner) ? Optional.empty() : Optional.of(there.what);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
