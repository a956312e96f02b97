package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/**
 * What can be undone: which images the project has, its classes, and what is painted. Immutable; states share what is equal.
 *
 * @param images the images' ids, in the order of the project
 * @param classes class number 1 first
 * @param labels the labels of every image that was ever part of the project, by id; those of a removed image stay, so that
 *     undoing the removal brings them back
 */
record Content(List<String> images, List<LabelClass> classes, Map<String, Labels> labels) {

    Content {
        images = List.copyOf(images);
        classes = List.copyOf(classes);
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    Labels labels(String image) {
        Labels found = labels.get(image);
        if (found == null) {
            throw Problem.missing("There is no image " + image + " in this project.");
        }
        return found;
    }

    /** Labelled pixels of class 1, 2, ... of an image. */
    List<Long> counts(String image) {
        long[] counts = labels(image).counts();
        List<Long> list = new ArrayList<>();
        for (int cls = 1; cls <= classes.size(); cls++) {
            list.add(cls < counts.length ? counts[cls] : 0);
        }
        return list;
    }

    /** This content with more images at the end, nothing painted on them unless {@code found} says so. */
    Content withImages(Map<String, Labels> found) {
        List<String> order = new ArrayList<>(images);
        Map<String, Labels> all = new LinkedHashMap<>(labels);
        found.forEach((id, painted) -> {
            if (!order.contains(id)) {
                order.add(id);
            }
            all.put(id, painted);
        });
        return new Content(order, classes, all);
    }

    /**
     * The content after a step. Of the list of images, the step takes out and puts in those that it took out and put in when it was
     * done; what was added or removed since stays so.
     */
    Content with(Step step) {
        Map<String, Labels> changed = new LinkedHashMap<>(labels);
        step.changes().forEach((image, change) -> changed.computeIfPresent(image, (id, old) -> old.with(change)));
        return new Content(
                step.images().map(this::edited).orElse(images),
                step.classes().map(Step.Edit::after).orElse(classes),
                changed);
    }

    private List<String> edited(Step.Edit<String> edit) {
        List<String> order = new ArrayList<>(images);
        order.removeIf(image -> edit.before().contains(image) && !edit.after().contains(image));
        int place = 0;
        for (String image : edit.after()) {
            int present = order.indexOf(image);
            if (present >= 0) {
                place = present + 1;
            } else if (!edit.before().contains(image) && labels.containsKey(image)) {
                order.add(place++, image);
            }
        }
        return order;
    }
}
