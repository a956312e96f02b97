package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.UndoHistory;

/**
 * What a journal makes of the project it stands beside. Lines of a journal:
 *
 * <ul>
 *   <li>{@code {"mark": H, "classes": […]}}: the project file was, or was about to be, written with the content whose fingerprint is
 *       H; {@code {"saved": H}}: it was;
 *   <li>{@code {"mark": H, …, "holds": N, "then": M, "ids": […]}}: the same, and nothing before counts any more: the next N lines are
 *       in the file, the M lines behind them are not;
 *   <li>{@code {"step": …}}, {@code {"undo": id}}, {@code {"redo": id}}: what a person did;
 *   <li>{@code {"set": {name: value}}}: a setting that is not undone.
 * </ul>
 *
 * Steps before the last mark that matches the file are in it already: they only fill the history. Later ones are done again. A
 * mark is written before the file is replaced, so that a crash at any moment is understood; settings are applied again from the last
 * mark on that is known to have been saved, for they leave no trace in the fingerprint.
 *
 * @param content with everything that was not saved yet
 * @param history what can be taken back and done again
 * @param settled the history as it was when the file was written
 * @param later lines of what was done since, settings included
 * @param settings the {@code set} lines that the file may not hold yet, oldest first
 * @param unsaved whether the journal held a step that the file does not
 * @param foreign whether another program changed the file since the journal was written; what was not saved is done again on top
 *     as far as it fits
 * @param renumbered whether classes of the file have other numbers now
 * @param unfinished whether the journal ends with a group for another file, which was never written
 * @param ids what the project was called before
 */
