package org.pixelforest.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pixelforest.batch.Outcome;
import org.pixelforest.io.TextFile;

/** What a run did, as JSON for other programs; the fields are described in docs/command-line.md. */
final class ReportFile {

    private final JsonObject report = new JsonObject();

    ReportFile(String command) {
        report.addProperty("program", "PixelForest " + Main.version());
        report.addProperty("command", command);
    }

    ReportFile with(String name, String value) {
        report.addProperty(name, value);
        return this;
    }

    ReportFile withOutcomes(List<Outcome> outcomes, double seconds) {
        JsonArray images = new JsonArray();
        JsonObject summary = new JsonObject();
        for (Outcome.Status status : Outcome.Status.values()) {
            summary.addProperty(
                    name(status),
                    outcomes.stream().filter(o -> o.status() == status).count());
        }
        for (Outcome outcome : outcomes) {
            JsonObject image = new JsonObject();
            image.addProperty("image", outcome.image());
            outcome.output().ifPresent(file -> image.addProperty("output", file.toString()));
            image.addProperty("status", name(outcome.status()));
            image.addProperty("pixels", outcome.pixels());
            image.addProperty("seconds", Math.round(outcome.seconds() * 1000) / 1000.0);
            if (!outcome.message().isEmpty()) {
                image.addProperty("message", outcome.message());
            }
            if (!outcome.notes().isEmpty()) {
                JsonArray notes = new JsonArray();
                outcome.notes().forEach(notes::add);
                image.add("notes", notes);
            }
            images.add(image);
        }
        summary.addProperty("seconds", Math.round(seconds * 1000) / 1000.0);
        report.add("summary", summary);
        report.add("images", images);
        return this;
    }

    private static String name(Outcome.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** Writes the report; an older one of that name is replaced at once. */
    void write(Path file) throws IOException {
        TextFile.write(
                file,
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(report) + "\n");
    }
}
