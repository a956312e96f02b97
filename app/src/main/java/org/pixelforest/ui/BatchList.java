package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.io.DatasetPlace;

/** The batch list on the disk: {@code lung.ilp} has {@code lung.ilp.batch}. What is in it never stands in the way of the project. */
final class BatchList {

    private static final Logger LOG = Logger.getLogger(BatchList.class.getName());

    private BatchList() {}

    private static Path beside(Path project) {
        return project.resolveSibling(project.getFileName() + ".batch");
    }

    static JsonArray write(Collection<BatchFile> files) {
        JsonArray list = new JsonArray();
        for (BatchFile file : files) {
            JsonObject json = new JsonObject();
            json.addProperty("path", file.path());
            json.addProperty("state", file.state.equals("running") ? "waiting" : file.state);
            json.addProperty("seconds", file.seconds);
            json.addProperty("uncertainty", file.uncertainty);
            json.addProperty("output", file.output);
            json.addProperty("made", file.made);
            list.add(json);
        }
        return list;
    }

    /** Replaces the list of a project in one step; an empty one leaves no file. */
    static void store(Path project, JsonArray list) {
        try {
            Path file = beside(project);
            if (list.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Path next = Files.createTempFile(file.toAbsolutePath().getParent(), ".batch", ".part");
            Files.writeString(next, Server.JSON.toJson(list));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the batch list cannot be stored", e);
        }
    }

    /** The list of a project, without files that are gone or outside the named folders; those that failed wait again. */
    static List<BatchFile> read(Path project, Roots roots) {
        Path file = beside(project);
        List<BatchFile> files = new ArrayList<>();
        try {
            if (!Files.isRegularFile(file)) {
                return files;
            }
            for (JsonElement element :
                    JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
                JsonObject json = element.getAsJsonObject();
                DatasetPlace place = DatasetPlace.of(json.get("path").getAsString());
                if (Files.exists(place.file()) && roots.allows(place.file().toRealPath())) {
                    files.add(read(json, place));
                }
            }
        } catch (IOException | RuntimeException damaged) {
            LOG.log(
                    Level.WARNING,
                    damaged,
                    () -> Server.printable(file + " cannot be read; the list of files ends where it breaks off"));
        }
        return files;
    }

    private static BatchFile read(JsonObject json, DatasetPlace place) {
        BatchFile file = new BatchFile(place);
        String state = json.get("state").getAsString();
        file.state = state.equals("failed") ? "waiting" : state;
        file.seconds = json.get("seconds").getAsDouble();
        file.uncertainty = json.get("uncertainty").isJsonNull()
                ? null
                : json.get("uncertainty").getAsDouble();
        file.output =
                json.get("output").isJsonNull() ? null : json.get("output").getAsString();
        file.made = json.has("made") && !json.get("made").isJsonNull()
                ? json.get("made").getAsString()
                : null;
        return file;
    }
}
