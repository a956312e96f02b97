package org.pixelforest.ui;

import java.util.List;
import java.util.Optional;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.UndoHistory;

/** What a class is called now that a page, which did not hear of it yet, still knows by another name. */
final class ClassName {

    private ClassName() {}

    static String now(String name, UndoHistory<Step> history) {
        String now = name;
        // What was taken back last happened first on the way from there to here.
        List<Step> undone = JournalLine.undone(history);
        for (int i = undone.size() - 1; i >= 0; i--) {
            now = renamed(now, undone.get(i).classes().map(Step.Edit::inverse));
        }
        for (Step step : now.equals(name) ? JournalLine.done(history) : List.<Step>of()) {
            now = renamed(now, step.classes());
        }
        return now;
    }

    private static String renamed(String name, Optional<Step.Edit<LabelClass>> edit) {
        if (edit.isEmpty() || edit.get().before().size() != edit.get().after().size()) {
            return name;
        }
        List<LabelClass> after = edit.get().after();
        List<LabelClass> before = edit.get().before();
        for (int k = 0; k < after.size(); k++) {
            if (before.get(k).name().equals(name)) {
                return after.get(k).name();
            }
        }
        return name;
    }
}
