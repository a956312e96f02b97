package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Logger;
import org.pixelforest.io.TextFile;
import org.pixelforest.project.Additions;

/** Projects that were open lately, newest first, kept in a file of the user. Losing it loses nothing. */
final class RecentProjects {

    private static final int MOST = 12;
    private static final int MAX_THUMBNAIL = 64 << 10;
    private static final Logger LOG = Logger.getLogger(RecentProjects.class.getName());

    private final Path file;
    private JsonArray entries;

    RecentProjects(Path file) {
        this.file = file;
        entries = read(file);
    }

    /** The file in the place where the operating system wants such things. */
    static Path usualFile() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        String set = System.getenv(os.contains("win") ? "APPDATA" : "XDG_CONFIG_HOME");
        Path base = set != null && !set.isBlank()
                ? Path.of(set)
                : os.contains("mac") ? home.resolve("Library/Application Support") : home.resolve(".config");
        return base.resolve("pixelforest").resolve("recent.json");
    }

    private static JsonArray read(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) < 4 << 20) {
                return JsonParser.parseString(Files.readString(file)).getAsJsonArray();
            }
        } catch (IOException | RuntimeException damaged) {
            LOG.fine(() -> file + " cannot be read: " + damaged.getMessage());
        }
        return new JsonArray();
    }

    /** Those that still exist. */
    synchronized JsonArray list() {
        JsonArray list = new JsonArray();
        for (JsonElement entry : entries) {
            JsonElement path = entry.isJsonObject() ? entry.getAsJsonObject().get("path") : null;
            if (path != null && path.isJsonPrimitive() && Files.isRegularFile(Path.of(path.getAsString()))) {
                list.add(entry);
            }
        }
        return list;
    }

    /** Whether {@code path} is, letter by letter, one of the list and still a file. */
    synchronized boolean holds(String path) {
        return find(path) != null && Files.isRegularFile(Path.of(path));
    }

    /** Notes that a project was opened. */
    synchronized void opened(OpenProject project) {
        JsonObject entry = new JsonObject();
        String path = project.file().toString();
        entry.addProperty("path", path);
        entry.addProperty("name", project.file().getFileName().toString());
        entry.addProperty("images", project.present().size());
        entry.addProperty("channels", project.channelCount());
        entry.addProperty(
                "labelled",
                project.state().content().images().stream()
                        .mapToLong(i -> project.state().content().labels(i).count())
                        .sum());
        entry.addProperty(
                "ilastik",
                !project.fresh() && project.state().project().additions().equals(Additions.NONE));
        entry.addProperty("opened", System.currentTimeMillis());
        JsonObject before = find(path);
        entry.add("thumbnail", before == null ? com.google.gson.JsonNull.INSTANCE : before.get("thumbnail"));
        JsonArray next = new JsonArray();
        next.add(entry);
        for (JsonElement old : entries) {
            if (old != before && next.size() < MOST) {
                next.add(old);
            }
        }
        entries = next;
        store();
    }

    /** Keeps a picture of a project; {@code png} are the bytes of the file. */
    synchronized void thumbnail(OpenProject project, byte[] png) {
        if (png.length > MAX_THUMBNAIL || png.length < 8 || png[0] != (byte) 0x89 || png[1] != 'P') {
            throw Problem.malformed("A thumbnail is a PNG of at most 64 KiB.");
        }
        JsonObject entry = find(project.file().toString());
        if (entry != null) {
            entry.addProperty(
                    "thumbnail",
                    "data:image/png;base64," + java.util.Base64.getEncoder().encodeToString(png));
            store();
        }
    }

    private JsonObject find(String path) {
        for (JsonElement entry : entries) {
            if (entry.isJsonObject()
                    && entry.getAsJsonObject().has("path")
                    && entry.getAsJsonObject().get("path").getAsString().equals(path)) {
                return entry.getAsJsonObject();
            }
        }
        return null;
    }

    private void store() {
        try {
            TextFile.write(file, Server.JSON.toJson(entries));
        } catch (IOException e) {
            LOG.fine(() -> file + " cannot be written: " + e.getMessage());
        }
    }
}
