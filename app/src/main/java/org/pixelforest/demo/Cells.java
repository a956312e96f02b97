package org.pixelforest.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The cells of a piece of tissue, thrown at random where there is room, and found again by place. */
final class Cells {

    private static final int MARGIN = 20;
    private static final int BUCKET = 13;

    private final Anatomy anatomy;
    private final SplittableRandom random;
    private final int columns;
    private final int rows;
    private final List<List<Cell>> buckets = new ArrayList<>();

    Cells(TissueRecipe recipe, Anatomy anatomy) {
        this.anatomy = anatomy;
        this.random = new SplittableRandom(recipe.seed());
        columns = (recipe.width() + 2 * MARGIN) / BUCKET + 1;
        rows = (recipe.height() + 2 * MARGIN) / BUCKET + 1;
        for (int i = 0; i < columns * rows; i++) {
            buckets.add(new ArrayList<>());
        }
        double throwsPerPixel = 0.4;
        for (int i = 0; i < recipe.height() * recipe.width() * throwsPerPixel; i++) {
            double x = random.nextDouble() * (recipe.width() + 30) - 15;
            double y = random.nextDouble() * (recipe.height() + 30) - 15;
            settle(x, y);
        }
    }

    /** Hands over all cells that may reach the place. */
    void near(double x, double y, Consumer<Cell> consumer) {
        int column = bucket(x);
        int row = bucket(y);
        for (int j = Math.max(0, row - 1); j <= Math.min(rows - 1, row + 1); j++) {
            for (int i = Math.max(0, column - 1); i <= Math.min(columns - 1, column + 1); i++) {
                buckets.get(j * columns + i).forEach(consumer);
            }
        }
    }

    private static int bucket(double place) {
        return (int) ((place + MARGIN) / BUCKET);
    }

    private void settle(double x, double y) {
        double wall = anatomy.vessel(x, y);
        if (anatomy.lumen(x, y) > 0 || wall < -1.6 || anatomy.section(x, y) < 3) {
            return;
        }
        Cell cell = cell(x, y, wall);
        boolean[] free = {true};
        near(x, y, other -> {
            double dx = other.x() - x;
            double dy = other.y() - y;
            double gap = 0.5 * (other.spacing() + cell.spacing());
            free[0] &= dx * dx + dy * dy >= gap * gap;
        });
        if (free[0]) {
            buckets.get(bucket(y) * columns + bucket(x)).add(cell);
        }
    }

    private Cell cell(double x, double y, double wall) {
        double epithelium = anatomy.epithelium(x, y);
        double infiltrate = anatomy.infiltrate(x, y);
        if (epithelium > 0) {
            return random(Cell.Kind.EPITHELIAL, x, y, 7.4, 6.6, 3.1, 1 + 0.45 * uniform(), 3.14 * uniform());
        }
        if (infiltrate > 0 && epithelium < -0.015) {
            return random(Cell.Kind.IMMUNE, x, y, 6.0, 3.7, 2.5, 1 + 0.25 * uniform(), 3.14 * uniform());
        }
        if (wall > 5 && uniform() < 0.12 + 0.5 * Math.max(0, infiltrate + 0.1)) {
            return random(Cell.Kind.IMMUNE, x, y, 8.4, 3.9, 2.65, 1 + 0.25 * uniform(), 3.14 * uniform());
        }
        double stretch = 2.1 + 1.9 * uniform();
        if (wall < 3.2) {
            Anatomy.Vessel vessel = anatomy.nearestVessel(x, y);
            double around = StrictMath.atan2(vessel.x() - x, y - vessel.y());
            return random(Cell.Kind.ENDOTHELIAL, x, y, 7.0, 2.9, 1.7, stretch, around);
        }
        // Fibroblasts lie along the nests.
        double dx = anatomy.epithelium(x + 2, y) - anatomy.epithelium(x - 2, y);
        double dy = anatomy.epithelium(x, y + 2) - anatomy.epithelium(x, y - 2);
        double along = StrictMath.atan2(dx, -dy) + 0.5 * (uniform() - 0.5);
        return random(Cell.Kind.FIBROBLAST, x, y, 7.9, 3.0, 1.8, stretch, along);
    }

    private Cell random(
            Cell.Kind kind,
            double x,
            double y,
            double spacing,
            double radius,
            double nucleus,
            double stretch,
            double angle) {
        return new Cell(
                kind,
                x,
                y,
                spacing * (0.86 + 0.42 * uniform() * uniform()),
                radius * (0.88 + 0.26 * uniform()),
                stretch,
                StrictMath.cos(angle),
                StrictMath.sin(angle),
                nucleus * (0.8 + 0.4 * uniform()),
                1.2 * (uniform() - 0.5),
                1.2 * (uniform() - 0.5),
                0.5 + 0.9 * uniform() * (0.5 + 0.5 * uniform()),
                0.55 + 0.8 * uniform());
    }

    private double uniform() {
        return random.nextDouble();
    }
}
