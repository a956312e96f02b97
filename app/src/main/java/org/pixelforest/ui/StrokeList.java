package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.pixelforest.image.Region;
import org.pixelforest.label.ConnectedLabels;
import org.pixelforest.label.LabelChange;
import org.pixelforest.label.Labels;
import org.pixelforest.label.UndoHistory;

/** The strokes of a project, newest first, and what deleting one does. Labels that no stroke painted are listed as connected parts. */
final class StrokeList {

    private static final String PART = "part-";

    private StrokeList() {}

    /** Up to {@code limit} entries after the one called {@code before}, or from the newest. */
    static List<Map<String, Object>> of(OpenProject project, String before, int limit) {
        List<Map<String, Object>> all = new ArrayList<>();
        Content content = project.state().content();
        List<Step> strokes = strokes(project.state().history());
        for (Step step : strokes) {
            Step.Painted p = step.stroke().orElseThrow();
            if (content.images().contains(p.image())) {
                all.add(entry(step.id(), p, step.when(), false));
            }
        }
        for (String image : content.images()) {
            addParts(image, content.labels(image), strokes, all);
        }
        int from = 0;
        if (before != null) {
            while (from < all.size() && !all.get(from++).get("id").equals(before)) {
                // Looks for the last entry that the page has.
            }
        }
        return all.subList(from, Math.min(all.size(), from + limit));
    }

    /** The step that deletes a stroke: pixels that it still owns become what they were before it. */
    static Step deletion(OpenProject project, Content content, String id, long when) {
        if (id.startsWith(PART)) {
            return partDeletion(project, content, id, when);
        }
        List<Step> later = new ArrayList<>();
        for (UndoHistory<Step> h = project.state().history(); h.toUndo().isPresent(); h = h.undone()) {
            Step step = h.toUndo().get();
            if (step.id().equals(id) && step.stroke().isPresent()) {
                return without(project, content, step, later, when);
            }
            later.add(step);
        }
        throw Problem.conflict("Stroke is gone", "That stroke is no longer in the project.", "");
    }

    private static Step without(OpenProject project, Content content, Step stroke, List<Step> later, long when) {
        String image = stroke.stroke().orElseThrow().image();
        LabelChange own = stroke.changes().get(image);
        if (later.stream().anyMatch(s -> s.classes().isPresent())) {
            throw Problem.conflict(
                    "Classes changed since",
                    "Classes were changed after this stroke, so what lay below it is not known.",
                    "Use the eraser, or undo back to it.");
        }
        // State right after the stroke, then everything later on top of the state without it.
        Labels now = content.labels(image);
        Labels after = now;
        for (Step step : later) {
            LabelChange change = step.changes().get(image);
            after = change == null ? after : after.with(change.inverse());
        }
        Labels rebuilt = after.with(own.inverse());
        for (int i = later.size() - 1; i >= 0; i--) {
            LabelChange change = later.get(i).changes().get(image);
            rebuilt = change == null ? rebuilt : rebuilt.with(change);
        }
        return Steps.paint(
                content,
                UUID.randomUUID().toString(),
                "Delete stroke on " + project.image(image).name(),
                image,
                rebuilt,
                Optional.empty(),
                when);
    }

    private static Step partDeletion(OpenProject project, Content content, String id, long when) {
        String[] words = id.substring(PART.length()).split("_", -1);
        if (words.length != 5) {
            throw Problem.malformed("There is no such stroke.");
        }
        String image = words[0];
        Labels labels = content.labels(image);
        ConnectedLabels parts = ConnectedLabels.of(labels);
        for (int part = 0; part < parts.size(); part++) {
            if (partId(image, parts.bounds(part), parts.cls(part)).equals(id)) {
                Region box = parts.bounds(part);
                byte[] erase = new byte[Math.toIntExact(box.pixels())];
                int i = 0;
                for (int y = box.minY(); y < box.maxY(); y++) {
                    for (int x = box.minX(); x < box.maxX(); x++, i++) {
                        erase[i] = parts.at(box.t(), box.minZ(), y, x) == part ? Labels.ERASE : 0;
                    }
                }
                return Steps.paint(
                        content,
                        UUID.randomUUID().toString(),
                        "Delete stroke on " + project.image(image).name(),
                        image,
                        labels.with(box, erase),
                        Optional.empty(),
                        when);
            }
        }
        throw Problem.conflict("Stroke is gone", "That stroke is no longer in the project.", "");
    }

    private static List<Step> strokes(UndoHistory<Step> history) {
        List<Step> strokes = new ArrayList<>();
        for (UndoHistory<Step> h = history; h.toUndo().isPresent(); h = h.undone()) {
            if (h.toUndo().get().stroke().isPresent()) {
                strokes.add(h.toUndo().get());
            }
        }
        return strokes;
    }

    private static void addParts(String image, Labels labels, List<Step> strokes, List<Map<String, Object>> all) {
        ConnectedLabels parts = ConnectedLabels.of(labels);
        for (int part = 0; part < parts.size(); part++) {
            Region box = parts.bounds(part);
            if (strokes.stream().noneMatch(s -> overlaps(s.stroke().orElseThrow(), image, box))) {
                all.add(entry(
                        partId(image, box, parts.cls(part)),
                        new Step.Painted(
                                image,
                                box.t(),
                                box.minZ(),
                                parts.cls(part),
                                parts.pixels(part),
                                List.of(box.minX(), box.minY(), box.maxX(), box.maxY())),
                        0,
                        true));
            }
        }
    }

    private static boolean overlaps(Step.Painted stroke, String image, Region box) {
        List<Integer> b = stroke.box();
        return stroke.image().equals(image)
                && stroke.t() == box.t()
                && stroke.z() == box.minZ()
                && b.get(0) < box.maxX()
                && box.minX() < b.get(2)
                && b.get(1) < box.maxY()
                && box.minY() < b.get(3);
    }

    private static String partId(String image, Region box, int cls) {
        return PART + image + "_" + cls + "_" + box.minY() + "." + box.maxY() + "_" + box.minX() + "." + box.maxX()
                + "_" + box.t() + "." + box.minZ();
    }

    private static Map<String, Object> entry(String id, Step.Painted painted, long when, boolean imported) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", id);
        entry.put("image", painted.image());
        entry.put("t", painted.t());
        entry.put("z", painted.z());
        entry.put("class", painted.cls());
        entry.put("pixels", painted.pixels());
        entry.put("box", painted.box());
        entry.put("when", when);
        entry.put("imported", imported);
        return entry;
    }
}
