package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.pixelforest.classify.LeftOut;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.classify.QualityReport.LabelSlip;
import org.pixelforest.classify.QualityReport.Question;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.TrainedForest;

/**
 * How good the newest forest is, by {@link QualityReport}: its out-of-bag error at once; what forests of {@value #TREES} trees make of
 * strokes that they never saw, when there is time. Fewer trees than the forest itself has, so that the answer comes soon; it can only
 * be too modest. A stored forest does not say how good it is: the labels are trained on again, and that training is judged.
 */
final class Quality implements LiveUpdate.Listener, Workspace.Member, QuietWork.Task {

    static final int TREES = 25;
    private static final int TREND = 16;
    private static final int MOST_SLIPS = 50;

    /** A training as the trend shows it. */
    record Point(double outOfBag, Double leftOut) {}

    private record Newest(long model, double outOfBag, List<Double> channels, List<Double> filters) {}

    private record Checked(List<String> classes, QualityReport report) {}

    private final Workspace workspace;
    private final Channels channels;
    private final List<Point> trend = new ArrayList<>(); // guarded by this, as are the others
    private Newest newest;
    private Checked checked;

    Quality(Workspace workspace, Channels channels) {
        this.workspace = workspace;
        this.channels = channels;
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
        QualityReport report = judge(result, Set.of(), () -> true);
        List<Double> used = scaled(report.importance().channels());
        synchronized (this) {
            if (workspace.project().filter(p -> p == project).isEmpty()) {
                return; // another one was opened meanwhile
            }
            channels.weigh(used);
            newest = new Newest(
                    model, report.outOfBag(), used, scaled(report.importance().filters()));
            trend.add(new Point(report.outOfBag(), null));
            if (trend.size() > TREND) {
                trend.remove(0);
            }
        }
        workspace.hub().changed("quality", "channels");
    }

    private static QualityReport judge(Trainer.Result result, Set<Question> questions, BooleanSupplier proceed) {
        return QualityReport.of(
                result.material().set(),
                result.material().options().withTrees(TREES),
                result.trained().report(),
                questions,
                1,
                (done, total) -> proceed.getAsBoolean());
    }

    /** The largest share becomes 1. */
    private static List<Double> scaled(List<Double> shares) {
        double most = shares.stream().mapToDouble(s -> s).max().orElse(0);
        return shares.stream().map(s -> most > 0 ? s / most : 0.0).toList();
    }

    private static List<String> names(OpenProject project) {
        return project.state().content().classes().stream().map(c -> c.name()).toList();
    }

    @Override
    public void compute(QuietWork.Newest of, BooleanSupplier proceed) throws IOException {
        Trainer.Result result;
        if (of.result().isPresent()) {
            result = of.result().get();
        } else {
            try {
                result = again(of.project(), proceed);
            } catch (Trainer.NotYet noLabels) {
                return;
            }
            trained(of.project(), result, of.model());
        }
        List<String> classes = names(of.project());
        QualityReport report = judge(result, Set.of(Question.STROKES), proceed);
        synchronized (this) {
            if (newest == null || newest.model != of.model()) {
                return;
            }
            checked = new Checked(classes, report);
            Point last = trend.remove(trend.size() - 1);
            trend.add(new Point(
                    last.outOfBag, report.byStroke().map(LeftOut::error).orElse(null)));
        }
        workspace.hub().changed("quality");
    }

    /** Trains on the labels as they are, on one thread and with buffers of its own, so that Live Update waits for nothing. */
    private static Trainer.Result again(OpenProject project, BooleanSupplier proceed) throws IOException {
        Trainer.Material material = new Trainer(project, 1).gather((done, total) -> proceed.getAsBoolean());
        TrainedForest trained = RandomForest.trainWithReport(
                material.set().samples(), material.options(), 1, (done, total) -> proceed.getAsBoolean());
        if (!proceed.getAsBoolean()) {
            throw new CancellationException();
        }
        return new Trainer.Result(trained, material);
    }

    /** Labelled pixels of a cell of the confusion matrix; classes from 1. */
    synchronized List<LeftOut.Pixel> pixels(int painted, int predicted) {
        return leftOut().map(v -> v.pixels(painted, predicted)).orElse(List.of());
    }

    /** The last judgement, unless classes were added, removed or renamed since: their numbers may mean others now. */
    private Optional<Checked> current() {
        return Optional.ofNullable(checked).filter(c -> workspace
                .project()
                .filter(p -> names(p).equals(c.classes))
                .isPresent());
    }

    private Optional<LeftOut> leftOut() {
        return current().flatMap(c -> c.report.byStroke());
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
        json.put("leftOut", leftOut().map(LeftOut::error).orElse(null));
        json.put("judgedBy", Map.of("trees", TREES, "parts", QualityReport.FOLDS));
        json.put("trend", List.copyOf(trend));
        json.put(
                "confusion",
                current()
                        .map(c -> square(
                                c.report.byStroke().map(LeftOut::confusion).orElse(null), c.classes.size()))
                        .orElse(null));
        json.put("slips", current().map(c -> slips(c.report.slips())).orElse(List.of()));
        json.put("importance", importance);
        json.put("model", newest.model);
        return json;
    }

    /** A row and a column a class of the project, whether it has labels or not. */
    private static long[][] square(ConfusionMatrix matrix, int classes) {
        long[][] counts = new long[classes][classes];
        int[] labels = matrix == null ? new int[0] : matrix.labels();
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length; j++) {
                if (Math.max(labels[i], labels[j]) <= classes) {
                    counts[labels[i] - 1][labels[j] - 1] = matrix.count(i, j);
                }
            }
        }
        return counts;
    }

    private static List<Map<String, Object>> slips(List<LabelSlip> slips) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (LabelSlip slip : slips.subList(0, Math.min(MOST_SLIPS, slips.size()))) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("image", slip.pixel().image());
            json.put("t", slip.pixel().t());
            json.put("z", slip.pixel().z());
            json.put("y", slip.pixel().y());
            json.put("x", slip.pixel().x());
            json.put("painted", slip.painted());
            json.put("predicted", slip.predicted());
            json.put("share", slip.share());
            list.add(json);
        }
        return list;
    }
}
