package org.pixelforest.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pixelforest.classify.LeftOut;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.forest.ConfusionMatrix;

/** What a training gave and how good it is, as a page of its own that needs nothing but itself. */
final class TrainingPage {

    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}"
                    + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .8em;text-align:right;border-bottom:1px solid #ddd}"
                    + "th:first-child,td:first-child{text-align:left}.hit{background:#e3f2e6}.miss{background:#fbe5e1}"
                    + "pre{background:#f5f5f5;padding:1em;overflow:auto}.bar{display:inline-block;height:.8em;background:#4a7fb5}";

    private final ProjectTraining.Result result;
    private final StringBuilder html = new StringBuilder();

    private TrainingPage(ProjectTraining.Result result) {
        this.result = result;
    }

    static String of(ProjectTraining.Result result, Optional<QualityReport> quality, String program, String project) {
        TrainingPage page = new TrainingPage(result);
        page.html
                .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(project))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Training of ")
                .append(escaped(project))
                .append("</h1>\n<p>")
                .append(escaped(program))
                .append("</p>\n<pre>");
        TrainingText.of(result, Optional.empty())
                .forEach(line -> page.html.append(escaped(line)).append('\n'));
        page.html.append("</pre>\n");
        quality.ifPresent(page::quality);
        return page.html.append("</body></html>\n").toString();
    }

    private void quality(QualityReport report) {
        report.byImage().ifPresent(v -> leftOut("Unseen images", v));
        report.byStroke().ifPresent(v -> leftOut("Unseen strokes", v));
        html.append("<h2>Importance</h2>\n");
        List<Double> channels = report.importance().channels();
        bars(
                "channel",
                channels.stream().toList(),
                java.util.stream.IntStream.range(0, channels.size())
                        .mapToObj(c -> ChannelChoice.name(result.project(), c))
                        .toList());
        bars(
                "filter",
                report.importance().filters(),
                result.project().features().orElseThrow().filters().stream()
                        .map(f -> f.longName())
                        .toList());
        slips(report);
        report.learningCurve().ifPresent(curve -> {
            html.append("<h2>Learning curve</h2>\n<table><tr><th>labels used</th><th>pixels</th><th>accuracy</th>"
                    + "<th>mean F1</th></tr>\n");
            curve.points()
                    .forEach(p -> row(
                            percent(p.share()),
                            Integer.toString(p.samples()),
                            percent(p.accuracy()),
                            percent(p.meanF1())));
            html.append("</table>\n");
        });
    }

    private void leftOut(String title, LeftOut validation) {
        ConfusionMatrix matrix = validation.confusion();
        html.append("<h2>").append(title).append("</h2>\n<p>").append(percent(validation.error()));
        html.append(" of the pixels misjudged (").append(validation.groups()).append(" groups in ");
        html.append(validation.folds()).append(" parts); out of bag ");
        html.append(percent(result.trained().report().oobError())).append(".");
        for (int label : validation.classesOfOneGroup()) {
            html.append(" Class ")
                    .append(escaped(name(label)))
                    .append(" is painted in one group only and cannot be judged.");
        }
        html.append("</p>\n<table><tr><th>painted \\ predicted</th>");
        for (int label : matrix.labels()) {
            html.append("<th>").append(escaped(name(label))).append("</th>");
        }
        html.append("<th>precision</th><th>recall</th><th>F1</th></tr>\n");
        for (int i = 0; i < matrix.size(); i++) {
            html.append("<tr><td>").append(escaped(name(matrix.labels()[i]))).append("</td>");
            for (int j = 0; j < matrix.size(); j++) {
                String kind = i == j ? "hit" : matrix.count(i, j) > 0 ? "miss" : "";
                html.append("<td class=\"").append(kind).append("\">");
                html.append(matrix.count(i, j)).append("</td>");
            }
            html.append("<td>").append(percent(matrix.precision(i)));
            html.append("</td><td>").append(percent(matrix.recall(i)));
            html.append("</td><td>").append(percent(matrix.f1(i))).append("</td></tr>\n");
        }
        html.append("</table>\n");
    }

    private void bars(String what, List<Double> shares, List<String> names) {
        html.append("<table><tr><th>").append(what).append("</th><th>share</th><th></th></tr>\n");
        for (int i = 0; i < names.size(); i++) {
            html.append("<tr><td>")
                    .append(escaped(names.get(i)))
                    .append("</td><td>")
                    .append(percent(shares.get(i)));
            html.append("</td><td style=\"text-align:left\"><span class=\"bar\" style=\"width:");
            html.append(String.format(Locale.ROOT, "%.0f", 300 * shares.get(i))).append("px\"></span></td></tr>\n");
        }
        html.append("</table>\n");
    }

    private void slips(QualityReport report) {
        html.append("<h2>Probable slips</h2>\n");
        if (report.slips().isEmpty()) {
            html.append("<p>None.</p>\n");
            return;
        }
        html.append(
                "<table><tr><th>image</th><th>x</th><th>y</th><th>painted</th><th>predicted</th><th>trees</th></tr>\n");
        report.slips()
                .forEach(s -> row(
                        s.pixel().image(),
                        Integer.toString(s.pixel().x()),
                        Integer.toString(s.pixel().y()),
                        name(s.painted()),
                        name(s.predicted()),
                        percent(s.share())));
        html.append("</table>\n");
    }

    private void row(String... cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append("<td>").append(escaped(cell)).append("</td>");
        }
        html.append("</tr>\n");
    }

    private String name(int label) {
        return result.project().classes().get(label - 1).name();
    }

    private static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "-";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
