package org.pixelforest.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pixelforest.classify.LeftOut;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.feature.Feature;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.label.LabelClass;
import org.pixelforest.project.Project;

/** What a training gave and how good it is, as a page of its own that needs nothing but itself. */
final class TrainingPage {

    private static final int MOST_BARS = 15;

    private final ProjectTraining.Result result;
    private final Project project;
    private final StringBuilder html = new StringBuilder();

    private TrainingPage(ProjectTraining.Result result) {
        this.result = result;
        this.project = result.project();
    }

    static String of(TrainingReports reports) {
        TrainingPage page = new TrainingPage(reports.result());
        page.add("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.add("<meta name=\"viewport\" content=\"width=device-width\">");
        page.add("<title>", escaped(reports.name()), "</title><style>\n", style(), "</style></head><body>\n");
        page.add("<h1>Training of ", escaped(reports.name()), "</h1>\n<p class=\"quiet\">");
        page.add(escaped(reports.program()));
        page.project.modelCard().ifPresent(card -> page.add(", ", escaped(card.created())));
        page.add("</p>\n");
        page.figures(reports.quality());
        reports.notes().forEach(note -> page.add("<p>Mind: ", escaped(note), ".</p>\n"));
        page.training();
        reports.quality().ifPresent(page::quality);
        return page.add("</body></html>\n").html.toString();
    }

    private static String style() {
        try (InputStream css = TrainingPage.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own files cannot be read", e);
        }
    }

    private TrainingPage add(String... parts) {
        for (String part : parts) {
            html.append(part);
        }
        return this;
    }

    /** The error three times, from the most honest figure to the most hopeful. */
    private void figures(Optional<QualityReport> quality) {
        add("<div class=\"figures\">\n");
        quality.flatMap(QualityReport::byImage)
                .ifPresent(v -> figure("of the pixels of unseen images misjudged", v.error(), gap(v)));
        quality.flatMap(QualityReport::byStroke)
                .ifPresent(v -> figure("of the pixels of unseen strokes misjudged", v.error(), gap(v)));
        figure(
                "out-of-bag error",
                result.trained().report().oobError(),
                "too hopeful: neighbours of a labelled pixel are alike");
        add("</div>\n");
    }

    private void figure(String what, double error, String comment) {
        add("<div><b>", percent(error), "</b>", what, "<br><span class=\"quiet\">", comment, "</span></div>\n");
    }

    private String gap(LeftOut validation) {
        double gap = validation.error() - result.trained().report().oobError();
        if (!Double.isFinite(gap)) {
            return "no tree left out a labelled pixel to compare with";
        }
        return String.format(
                Locale.ROOT,
                "%.1f percentage points %s than out of bag",
                100 * Math.abs(gap),
                gap >= 0 ? "more" : "fewer");
    }

    private void training() {
        long[] counts = ProjectTraining.counts(project, result.set());
        add("<dl>\n<dt>labels</dt><dd>");
        add(String.format(Locale.ROOT, "%,d pixels", result.set().count()), " on ");
        int images = result.set().images().size();
        add(images + (images == 1 ? " image" : " images"), "</dd>\n<dt>classes</dt><dd>");
        for (int k = 0; k < counts.length; k++) {
            LabelClass cls = project.classes().get(k);
            add("<span class=\"swatch\" style=\"background:", ClassList.hex(cls), "\"></span>", escaped(cls.name()));
            add(String.format(Locale.ROOT, " %,d", counts[k]), k + 1 < counts.length ? " &nbsp; " : "");
        }
        int used = result.options().columns().isEmpty()
                ? result.set().samples().features()
                : result.options().columns().size();
        add("</dd>\n<dt>features</dt><dd>", used + " feature channels: ");
        add(escaped(FeatureChoice.text(project.features().orElseThrow()).replace(";", "; ")));
        add("</dd>\n<dt>forest</dt><dd>", result.trained().forest().trees() + " trees, seed ");
        add(Long.toString(result.options().seed()), result.options().balance() ? ", classes balanced" : "");
        add("</dd>\n<dt>SHA-256</dt><dd>", result.trained().forest().sha256(), "</dd>\n</dl>\n");
    }

    private void quality(QualityReport report) {
        report.byImage().ifPresent(v -> leftOut("images", v));
        report.byStroke().ifPresent(v -> leftOut("strokes", v));
        if (report.byStroke().isEmpty()) {
            add("<p>Each class is painted in a single stroke, so that nothing can be left out to judge by.</p>\n");
        }
        importance(report);
        slips(report);
        report.learningCurve().ifPresent(curve -> {
            add(
                    "<h2>Learning curve</h2>\n<p class=\"quiet\">Judged on what was left out, as above, by forests of fewer labels. ");
            add("While it climbs, more labels help.</p>\n", CurvePlot.of(curve));
            table("labels used", "pixels", "accuracy", "mean F1");
            curve.points()
                    .forEach(p -> row(
                            percent(p.share()),
                            String.format(Locale.ROOT, "%,d", p.samples()),
                            percent(p.accuracy()),
                            percent(p.meanF1())));
            endTable();
        });
    }

