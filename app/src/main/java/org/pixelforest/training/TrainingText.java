package org.pixelforest.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pixelforest.classify.LeftOut;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.feature.Feature;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.forest.LearningCurve;

/** What a training gave and how good it is, in lines for people. */
final class TrainingText {

    private static final int MOST_SLIPS = 20;
    private static final int MOST_CHANNELS = 12;
    private static final int MOST_FEATURES = 5;

    private final ProjectTraining.Result result;
    private final List<String> lines = new ArrayList<>();

    private TrainingText(ProjectTraining.Result result) {
        this.result = result;
    }

    static List<String> of(ProjectTraining.Result result, Optional<QualityReport> quality) {
        TrainingText text = new TrainingText(result);
        text.training();
        quality.ifPresent(text::quality);
        return text.lines;
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private void training() {
        long[] counts = ProjectTraining.counts(result.project(), result.set());
        List<String> classes = IntStream.range(0, counts.length)
                .mapToObj(k -> String.format(
                        Locale.ROOT, "%s %,d", result.project().classes().get(k).name(), counts[k]))
                .toList();
        int images = result.set().images().size();
        add(
                "labels      %,d pixels on %d image%s: %s",
                result.set().count(), images, images == 1 ? "" : "s", String.join(", ", classes));
        int used = result.options().columns().isEmpty()
                ? result.set().samples().features()
                : result.options().columns().size();
        add(
                "forest      %d trees on %d feature channel%s, seed %d%s, SHA-256 %s",
                result.trained().forest().trees(),
                used,
                used == 1 ? "" : "s",
                result.options().seed(),
                result.options().balance() ? ", classes balanced" : "",
                result.trained().forest().sha256());
        double error = result.trained().report().oobError();
        if (Double.isFinite(error)) {
            add("out of bag  %s of the pixels misjudged (too hopeful: neighbours are alike)", percent(error));
        } else {
            add("out of bag  cannot be judged: no tree left out a labelled pixel");
        }
    }

    private void quality(QualityReport report) {
        report.byStroke().ifPresent(v -> leftOut("stroke", v, report.outOfBag()));
        report.byImage().ifPresent(v -> leftOut("image", v, report.outOfBag()));
        if (report.byStroke().isEmpty()) {
            add("left out    cannot be judged: each class is painted in a single stroke");
        }
        report.leftOut().ifPresent(this::table);
        importance(report);
        slips(report.slips());
        report.learningCurve().ifPresent(this::curve);
    }

    private void leftOut(String what, LeftOut validation, double outOfBag) {
        double gap = validation.error() - outOfBag;
        String compared = Double.isFinite(gap)
                ? String.format(
                        Locale.ROOT,
                        "; %.1f percentage points %s than out of bag",
                        100 * Math.abs(gap),
                        gap >= 0 ? "more" : "fewer")
                : "";
        add(
                "by %-6s   %s of the pixels of unseen %ss misjudged (%d %ss in %d parts)%s",
                what, percent(validation.error()), what, validation.groups(), what, validation.folds(), compared);
        for (int label : validation.classesOfOneGroup()) {
            add(
                    "            class %s is painted %s and cannot be judged; it does not count",
                    name(label), what.equals("image") ? "on one image only" : "in one stroke only");
        }
    }

    private void table(LeftOut validation) {
        ConfusionMatrix matrix = validation.confusion();
        int width = 9;
        for (int label : matrix.labels()) {
            width = Math.max(width, name(label).length() + 1);
        }
        String cell = "%" + width + "s";
        StringBuilder head = new StringBuilder();
        for (int label : matrix.labels()) {
            head.append(String.format(Locale.ROOT, cell, name(label)));
        }
        add("");
        add(
                "painted (rows) and predicted (columns), %s left out:",
                result.set().images().size() > 1 ? "images" : "strokes");
        add("%-" + width + "s%s   precision  recall     F1", "", head);
        for (int i = 0; i < matrix.size(); i++) {
            StringBuilder row = new StringBuilder();
            for (int j = 0; j < matrix.size(); j++) {
                row.append(String.format(Locale.ROOT, cell, matrix.count(i, j)));
            }
            add(
                    "%-" + width + "s%s   %9s %7s %6s",
                    name(matrix.labels()[i]),
                    row,
                    share(matrix.precision(i)),
                    share(matrix.recall(i)),
                    share(matrix.f1(i)));
        }
        add("");
    }

    private void importance(QualityReport report) {
        List<Double> channels = report.importance().channels();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, channels.size()).boxed().toList());
        order.sort(Comparator.comparingDouble((Integer c) -> -channels.get(c)));
        List<String> parts = order.stream()
                .limit(MOST_CHANNELS)
                .map(c -> ChannelChoice.name(result.project(), c) + " " + percent(channels.get(c)))
                .toList();
        add(
                "channels    %s%s",
                String.join(", ", parts),
                order.size() > MOST_CHANNELS ? " and " + (order.size() - MOST_CHANNELS) + " more" : "");
        List<Feature> features = result.project().features().orElseThrow().features();
        List<Double> shares = report.importance().features();
        add(
                "features    %s%s",
                IntStream.range(0, features.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer f) -> -shares.get(f)))
                        .limit(MOST_FEATURES)
                        .map(f -> features.get(f).longName() + " " + percent(shares.get(f)))
                        .collect(Collectors.joining(", ")),
                features.size() > MOST_FEATURES ? " and " + (features.size() - MOST_FEATURES) + " more" : "");
        var filters = result.project().features().orElseThrow().filters();
        List<String> weights = IntStream.range(0, filters.size())
                .mapToObj(f -> filters.get(f).longName() + " "
                        + percent(report.importance().filters().get(f)))
                .toList();
        add("filters     %s", String.join(", ", weights));
    }

    private void slips(List<QualityReport.LabelSlip> slips) {
        if (slips.isEmpty()) {
            add("slips       none: no label is contradicted by nine of ten trees that never saw its stroke");
            return;
        }
        add("slips       %d pixels are probably painted by mistake:", slips.size());
        for (QualityReport.LabelSlip slip : slips.subList(0, Math.min(MOST_SLIPS, slips.size()))) {
            add(
                    "            %s x %d, y %d: painted %s, predicted %s by %s of the trees",
                    slip.pixel().image(),
                    slip.pixel().x(),
                    slip.pixel().y(),
                    name(slip.painted()),
                    name(slip.predicted()),
                    percent(slip.share()));
        }
        if (slips.size() > MOST_SLIPS) {
            add("            and %d more; --report lists all", slips.size() - MOST_SLIPS);
        }
    }

    private void curve(LearningCurve curve) {
        add("labels used     pixels   accuracy    mean F1");
        for (LearningCurve.Point point : curve.points()) {
            add(
                    "%11s %10d %10s %10s",
                    percent(point.share()), point.samples(), share(point.accuracy()), share(point.meanF1()));
        }
    }

    private String name(int label) {
        return result.project().classes().get(label - 1).name();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A dash where there is nothing to say. */
    private static String share(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
    }
}
