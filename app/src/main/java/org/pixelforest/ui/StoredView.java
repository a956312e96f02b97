package org.pixelforest.ui;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the page remembers of the view. It changes with every movement, so it is kept in a file of its own, {@code X.ilp.view}, that
 * is written now and then, until the project is saved. Losing a little of it costs nothing.
 */
final class StoredView {

    private static final Logger LOG = Logger.getLogger(StoredView.class.getName());

    private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_BYTES = 1 << 18;

    private final Path file;
    private Optional<String> json; // guarded by this, as all below
    private boolean written = true;
    private long writtenAt;

    private StoredView(Path file, Optional<String> json) {
        this.file = file;
        this.json = json;
        writtenAt = System.nanoTime() - NANOS_BETWEEN;
    }

    /** The view beside a project file, if it is newer, else the one that the project holds. */
    static StoredView beside(Path project, Optional<String> held) {
        Path file = project.resolveSibling(project.getFileName() + ".view");
        try {
            if (Files.isRegularFile(file)
                    && Files.size(file) <= MOST_BYTES
                    && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(project)) >= 0) {
                String view = Files.readString(file);
                JsonParser.parseString(view);
                return new StoredView(file, Optional.of(view));
            }
        } catch (IOException | JsonParseException e) {
            LOG.log(Level.FINE, "the view is not restored", e);
        }
        return new StoredView(file, held);
    }

    synchronized Optional<String> json() {
        return json;
    }

    /** Another view; on the disk within half a minute, as long as the page goes on moving, or when the project is closed. */
    synchronized void set(String view) {
        json = Optional.of(view);
        written = false;
        if (System.nanoTime() - writtenAt >= NANOS_BETWEEN) {
            write();
        }
    }

    /** Writes what is not written yet. */
    synchronized void write() {
        if (written || json.isEmpty()) {
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, json.get());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            written = true;
        } catch (IOException e) {
            LOG.log(Level.FINE, "the view is not stored", e);
        }
        writtenAt = System.nanoTime();
    }

    /** The project file holds this view now. */
    synchronized void saved(Optional<String> view) {
        if (json.equals(view)) {
            written = true;
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.log(Level.FINE, "an old view stays", e);
            }
        }
    }
}