    private void leftOut(String what, LeftOut validation) {
        ConfusionMatrix matrix = validation.confusion();
        add("<h2>Unseen ", what, "</h2>\n<p>", percent(validation.error()), " of the pixels misjudged (");
        add(validation.groups() + " " + what + " in " + validation.folds() + " parts), ");
        add(gap(validation), ".");
        for (int label : validation.classesOfOneGroup()) {
            add(" Class ", escaped(name(label)), " is painted ");
            add(what.equals("images") ? "on one image only" : "in one stroke only");
            add(" and cannot be judged; it does not count.");
        }
        add("</p>\n<div class=\"scroll\"><table><tr><th>painted \\ predicted</th>");
        for (int label : matrix.labels()) {
            add("<th>", escaped(name(label)), "</th>");
        }
        add("<th>precision</th><th>recall</th><th>F1</th></tr>\n");
        for (int i = 0; i < matrix.size(); i++) {
            add("<tr><td>", escaped(name(matrix.labels()[i])), "</td>");
            for (int j = 0; j < matrix.size(); j++) {
                String kind = i == j ? "hit" : matrix.count(i, j) > 0 ? "miss" : "";
                add(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">");
                add(String.format(Locale.ROOT, "%,d", matrix.count(i, j)), "</td>");
            }
            add("<td>", percent(matrix.precision(i)), "</td><td>", percent(matrix.recall(i)));
            add("</td><td>", percent(matrix.f1(i)), "</td></tr>\n");
        }
        endTable();
    }

    private void importance(QualityReport report) {
        add("<h2>Importance</h2>\n<p class=\"quiet\">Share of the impurity (Gini) that splits on it take away.</p>\n");
        add("<div class=\"columns\">\n");
        List<Double> channels = report.importance().channels();
        bars(
                "channel",
                channels,
                IntStream.range(0, channels.size())
                        .mapToObj(c -> ChannelChoice.name(project, c))
                        .toList());
        bars(
                "filter",
                report.importance().filters(),
                project.features().orElseThrow().filters().stream()
                        .map(f -> f.longName())
                        .toList());
        bars(
                "feature",
                report.importance().features(),
                project.features().orElseThrow().features().stream()
                        .map(Feature::longName)
                        .toList());
        add("</div>\n");
    }

    private void bars(String what, List<Double> shares, List<String> names) {
        double largest = shares.stream().mapToDouble(s -> s).max().orElse(0);
        add("<div><table><tr><th>", what, "</th><th>share</th><th></th></tr>\n");
        IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -shares.get(i)))
                .limit(MOST_BARS)
                .forEach(i -> {
                    add("<tr><td>", escaped(names.get(i)), "</td><td>", percent(shares.get(i)));
                    add("</td><td><span class=\"track\">");
                    if (shares.get(i) > 0) {
                        String width = String.format(Locale.ROOT, "%.1f", 100 * shares.get(i) / largest);
                        add("<i style=\"width:", width, "%\"></i>");
                    }
                    add("</span></td></tr>\n");
                });
        add("</table>");
        if (names.size() > MOST_BARS) {
            add("<p class=\"quiet\">and " + (names.size() - MOST_BARS) + " more</p>");
        }
        add("</div>\n");
    }

    private void slips(QualityReport report) {
        add("<h2>Probable slips</h2>\n");
        if (report.slips().isEmpty()) {
            add("<p>None: no label is contradicted by nine of ten trees that never saw its stroke.</p>\n");
            return;
        }
        add("<p class=\"quiet\">Labels that nine of ten trees contradict, none of which saw the stroke.</p>\n");
        table("image", "x", "y", "painted", "predicted", "trees");
        report.slips()
                .forEach(s -> row(
                        s.pixel().image(),
                        Integer.toString(s.pixel().x()),
                        Integer.toString(s.pixel().y()),
                        name(s.painted()),
                        name(s.predicted()),
                        percent(s.share())));
        endTable();
    }

    private void table(String... columns) {
        add("<div class=\"scroll\"><table><tr>");
        for (String column : columns) {
            add("<th>", column, "</th>");
        }
        add("</tr>\n");
    }

    private void row(String... cells) {
        add("<tr>");
        for (String cell : cells) {
            add("<td>", escaped(cell), "</td>");
        }
        add("</tr>\n");
    }

    private void endTable() {
        add("</table></div>\n");
    }

    private String name(int label) {
        return project.classes().get(label - 1).name();
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
