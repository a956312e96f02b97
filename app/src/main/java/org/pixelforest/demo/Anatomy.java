package org.pixelforest.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Where in a piece of tissue there is epithelium, stroma, infiltrate, lumen, vessel or glass. Places are raw pixels. */
final class Anatomy {

    /** Cut through an artery: an ellipse with centre, radius, direction and flatness. */
    record Vessel(double x, double y, double radius, double cos, double sin, double flatness) {

        /** Below 0 inside. */
        double distance(double px, double py) {
            double along = (px - x) * cos + (py - y) * sin;
            double across = ((py - y) * cos - (px - x) * sin) / flatness;
            return Math.sqrt(along * along + across * across) - radius;
        }
    }

    private final TissueRecipe recipe;
    private final List<Vessel> vessels = new ArrayList<>();

    Anatomy(TissueRecipe recipe) {
        this.recipe = recipe;
        SplittableRandom random = new SplittableRandom(recipe.seed() ^ 0x7e55e1L);
        int wanted = Math.max(2, recipe.height() * recipe.width() / 22_000);
        for (int i = 0; i < 600 && vessels.size() < wanted; i++) {
            double x = random.nextDouble() * recipe.width();
            double y = random.nextDouble() * recipe.height();
            boolean apart =
                    vessels.stream().allMatch(v -> (v.x() - x) * (v.x() - x) + (v.y() - y) * (v.y() - y) > 60 * 60);
            if (epithelium(x, y) < -0.07 && section(x, y) > 14 && apart) {
                double angle = 3.1 * random.nextDouble();
                vessels.add(new Vessel(
                        x,
                        y,
                        4.5 + 4 * random.nextDouble(),
                        StrictMath.cos(angle),
                        StrictMath.sin(angle),
                        0.65 + 0.3 * random.nextDouble()));
            }
        }
    }

    /** Above 0 in epithelial nests. */
    double epithelium(double x, double y) {
        return Noise.fractal(x / 78, y / 78, recipe.seed(), 3) - recipe.nests();
    }

    /** Above 0 in immune infiltrates. */
    double infiltrate(double x, double y) {
        return Noise.fractal(x / 60 + 40, y / 60 - 9, recipe.seed() + 101, 2) - recipe.immune();
    }

    /** Above 0 in the lumen of a gland. */
    double lumen(double x, double y) {
        double hole = Noise.fractal(x / 34 - 70, y / 34 + 23, recipe.seed() + 307, 2) - recipe.lumens();
        return epithelium(x, y) > 0.035 ? hole : -1;
    }

    /** Distance from the edge of the section, below 0 on bare glass. */
    double section(double x, double y) {
        if (recipe.glass() == 0) {
            return 1000;
        }
        double diagonal = 0.8 * x / recipe.width() + 0.6 * y / recipe.height();
        double side = Math.min(recipe.height(), recipe.width());
        return (1.4 - diagonal - 1.1 * recipe.glass()) * side
                + 60 * Noise.fractal(x / 50, y / 50, recipe.seed() + 777, 3);
    }

    /** The vessel whose wall is nearest, or null where there is none in the picture. */
    Vessel nearestVessel(double x, double y) {
        Vessel nearest = null;
        for (Vessel vessel : vessels) {
            if (nearest == null || vessel.distance(x, y) < nearest.distance(x, y)) {
                nearest = vessel;
            }
        }
        return nearest;
    }

    /** Distance from the wall of the nearest vessel, below 0 inside. */
    double vessel(double x, double y) {
        double nearest = 99;
        for (Vessel vessel : vessels) {
            nearest = Math.min(nearest, vessel.distance(x, y));
        }
        return nearest;
    }
}