record Replay(
        Content content,
        UndoHistory<Step> history,
        UndoHistory<Step> settled,
        List<JsonObject> later,
        List<JsonObject> settings,
        boolean unsaved,
        boolean foreign,
        boolean renumbered,
        boolean unfinished,
        List<String> ids) {

    static Replay of(List<JsonObject> all, Content file) {
        String hash = fingerprint(file);
        int trailing = trailingGroup(all);
        boolean unfinished = trailing >= 0 && !isMark(all.get(trailing), hash);
        List<JsonObject> lines = unfinished ? all.subList(0, trailing) : all;
        int group = lastGroup(lines);
        int mark = lastMark(lines, line -> isMark(line, hash));
        // A file from before the last group (a backup, say) does not know what the group says.
        boolean foreign = !lines.isEmpty() && (mark < 0 || mark < group);
        if (foreign) {
            mark = lastMark(lines, line -> line.has("mark"));
        }
        Session session = new Session(file, foreign ? Optional.of(classes(lines, mark, file)) : Optional.empty());
        int held = mark < 0 ? -1 : mark + holds(lines.get(mark));
        for (int i = group + 1; i < lines.size(); i++) {
            session.line(lines.get(i), i > held);
        }
        session.end();
        List<JsonObject> settings = settings(lines, Math.max(group, Math.min(mark, confirmed(lines, mark))));
        List<JsonObject> later = new ArrayList<>(foreign ? JournalLine.history(session.history) : session.later);
        settings.forEach(setting -> later.add(JournalLine.set(setting)));
        return new Replay(
                session.content,
                known(session.history, session.content),
                foreign ? UndoHistory.empty() : known(session.settled, session.content),
                later,
                settings,
                session.unsaved,
                foreign,
                session.renumbered,
                unfinished,
                group < 0 ? List.of() : ids(lines.get(group)));
    }

    /** Lines one after the other, and what they make of the content. */
    private static final class Session {

        private Content content;
        private UndoHistory<Step> history = UndoHistory.empty();
        private UndoHistory<Step> settled = UndoHistory.empty();
        private final List<JsonObject> later = new ArrayList<>();
        private final Optional<OtherFile> other;
        private boolean unsaved;
        private boolean renumbered;

        /** {@code marked}: the classes that the lines start from, when the file is another than they were written for. */
        Session(Content file, Optional<List<LabelClass>> marked) {
            content = file;
            other = marked.map(classes -> new OtherFile(file, classes));
        }

        void end() {
            if (other.isPresent()) {
                content = other.get().content();
                history = other.get().history();
            }
        }

        void line(JsonObject line, boolean isLater) {
            Optional<Step> next = Optional.empty();
            if (line.has("step")) {
                next = step(line.get("step"));
                next.ifPresent(step -> history = history.done(step));
            } else if (line.has("undo") && names(line, "undo", history.toUndo())) {
                next = history.toUndo().map(Step::inverse);
                history = history.undone();
            } else if (line.has("redo") && names(line, "redo", history.toRedo())) {
                next = history.toRedo();
                history = history.redone();
            }
            if (!isLater) {
                settled = history;
            } else if (next.isPresent()) {
                later.add(line);
                unsaved = true;
                if (other.isPresent()) {
                    renumbered |= other.get().line(line, next.get());
                } else {
                    content = content.with(next.get());
                    renumbered |= next.get().renumbers();
                }
            }
        }

        private Optional<Step> step(JsonElement json) {
            try {
                return Optional.of(StepJson.read(json.getAsJsonObject(), image -> Optional.ofNullable(
                                content.labels().get(image))
                        .map(labels -> labels.shape())));
            } catch (RuntimeException malformed) {
                return Optional.empty();
            }
        }

        /** Whether a line means this step; another may be out of reach, for its line was damaged. */
        private static boolean names(JsonObject line, String key, Optional<Step> step) {
            return step.isPresent()
                    && line.get(key).getAsString().equals(step.get().id());
        }
    }

    private static boolean isMark(JsonObject line, String hash) {
        return line.has("mark") && line.get("mark").getAsString().equals(hash);
    }

    private static boolean isGroup(JsonObject line) {
        return line.has("mark") && line.has("holds");
    }

    private static int holds(JsonObject mark) {
        return isGroup(mark) ? mark.get("holds").getAsInt() : 0;
    }

    private static int lastMark(List<JsonObject> lines, Predicate<JsonObject> is) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (is.test(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int lastGroup(List<JsonObject> lines) {
        return lastMark(lines, Replay::isGroup);
    }

    /** The group that ends with the journal, or -1. */
    private static int trailingGroup(List<JsonObject> lines) {
        int group = lastGroup(lines);
        return group > 0 && group + 1 + JournalLines.followers(lines.get(group)) == lines.size() ? group : -1;
    }

    /** The last mark that is known to have been saved; in journals that do not say so, the one that fits the file. */
    private static int confirmed(List<JsonObject> lines, int mark) {
        int saved = lastMark(lines, line -> line.has("saved"));
        if (saved < 0) {
            return mark;
        }
        String hash = lines.get(saved).get("saved").getAsString();
        return lastMark(lines.subList(0, saved), line -> isMark(line, hash));
    }

    /** The last line of each setting. */
    private static List<JsonObject> settings(List<JsonObject> lines, int after) {
        List<JsonObject> settings = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int i = lines.size() - 1; i > after; i--) {
            JsonObject set = lines.get(i).getAsJsonObject("set");
            if (set != null && known.addAll(set.keySet())) {
                settings.add(0, set);
            }
        }
        return settings;
    }

    /** The classes that the lines behind a mark start from; where it does not say, those of the next edit, or of the file. */
    private static List<LabelClass> classes(List<JsonObject> lines, int mark, Content file) {
        Optional<List<LabelClass>> stated = mark < 0 ? Optional.empty() : JournalLine.classes(lines.get(mark));
        for (int i = mark + 1; stated.isEmpty() && i < lines.size(); i++) {
            JsonObject step = lines.get(i).getAsJsonObject("step");
            if (step != null && step.has("classes")) {
                stated = Optional.of(
                        StepJson.readClasses(step.getAsJsonObject("classes").getAsJsonArray("before")));
            }
        }
        return stated.orElse(file.classes());
    }

    private static List<String> ids(JsonObject group) {
        List<String> ids = new ArrayList<>();
        JsonArray stored = group.getAsJsonArray("ids");
        if (stored != null) {
            stored.forEach(id -> ids.add(id.getAsString()));
        }
        return ids;
    }

    /** A history without the removals of images that are gone with the file: there is no way back to those. */
    private static UndoHistory<Step> known(UndoHistory<Step> history, Content content) {
        UndoHistory<Step> known = UndoHistory.empty();
        for (Step step : JournalLine.done(history)) {
            known = isGone(step, content) ? known : known.done(step);
        }
        List<Step> undone = JournalLine.undone(history);
        for (Step step : undone) {
            known = known.done(step);
        }
        for (int i = 0; i < undone.size(); i++) {
            known = known.undone();
        }
        return known;
    }

    private static boolean isGone(Step step, Content content) {
        return step.images().isPresent()
                && step.images().get().before().stream()
                        .anyMatch(image -> !step.images().get().after().contains(image)
                                && !content.labels().containsKey(image));
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
