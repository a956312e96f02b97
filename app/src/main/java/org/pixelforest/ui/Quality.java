package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.forest.CrossValidation;
import org.pixelforest.image.Shape;

/**
 * How good the newest forest is: its out-of-bag error at once; what forests of {@value #TREES} trees make of strokes that they never
 * saw, in {@value #FOLDS} parts, when there is time. Fewer trees than the forest itself has, so that the answer comes soon; it can
 * only be too modest.
 */
final class Quality implements LiveUpdate.Listener, Workspace.Member, QuietWork.Task {

    static final int TREES = 25;
    static final int FOLDS = 5;
    private static final int TREND = 16;

    /** A training as the trend shows it. */
    record Point(double outOfBag, Double leftOut) {}

    private record Newest(
            long model, double outOfBag, List<Double> channels, List<Double> filters, List<String> classes) {}

    private record Checked(List<String> classes, LeftOutStrokes strokes) {}

    private final Workspace workspace;
    private final List<Point> trend = new ArrayList<>(); // guarded by this, as are the others
    private Newest newest;
    private Checked checked;

    Quality(Workspace workspace) {
        this.workspace = workspace;
        workspace.hub().part("quality", this::json);
        workspace.join(this);
    }

    @Override
    public synchronized void opened(Optional<OpenProject> project) {
        trend.clear();
        newest = null;
        checked = null;
    }

    @Override
    public void trained(OpenProject project, Trainer.Result result, long model) {
        Shape shape = result.set().images().get(0).stack().shape();
        List<Double> importance = result.trained().report().importance();
        double outOfBag = result.trained().report().oobError();
        synchronized (this) {
            newest = new Newest(
                    model,
                    outOfBag,
                    Importance.ofChannels(importance, result.set().features(), shape),
                    Importance.ofFilters(importance, result.set().features(), shape),
                    names(project));
            trend.add(new Point(outOfBag, null));
            if (trend.size() > TREND) {
                trend.remove(0);
            }
        }
        workspace.hub().changed("quality");
    }

    private static List<String> names(OpenProject project) {
        return project.state().content().classes().stream().map(c -> c.name()).toList();
    }

    @Override
    public void compute(QuietWork.Newest of, BooleanSupplier proceed) {
        TrainingSet set = of.result().set();
        int[] groups = set.strokeGroups();
        List<String> classes = names(of.project());
        if (Arrays.stream(groups).distinct().limit(2).count() < 2) {
            return;
        }
        CrossValidation validation = CrossValidation.run(
                set.samples(),
                groups,
                FOLDS,
                of.result().options().withTrees(TREES),
                1,
                (done, total) -> proceed.getAsBoolean());
        LeftOutStrokes strokes = LeftOutStrokes.of(validation, set, classes.size());
        synchronized (this) {
            if (newest == null || newest.model != of.model()) {
                return;
            }
            checked = new Checked(classes, strokes);
            Point last = trend.remove(trend.size() - 1);
            trend.add(new Point(last.outOfBag, strokes.error().orElse(null)));
        }
        workspace.hub().changed("quality");
    }

    /** Labelled pixels of a cell of the confusion matrix; classes from 1. */
    synchronized List<LeftOutStrokes.Pixel> pixels(int painted, int predicted) {
        return current().map(c -> c.strokes.pixels(painted, predicted)).orElse(List.of());
    }

    /** The last matrix, unless classes were added, removed or renamed since: their numbers may mean others now. */
    private Optional<Checked> current() {
        return Optional.ofNullable(checked).filter(c -> workspace
                .project()
                .filter(p -> names(p).equals(c.classes))
                .isPresent());
    }

    private synchronized Map<String, Object> json() {
        if (newest == null) {
            return null;
        }
        Map<String, Object> importance = new LinkedHashMap<>();
        importance.put("channels", newest.channels);
        importance.put("filters", newest.filters);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outOfBag", newest.outOfBag);
        json.put("leftOut", current().flatMap(c -> c.strokes.error()).orElse(null));
        json.put("trend", List.copyOf(trend));
        json.put("confusion", current().map(c -> c.strokes.confusion()).orElse(null));
        json.put("importance", importance);
        json.put("model", newest.model);
        return json;
    }
}
