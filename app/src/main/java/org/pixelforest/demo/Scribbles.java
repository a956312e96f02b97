package org.pixelforest.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pixelforest.label.Stroke;
import org.pixelforest.prepare.Crop;

/**
 * Paints strokes as a person labels a crop: few of each class, spread over the picture, most of them short lines through clear
 * examples, some along borders, where a classifier needs them. The hand stays inside what it paints, within its width.
 */
final class Scribbles {

    private static final int BRUSH = 3;
    private static final double STEP = 1.6;

    /** How a stroke is drawn: how deep inside the class it starts and must stay, in raw pixels, and its longest length. */
    private record Hand(double startAbove, double startBelow, double stayAbove, int steps) {}

    private static final Hand NUCLEUS_CLEAR = new Hand(1.5, 99, 0.9, 5);
    private static final Hand NUCLEUS_BORDER = new Hand(0.5, 1.0, 0.45, 5);
    private static final Hand CYTOPLASM_CLEAR = new Hand(1.0, 99, 0.7, 9);
    private static final Hand CYTOPLASM_BORDER = new Hand(0.4, 0.8, 0.35, 7);
    private static final Hand BACKGROUND_CLEAR = new Hand(2.5, 99, 1.2, 24);
    private static final Hand BACKGROUND_BORDER = new Hand(0.5, 1.2, 0.4, 8);

    private final Tissue tissue;
    private final Crop crop;
    private final int pitch;
    private final SplittableRandom random;

    private Scribbles(Tissue tissue, Crop crop, long seed) {
        this.tissue = tissue;
        this.crop = crop;
        this.pitch = 2 * tissue.recipe().width();
        this.random = new SplittableRandom(seed);
    }

    /** Strokes on a crop, in its coordinates. */
    static List<Stroke> paint(Tissue tissue, Crop crop, long seed) {
        Scribbles person = new Scribbles(tissue, crop, seed);
        List<Stroke> strokes = new ArrayList<>();
        person.paint(Tissue.NUCLEUS, NUCLEUS_CLEAR, 12, strokes);
        person.paint(Tissue.NUCLEUS, NUCLEUS_BORDER, 6, strokes);
        person.paint(Tissue.CYTOPLASM, CYTOPLASM_CLEAR, 10, strokes);
        person.paint(Tissue.CYTOPLASM, CYTOPLASM_BORDER, 8, strokes);
        person.paint(Tissue.BACKGROUND, BACKGROUND_CLEAR, 7, strokes);
        person.paint(Tissue.BACKGROUND, BACKGROUND_BORDER, 9, strokes);
        return strokes;
    }

    private void paint(int cls, Hand hand, int count, List<Stroke> strokes) {
        List<Stroke.Point> starts = new ArrayList<>();
        int before = strokes.size();
        for (int tries = 0; tries < 40_000 && strokes.size() < before + count; tries++) {
            double x = 2 + random.nextDouble() * (crop.width() - 4);
            double y = 2 + random.nextDouble() * (crop.height() - 4);
            double depth = depth(cls, x, y);
            if (depth < hand.startAbove || depth > hand.startBelow || crowded(starts, x, y)) {
                continue;
            }
            List<Stroke.Point> line = line(cls, hand, x, y);
            if (line.size() >= 3) {
                starts.add(line.get(0));
                strokes.add(new Stroke(cls, BRUSH, 0, 0, line));
            }
        }
    }

    private static boolean crowded(List<Stroke.Point> starts, double x, double y) {
        return starts.stream().anyMatch(p -> (p.x() - x) * (p.x() - x) + (p.y() - y) * (p.y() - y) < 30 * 30);
    }

    /** Goes on as straight as the shape allows, bends where it must, ends where it cannot. */
    private List<Stroke.Point> line(int cls, Hand hand, double x, double y) {
        List<Stroke.Point> points = new ArrayList<>();
        points.add(new Stroke.Point(x, y));
        double heading = 2 * StrictMath.PI * random.nextDouble();
        for (int step = 0; step < hand.steps; step++) {
            double best = -1;
            double bestHeading = heading;
            int turns = step == 0 ? 9 : 3;
            for (int turn = -turns; turn <= turns; turn++) {
                double to = heading + 0.35 * turn;
                double depth = depth(cls, x + STEP * StrictMath.cos(to), y + STEP * StrictMath.sin(to));
                double worth = Math.min(depth, hand.startBelow) - 0.12 * Math.abs(turn) + 0.1 * random.nextDouble();
                if (depth >= hand.stayAbove && worth > best) {
                    best = worth;
                    bestHeading = to;
                }
            }
            if (best < 0) {
                return points;
            }
            heading = bestHeading;
            x += STEP * StrictMath.cos(heading);
            y += STEP * StrictMath.sin(heading);
            points.add(new Stroke.Point(x, y));
        }
        return points;
    }

    /** How deep inside the class a place of the crop lies, in raw pixels; below 0 outside of it or of the crop. */
    private double depth(int cls, double x, double y) {
        if (x < 1 || y < 1 || x >= crop.width() - 1 || y >= crop.height() - 1) {
            return -1;
        }
        int at = (crop.y() + (int) y) * pitch + crop.x() + (int) x;
        float nucleus = tissue.nucleusDepth()[at];
        float cell = tissue.cellDepth()[at];
        return switch (cls) {
            case Tissue.NUCLEUS -> nucleus;
            case Tissue.CYTOPLASM -> Math.min(cell, -nucleus);
            default -> Math.min(-cell, -nucleus);
        };
    }
}
