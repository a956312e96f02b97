package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;
import org.pixelforest.label.UndoHistory;

/**
 * A stroke as a page sends it.
 *
 * @param project id of the project it was painted in, if the page says so
 * @param cls class number on the page, 0 for the eraser
 * @param className what that class was called there
 * @param points in sixteenths of a pixel, x and y in turn
 * @param fill whether the closed stroke is filled
 */
record StrokeRequest(
        String id,
        String page,
        Optional<String> project,
        String image,
        int t,
        int z,
        int cls,
        Optional<String> className,
        int brush,
        List<Integer> points,
        boolean fill) {

    private static final int MAX_POINTS = 20_000;
    private static final int FAR = 1 << 26;

    static StrokeRequest of(Body body) {
        String id = body.text("id");
        if (!id.matches("[A-Za-z0-9-]{8,64}")) {
            throw Problem.malformed("\"id\" must be a UUID.");
        }
        List<Integer> points = body.numbers("points", -FAR, FAR, 2 * MAX_POINTS);
        if (points.isEmpty() || points.size() % 2 != 0) {
            throw Problem.malformed("\"points\" must hold x and y of at least one point.");
        }
        return new StrokeRequest(
                id,
                body.optionalText("page").orElse(""),
                body.optionalText("project"),
                body.text("image"),
                body.has("t") ? body.number("t", 0, Integer.MAX_VALUE) : 0,
                body.has("z") ? body.number("z", 0, Integer.MAX_VALUE) : 0,
                body.number("class", 0, Labels.MAX_CLASSES),
                body.optionalText("className"),
                body.number("brush", 1, 199),
                points,
                body.has("fill") && body.flag("fill"));
    }

    /** The step that paints it; {@code history} tells what became of a class that the page knew by another name. */
    Step step(Content content, UndoHistory<Step> history, PageImage onto, long when) {
        int painted = cls == 0 ? 0 : find(content, history);
        Labels before = content.labels(onto.id());
        Shape shape = before.shape();
        if (t >= shape.t() || z >= shape.z()) {
            throw Problem.malformed("The image has no such plane.");
        }
        List<Stroke.Point> path = new ArrayList<>();
        for (int i = 0; i < points.size(); i += 2) {
            path.add(new Stroke.Point(points.get(i) / 16.0, points.get(i + 1) / 16.0));
        }
        Labels after = before.with(new Stroke(painted, brush, t, z, path));
        if (fill) {
            after = StrokeFill.fill(after, points, t, z, painted);
        }
        int reach = brush / 2 + 2;
        int x0 = clamp(min(0) - reach, shape.x());
        int y0 = clamp(min(1) - reach, shape.y());
        int x1 = clamp(max(0) + reach + 1, shape.x());
        int y1 = clamp(max(1) + reach + 1, shape.y());
        Step.Painted stroke = new Step.Painted(
                image, t, z, painted, pixels(before, after), List.of(x0, y0, Math.max(x0, x1), Math.max(y0, y1)));
        String what = (cls == 0 ? "Eraser on " : "Stroke on ") + onto.name();
        return Step.ofLabels(id, what, when, Optional.of(stroke), Map.of(onto.id(), before.changeTo(after)));
    }

    /** The class of the name that the page meant, whatever its number or name is now. */
    private int find(Content content, UndoHistory<Step> history) {
        if (className.isEmpty()) {
            if (cls > content.classes().size()) {
                throw gone();
            }
            return cls;
        }
        int same = number(content, className.get());
        int renamed = same > 0 ? same : number(content, ClassName.now(className.get(), history));
        if (renamed == 0) {
            throw gone();
        }
        return renamed;
    }

    /** The number of the class of that name, this one's if several have it; 0 when there is none. */
    private int number(Content content, String name) {
        if (cls <= content.classes().size()
                && content.classes().get(cls - 1).name().equals(name)) {
            return cls;
        }
        for (int k = 1; k <= content.classes().size(); k++) {
            if (content.classes().get(k - 1).name().equals(name)) {
                return k;
            }
        }
        return 0;
    }

    private Problem gone() {
        return Problem.conflict(
                "Class is gone",
                "The class " + className.orElse(String.valueOf(cls)) + " is no longer there.",
                "Choose another class.");
    }

    private static long pixels(Labels before, Labels after) {
        return before.changeTo(after).pixels();
    }

    private int min(int axis) {
        int least = Integer.MAX_VALUE;
        for (int i = axis; i < points.size(); i += 2) {
            least = Math.min(least, Math.floorDiv(points.get(i), 16));
        }
        return least;
    }

    private int max(int axis) {
        int most = Integer.MIN_VALUE;
        for (int i = axis; i < points.size(); i += 2) {
            most = Math.max(most, Math.floorDiv(points.get(i), 16));
        }
        return most;
    }

    private static int clamp(int value, int size) {
        return Math.max(0, Math.min(size, value));
    }
}
