package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.pixelforest.label.LabelChange;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/** Makes the step that does what a person asks for, on the content as it is. */
final class Steps {

    private Steps() {}

    /** Labels of one image replaced by {@code after}. */
    static Step paint(
            Content content,
            String id,
            String what,
            String image,
            Labels after,
            Optional<Step.Painted> stroke,
            long when) {
        LabelChange change = content.labels(image).changeTo(after);
        return Step.ofLabels(id, what, when, stroke, Map.of(image, change));
    }

    static Step addClass(Content content, LabelClass added, long when) {
        if (content.classes().size() >= Labels.MAX_CLASSES) {
            throw Problem.conflict(
                    "Too many classes",
                    "A project holds at most " + Labels.MAX_CLASSES + " classes.",
                    "Merge two of them.");
        }
        requireNewName(content, added.name(), 0);
        List<LabelClass> classes = new ArrayList<>(content.classes());
        classes.add(added);
        return classes(content, "Add " + added.name(), classes, labels -> labels, when);
    }

    static Step changeClass(Content content, int cls, LabelClass changed, long when) {
        LabelClass old = require(content, cls);
        requireNewName(content, changed.name(), cls);
        List<LabelClass> classes = new ArrayList<>(content.classes());
        classes.set(cls - 1, changed);
        String what = old.name().equals(changed.name()) ? "Colour of " + old.name() : "Rename " + old.name();
        return classes(content, what, classes, labels -> labels, when);
    }

    static Step deleteClass(Content content, int cls, long when) {
        LabelClass old = require(content, cls);
        List<LabelClass> classes = new ArrayList<>(content.classes());
        classes.remove(cls - 1);
        return classes(content, "Delete " + old.name(), classes, labels -> labels.without(cls), when);
    }

    static Step clearClass(Content content, int cls, long when) {
        LabelClass old = require(content, cls);
        return classes(content, "Clear " + old.name(), content.classes(), labels -> labels.cleared(cls), when);
    }

    static Step mergeClass(Content content, int from, int into, long when) {
        LabelClass old = require(content, from);
        LabelClass target = require(content, into);
        if (from == into) {
            throw Problem.conflict(
                    "Nothing to merge", "A class cannot be merged into itself.", "Choose another class.");
        }
        List<LabelClass> classes = new ArrayList<>(content.classes());
        classes.remove(from - 1);
        String what = "Merge " + old.name() + " into " + target.name();
        return classes(content, what, classes, labels -> labels.merged(from, into), when);
    }

    static Step removeImage(Content content, String image, String name, long when) {
        content.labels(image);
        List<String> images = new ArrayList<>(content.images());
        images.remove(image);
        return new Step(
                UUID.randomUUID().toString(),
                "Remove " + name,
                when,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Step.Edit<>(content.images(), images)),
                Map.of());
    }

    private static Step classes(
            Content content, String what, List<LabelClass> classes, UnaryOperator<Labels> edit, long when) {
        Map<String, LabelChange> changes = new LinkedHashMap<>();
        content.labels().forEach((image, labels) -> {
            LabelChange change = labels.changeTo(edit.apply(labels));
            if (!change.isEmpty()) {
                changes.put(image, change);
            }
        });
        Optional<Step.Edit<LabelClass>> edited = classes.equals(content.classes())
                ? Optional.empty()
                : Optional.of(new Step.Edit<>(content.classes(), classes));
        return new Step(UUID.randomUUID().toString(), what, when, Optional.empty(), edited, Optional.empty(), changes);
    }

    private static LabelClass require(Content content, int cls) {
        if (cls < 1 || cls > content.classes().size()) {
            throw Problem.conflict("Class is gone", "There is no class number " + cls + ".", "Choose another class.");
        }
        return content.classes().get(cls - 1);
    }

    private static void requireNewName(Content content, String name, int self) {
        for (int cls = 1; cls <= content.classes().size(); cls++) {
            if (cls != self && content.classes().get(cls - 1).name().equals(name)) {
                throw Problem.conflict(
                        "Name taken", "There is a class named " + name + " already.", "Choose another name.");
            }
        }
    }
}
