package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.UndoHistory;

/** Makes the lines that {@link Replay} understands. */
final class JournalLine {

    private JournalLine() {}

    static JsonObject step(Step step) {
        JsonObject line = new JsonObject();
        line.add("step", StepJson.write(step));
        return line;
    }

    static JsonObject undo(Step step) {
        return of("undo", step.id());
    }

    static JsonObject redo(Step step) {
        return of("redo", step.id());
    }

    static JsonObject set(JsonObject setting) {
        JsonObject line = new JsonObject();
        line.add("set", setting);
        return line;
    }

    /** The project file is about to be written with this content. */
    static JsonObject mark(Content content) {
        JsonObject line = of("mark", Replay.fingerprint(content));
        line.add("classes", StepJson.writeClasses(content.classes()));
        return line;
    }

    /** The project file was written as the mark before says. */
    static JsonObject saved(Content content) {
        return of("saved", Replay.fingerprint(content));
    }

    /**
     * A mark that needs nothing of what stands before it: the number of steps that the file holds, and of those that it does not,
     * then these. A group that is not complete does not count.
     *
     * @param ids what the project was called before
     * @param file content of the project file
     * @param held lines that led to it, as {@link #history} gives them
     * @param later lines of what the file does not hold yet
     */
    static List<JsonObject> group(List<String> ids, Content file, List<JsonObject> held, List<JsonObject> later) {
        JsonObject first = mark(file);
        first.addProperty("holds", held.size());
        first.addProperty("then", later.size());
        JsonArray names = new JsonArray();
        ids.forEach(names::add);
        first.add("ids", names);
        List<JsonObject> lines = new ArrayList<>(List.of(first));
        lines.addAll(held);
        lines.addAll(later);
        return lines;
    }

    /** Lines that fill a history as it is. */
    static List<JsonObject> history(UndoHistory<Step> history) {
        List<JsonObject> lines = new ArrayList<>();
        List<Step> undone = undone(history);
        done(history).forEach(step -> lines.add(step(step)));
        undone.forEach(step -> lines.add(step(step)));
        for (int i = undone.size() - 1; i >= 0; i--) {
            lines.add(undo(undone.get(i)));
        }
        return lines;
    }

    /** About how many bytes these lines have. */
    static long bytes(UndoHistory<Step> history) {
        long bytes = 0;
        for (Step step : done(history)) {
            bytes += bytes(step);
        }
        for (Step step : undone(history)) {
            bytes += bytes(step);
        }
        return bytes;
    }

    private static long bytes(Step step) {
        return 300
                + step.changes().values().stream()
                        .mapToLong(c -> 4L * c.size() / 3)
                        .sum();
    }

    /** The steps that can be taken back, oldest first. */
    static List<Step> done(UndoHistory<Step> history) {
        List<Step> steps = new ArrayList<>();
        for (UndoHistory<Step> h = history; h.toUndo().isPresent(); h = h.undone()) {
            steps.add(h.toUndo().get());
        }
        java.util.Collections.reverse(steps);
        return steps;
    }

    /** The steps that can be done again, the next one first. */
    static List<Step> undone(UndoHistory<Step> history) {
        List<Step> steps = new ArrayList<>();
        for (UndoHistory<Step> h = history; h.toRedo().isPresent(); h = h.redone()) {
            steps.add(h.toRedo().get());
        }
        return steps;
    }

    /** Classes as a mark has them; empty in journals that did not write them. */
    static Optional<List<LabelClass>> classes(JsonObject mark) {
        return Optional.ofNullable(mark.getAsJsonArray("classes")).map(StepJson::readClasses);
    }

    private static JsonObject of(String key, String value) {
        JsonObject line = new JsonObject();
        line.addProperty(key, value);
        return line;
    }
}
