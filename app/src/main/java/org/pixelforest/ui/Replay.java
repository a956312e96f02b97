package org.pixelforest.ui;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.UndoHistory;

/**
 * What a journal makes of the project it stands beside. Lines of a journal:
 *
 * <ul>
 *   <li>{@code {"mark": H}}: the project file was, or was about to be, written with the content whose fingerprint is H;
 *   <li>{@code {"step": …}}, {@code {"undo": true}}, {@code {"redo": true}}: what a person did;
 *   <li>{@code {"set": {name: value}}}: a setting that is not undone.
 * </ul>
 *
 * Steps before the last mark that matches the file are in it already: they only fill the history. Later ones are done again. A
 * mark is written before the file is replaced, so that a crash at any moment is understood.
 *
 * @param content with everything that was not saved yet
 * @param history what can be taken back and done again
 * @param settings the {@code set} lines that the file does not hold yet, oldest first
 * @param unsaved whether the journal held something that the file does not
 * @param foreign whether another program changed the file since the journal was written; what was not saved is done again on top
 *     as far as it fits
 * @param renumbered whether classes of the file have other numbers now
 */
record Replay(
        Content content,
        UndoHistory<Step> history,
        List<JsonObject> settings,
        boolean unsaved,
        boolean foreign,
        boolean renumbered) {

    static Replay of(List<JsonObject> lines, Content file) {
        int mark = lastMark(lines, Optional.of(fingerprint(file)));
        boolean foreign = mark < 0 && !lines.isEmpty();
        int first = foreign ? lastMark(lines, Optional.empty()) : mark;
        Content content = file;
        UndoHistory<Step> history = UndoHistory.empty();
        List<JsonObject> settings = new ArrayList<>();
        boolean unsaved = false;
        boolean renumbered = false;
        for (int i = foreign ? first + 1 : 0; i < lines.size(); i++) {
            JsonObject line = lines.get(i);
            boolean later = i > first;
            if (line.has("set") && later) {
                settings.add(line.getAsJsonObject("set"));
                unsaved = true;
            }
            Optional<Step> next;
            UndoHistory<Step> after;
            if (line.has("step")) {
                next = step(line.getAsJsonObject("step"), content, later);
                after = next.isPresent() ? history.done(next.get()) : UndoHistory.empty();
            } else if (line.has("undo")) {
                next = history.toUndo().map(Step::inverse);
                after = history.undone();
            } else if (line.has("redo")) {
                next = history.toRedo();
                after = history.redone();
            } else {
                continue;
            }
            if (later && next.isPresent()) {
                content = content.with(next.get());
                renumbered |= next.get().renumbers();
                unsaved = true;
            }
            // An image that was removed and saved is gone: there is no way back beyond.
            boolean gone = !later && next.isPresent() && next.get().images().isPresent();
            history = gone ? UndoHistory.empty() : after;
        }
        return new Replay(content, history, settings, unsaved, foreign, renumbered);
    }

    private static Optional<Step> step(JsonObject json, Content content, boolean later) {
        try {
            Step step = StepJson.read(json, image -> content.labels(image).shape());
            return Optional.of(later ? step.onto(content.images()) : step);
        } catch (RuntimeException unknownImageOrMalformed) {
            return Optional.empty();
        }
    }

    private static int lastMark(List<JsonObject> lines, Optional<String> hash) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).has("mark")
                    && (hash.isEmpty() || lines.get(i).get("mark").getAsString().equals(hash.get()))) {
                return i;
            }
        }
        return -1;
    }

    /** Tells contents apart: SHA-256 over classes, images in order, and their labels. */
    static String fingerprint(Content content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (LabelClass cls : content.classes()) {
                digest.update((cls.name() + '\n' + cls.rgb() + '\n').getBytes(StandardCharsets.UTF_8));
            }
            for (String image : content.images()) {
                digest.update((image + '\n' + content.labels(image).sha256() + '\n').getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
