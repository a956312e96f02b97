package org.pixelforest.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.label.LabelChange;
import org.pixelforest.label.LabelClass;

/**
 * Something a person did that can be taken back.
 *
 * @param id the stroke's id as the page made it, or one of ours
 * @param what in words, e.g. {@code "Stroke on Patient1_003"}
 * @param when milliseconds since 1970, UTC
 * @param stroke the stroke, when it is one
 * @param classes the list of classes before and after, when it changes
 * @param images the images of the project before and after, when they change; what differs counts
 * @param changes what changes in the labels, by image
 */
record Step(
        String id,
        String what,
        long when,
        Optional<Painted> stroke,
        Optional<Edit<LabelClass>> classes,
        Optional<Edit<String>> images,
        Map<String, LabelChange> changes) {

    /** A list before and after. */
    record Edit<T>(List<T> before, List<T> after) {
        Edit {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        Edit<T> inverse() {
            return new Edit<>(after, before);
        }
    }

    /**
     * What the list of strokes shows.
     *
     * @param cls class number at the time, 0 for the eraser
     * @param pixels painted pixels, as painted
     * @param box x0, y0, x1, y1 in pixels of the image, half-open
     */
    record Painted(String image, int t, int z, int cls, long pixels, List<Integer> box) {}

    Step {
        changes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    static Step ofLabels(
            String id, String what, long when, Optional<Painted> stroke, Map<String, LabelChange> changes) {
        return new Step(id, what, when, stroke, Optional.empty(), Optional.empty(), changes);
    }

    /** Whether classes go or get other numbers, so that a forest trained before would mean others by its own. */
    boolean renumbers() {
        return classes.isPresent()
                && renumbers(classes.get().before(), classes.get().after());
    }

    private static boolean renumbers(List<LabelClass> before, List<LabelClass> after) {
        int more = after.size() - before.size();
        return more < 0 || more > 0 && !after.subList(0, before.size()).equals(before);
    }

    /** The way back. */
    Step inverse() {
        Map<String, LabelChange> back = new LinkedHashMap<>();
        changes.forEach((image, change) -> back.put(image, change.inverse()));
        return new Step(id, what, when, stroke, classes.map(Edit::inverse), images.map(Edit::inverse), back);
    }
}
