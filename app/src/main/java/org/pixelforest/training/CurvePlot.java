package org.pixelforest.training;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.pixelforest.forest.LearningCurve;

/** A learning curve as a drawing (SVG): accuracy and mean F1 over the number of labelled pixels. Colours are those of report.css. */
final class CurvePlot {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 240;
    private static final int LEFT = 60;
    private static final int RIGHT = 90;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final int LINES = 4;

    private final List<LearningCurve.Point> points;
    private final double lowest;

    private CurvePlot(List<LearningCurve.Point> points) {
        this.points = points;
        double least = points.stream()
                .flatMapToDouble(p -> java.util.stream.DoubleStream.of(p.accuracy(), p.meanF1()))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        // Five percent of room, so that differences show and do not look larger than they are.
        this.lowest = Math.max(0, Math.floor((least - 0.05) * 20) / 20);
    }

    static String of(LearningCurve curve) {
        return new CurvePlot(curve.points()).svg();
    }

    private String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Learning curve\">%n",
                WIDTH,
                HEIGHT));
        for (int i = 0; i <= LINES; i++) {
            double value = lowest + (1 - lowest) * i / LINES;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f %%</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y(value),
                    y(value),
                    LEFT - 6,
                    y(value) + 4,
                    100 * value));
        }
        for (LearningCurve.Point point : points) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
                    x(point),
                    HEIGHT - BOTTOM + 18,
                    point.samples()));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">labelled pixels</text>%n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 6));
        // Where both end close together, one name stands above and one below.
        LearningCurve.Point last = points.get(points.size() - 1);
        int apart = last.accuracy() >= last.meanF1() ? -4 : 12;
        line(svg, "accuracy", "accuracy", LearningCurve.Point::accuracy, apart);
        line(svg, "f1", "mean F1", LearningCurve.Point::meanF1, 8 - apart);
        return svg.append("</svg>\n").toString();
    }

    private void line(
            StringBuilder svg, String kind, String name, ToDoubleFunction<LearningCurve.Point> value, int down) {
        List<LearningCurve.Point> known = points.stream()
                .filter(p -> Double.isFinite(value.applyAsDouble(p)))
                .toList();
        if (known.isEmpty()) {
            return;
        }
        String path = known.stream()
                .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", x(p), y(value.applyAsDouble(p))))
                .collect(Collectors.joining(" "));
        svg.append(String.format(Locale.ROOT, "<polyline class=\"%s\" points=\"%s\"/>%n", kind, path));
        for (LearningCurve.Point p : known) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>%n",
                    kind,
                    x(p),
                    y(value.applyAsDouble(p))));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%.1f\">%s</text>%n",
                kind,
                WIDTH - RIGHT + 10,
                y(value.applyAsDouble(known.get(known.size() - 1))) + down,
                name));
    }

    private double x(LearningCurve.Point point) {
        int most = points.stream().mapToInt(LearningCurve.Point::samples).max().orElse(1);
        return LEFT + (WIDTH - LEFT - RIGHT) * (double) point.samples() / most;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - lowest) / (1 - lowest);
    }
}
