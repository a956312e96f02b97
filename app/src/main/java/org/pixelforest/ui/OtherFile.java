package org.pixelforest.ui;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.label.LabelChange;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.UndoHistory;

/**
 * Does steps on another file than they were done on, for another program changed it meanwhile. Classes are told by their names, for
 * their numbers may be others; one that is gone comes back when something was painted with it.
 */
final class OtherFile {

    /** Behind the id of a step that was taken back, when it had been done before the file changed. */
    private static final String TAKEN_BACK = "-back";

    private Content content;
    private UndoHistory<Step> history = UndoHistory.empty();
    private List<LabelClass> classes;

    /** {@code classes}: those that the steps start from. */
    OtherFile(Content content, List<LabelClass> classes) {
        this.content = content;
        this.classes = classes;
    }

    Content content() {
        return content;
    }

    UndoHistory<Step> history() {
        return history;
    }

    /** Does what a line did, {@code next} on its own file; returns whether classes have other numbers now. */
    boolean line(JsonObject line, Step next) {
        Step done;
        if (line.has("undo") && isNext(history.toUndo(), next.id())
                || line.has("redo") && isNext(history.toUndo(), next.id() + TAKEN_BACK)) {
            done = history.toUndo().orElseThrow().inverse();
            history = history.undone();
        } else if (line.has("redo") && isNext(history.toRedo(), next.id())) {
            done = history.toRedo().orElseThrow();
            history = history.redone();
        } else {
            done = onto(next, line.has("undo"));
            history = history.done(done);
        }
        classes = next.classes().map(Step.Edit::after).orElse(classes);
        content = content.with(done);
        return done.renumbers();
    }

    private static boolean isNext(Optional<Step> step, String id) {
        return step.isPresent() && step.get().id().equals(id);
    }

    private Step onto(Step step, boolean takenBack) {
        List<LabelClass> after = step.classes().map(Step.Edit::after).orElse(classes);
        Content edited = step.classes().isPresent() ? edited(step, after) : content;
        List<LabelClass> present = new ArrayList<>(edited.classes());
        step.changes().values().forEach(change -> painted(change)
                .forEach(cls -> addMissing(present, named(after, cls))));
        Map<String, LabelChange> changes = new LinkedHashMap<>();
        edited.labels().forEach((image, labels) -> {
            LabelChange painted = step.changes().get(image);
            Labels now = painted == null
                    ? labels
                    : labels.with(painted.mapped(numbers(classes, present), numbers(after, present)));
            LabelChange change = content.labels(image).changeTo(now);
            if (!change.isEmpty() || painted != null) {
                changes.put(image, change);
            }
        });
        Optional<Step.Painted> stroke = step.stroke().filter(s -> !takenBack).map(s -> {
            int cls = s.cls() == 0 ? 0 : number(present, named(after, s.cls()), s.cls());
            return new Step.Painted(s.image(), s.t(), s.z(), cls, s.pixels(), s.box());
        });
        return new Step(
                takenBack ? step.id() + TAKEN_BACK : step.id(),
                takenBack ? "Undo " + step.what() : step.what(),
                step.when(),
                stroke,
                present.equals(content.classes())
                        ? Optional.empty()
                        : Optional.of(new Step.Edit<>(content.classes(), present)),
                step.images(),
                changes);
    }

    /** The content after the edit of classes that a step made, by name: some go, some come, some are called or coloured otherwise. */
    private Content edited(Step step, List<LabelClass> after) {
        List<LabelClass> before = step.classes().orElseThrow().before();
        Content edited = content;
        if (before.size() == after.size()) {
            List<LabelClass> list = new ArrayList<>(content.classes());
            for (int k = 1; k <= before.size(); k++) {
                LabelClass changed = after.get(k - 1);
                int number = before.get(k - 1).equals(changed) ? 0 : number(list, before.get(k - 1), k);
                int taken = number(list, changed, k);
                if (number > 0 && (taken == 0 || taken == number)) {
                    list.set(number - 1, changed);
                }
            }
            return new Content(content.images(), list, content.labels());
        }
        for (LabelClass cls : before) {
            int number = number(edited.classes(), cls, 0);
            if (number > 0 && number(after, cls, 0) == 0) {
                int target = number(edited.classes(), mergedInto(step, before, after, cls), 0);
                edited = edited.with(
                        target == 0 || target == number
                                ? Steps.deleteClass(edited, number, step.when())
                                : Steps.mergeClass(edited, number, target, step.when()));
            }
        }
        List<LabelClass> list = new ArrayList<>(edited.classes());
        after.stream().filter(cls -> number(before, cls, 0) == 0).forEach(cls -> addMissing(list, cls));
        return new Content(edited.images(), list, edited.labels());
    }

    /** The class that pixels of a removed one went to, or that one itself. */
    private static LabelClass mergedInto(Step step, List<LabelClass> before, List<LabelClass> after, LabelClass gone) {
        for (LabelChange change : step.changes().values()) {
            int target = change.target(number(before, gone, 0));
            if (target > 0) {
                return named(after, target);
            }
        }
        return gone;
    }

    private static List<Integer> painted(LabelChange change) {
        List<Integer> painted = new ArrayList<>();
        for (int cls = 1; cls <= Labels.MAX_CLASSES; cls++) {
            if (change.paints(cls)) {
                painted.add(cls);
            }
        }
        return painted;
    }

    private static void addMissing(List<LabelClass> list, LabelClass cls) {
        if (number(list, cls, 0) == 0 && list.size() < Labels.MAX_CLASSES) {
            list.add(cls);
        }
    }

    /** The numbers in one list of the classes of another; 0 for those that it lacks. */
    private static int[] numbers(List<LabelClass> of, List<LabelClass> in) {
        int[] numbers = new int[Labels.MAX_CLASSES + 1];
        for (int cls = 1; cls < numbers.length; cls++) {
            numbers[cls] = number(in, named(of, cls), cls);
        }
        return numbers;
    }

    private static LabelClass named(List<LabelClass> classes, int cls) {
        return cls <= classes.size() ? classes.get(cls - 1) : new LabelClass("Label " + cls, ClassColours.of(cls));
    }

    /** The number of the class of that name, {@code likely} if several have it; 0 when there is none. */
    private static int number(List<LabelClass> classes, LabelClass named, int likely) {
        if (likely > 0
                && likely <= classes.size()
                && classes.get(likely - 1).name().equals(named.name())) {
            return likely;
        }
        for (int k = 0; k < classes.size(); k++) {
            if (classes.get(k).name().equals(named.name())) {
                return k + 1;
            }
        }
        return 0;
    }
}
