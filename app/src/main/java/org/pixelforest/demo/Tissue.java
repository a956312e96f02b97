package org.pixelforest.demo;

import java.util.function.Consumer;

/**
 * A piece of tissue: what to expect in every raw pixel, and what is there at twice the resolution, where it will be classified.
 *
 * <p>Expected counts: channel c, row y, column x at {@code expected[c][y * width + x]}. Truth: row y, column x of the doubled
 * image at {@code y * 2 * width + x}; class numbers 1 nucleus, 2 cytoplasm, 3 background.
 */
final class Tissue {

    static final byte NUCLEUS = 1;
    static final byte CYTOPLASM = 2;
    static final byte BACKGROUND = 3;

    private final TissueRecipe recipe;
    private final Anatomy anatomy;
    private final Cells cells;
    private final float[][] expected;
    private final byte[] truth;
    private final float[] nucleusDepth;
    private final float[] cellDepth;

    private Tissue(TissueRecipe recipe) {
        this.recipe = recipe;
        this.anatomy = new Anatomy(recipe);
        this.cells = new Cells(recipe, anatomy);
        int pixels = recipe.height() * recipe.width();
        expected = new float[Marker.values().length][pixels];
        truth = new byte[4 * pixels];
        nucleusDepth = new float[4 * pixels];
        cellDepth = new float[4 * pixels];
    }

    static Tissue grow(TissueRecipe recipe) {
        Tissue tissue = new Tissue(recipe);
        for (int y = 0; y < 2 * recipe.height(); y++) {
            for (int x = 0; x < 2 * recipe.width(); x++) {
                tissue.sample(y, x);
            }
        }
        return tissue;
    }

    TissueRecipe recipe() {
        return recipe;
    }

    float[][] expected() {
        return expected;
    }

    byte[] truth() {
        return truth;
    }

    /** How far inside a nucleus (above 0) or outside (below 0), in raw pixels; the order of {@link #truth}. */
    float[] nucleusDepth() {
        return nucleusDepth;
    }

    /** The same of whole cells. */
    float[] cellDepth() {
        return cellDepth;
    }

    /** The cells around a place: the nearest two, and the one whose nucleus is nearest. */
    private static final class Neighbourhood implements Consumer<Cell> {
        private final double x;
        private final double y;
        private double first = 1e9;
        private double second = 1e9;
        private Cell nearest;
        private Cell next;
        private double depth = -9;
        private Cell nucleus;

        Neighbourhood(double x, double y) {
            this.x = x;
            this.y = y;
        }

        @Override
        public void accept(Cell cell) {
            double distance = cell.distance(x, y) - cell.radius();
            if (distance < first) {
                second = first;
                next = nearest;
                first = distance;
                nearest = cell;
            } else if (distance < second) {
                second = distance;
                next = cell;
            }
            if (cell.inNucleus(x, y) > depth) {
                depth = cell.inNucleus(x, y);
                nucleus = cell;
            }
        }
    }

    private void sample(int row, int column) {
        double x = 0.5 * column - 0.25;
        double y = 0.5 * row - 0.25;
        long seed = recipe.seed();
        // Uneven outlines: the place itself is shaken before its distances are measured.
        Neighbourhood around = new Neighbourhood(
                x + 2.6 * Noise.fractal(x / 6.5, y / 6.5, seed + 400, 2),
                y + 2.6 * Noise.fractal(x / 6.5, y / 6.5, seed + 450, 2));
        cells.near(x, y, around);
        double wobble = 0.9 * Noise.fractal(x / 5, y / 5, seed + 900, 2);
        double lumen = anatomy.lumen(x, y);
        double cell = Math.min(wobble - around.first, lumen > 0 ? 0.2 - 60 * lumen : 99);
        double nucleus = around.depth + 0.3 * wobble;

        int at = row * 2 * recipe.width() + column;
        nucleusDepth[at] = (float) nucleus;
        cellDepth[at] = (float) cell;
        truth[at] = nucleus > 0 ? NUCLEUS : cell > 0 ? CYTOPLASM : BACKGROUND;
        express(x, y, around, cell, nucleus, row / 2 * recipe.width() + column / 2);
    }

    /** Adds a quarter of the pixel's counts. */
    private void express(double x, double y, Neighbourhood around, double cell, double nucleus, int pixel) {
        long seed = recipe.seed();
        double inside = smooth(cell / 0.9);
        double focus = 0.85 + 0.45 * Noise.fractal(x / 22, y / 22, seed + 61, 2);
        double chromatin = 0.7 + 0.9 * (Noise.fractal(x / 2.4, y / 2.4, seed + 55, 2) + 0.25);
        double dna = around.nucleus == null ? 0 : smooth(nucleus / 0.75) * chromatin * focus;
        double amount = around.nucleus == null ? 0 : around.nucleus.dna();
        boolean alike = around.next != null && around.next.kind() == around.nearest.kind() && cell > -1.2;
        double contact = alike ? bell((around.second - around.first) / 1.15) : 0;
        double membrane = cell > -1.2 ? Math.max(contact, 0.85 * bell(cell / 0.85)) : 0;
        double cytoplasm = inside * (1 - 0.75 * Math.min(1, dna));
        double level = around.nearest == null ? 0 : around.nearest.level();

        double epithelium = anatomy.epithelium(x, y);
        double wall = anatomy.vessel(x, y);
        double section = smooth(anatomy.section(x, y) / 2);
        double stroma = smooth((0.005 - epithelium) * 40) * (wall > -1 ? 1 : 0.05) * section;
        double wave = Noise.fractal(x / 30, y / 30, seed + 71, 2);
        double strand = Noise.fractal(epithelium * 30 + 9 * wave, (x + y) / 35, seed + 72, 3);
        double fibre = Math.max(0, 0.5 + 1.9 * strand) * stroma;

        add(Marker.DNA1, pixel, 46 * dna * amount + 0.6);
        add(Marker.DNA2, pixel, 76 * dna * amount + 0.9);
        add(Marker.HISTONE, pixel, 30 * dna * (0.6 + 0.4 * amount) + 0.4);
        add(Marker.MEMBRANE, pixel, (7 * membrane + 1.6 * cytoplasm) * section + 0.3);
        add(Marker.COLLAGEN, pixel, 9 * fibre * fibre * (1 - 0.6 * inside) + 0.2);
        double muscle = bell((wall - 2.6) / 1.9);
        boolean myofibroblasts = Noise.fractal(x / 40, y / 40, seed + 81, 2) > 0.09;
        add(Marker.SMA, pixel, 17 * muscle * section + (myofibroblasts ? 6 * fibre : 0) + 0.1);
        add(Marker.VIMENTIN, pixel, 2.0 * fibre + 0.15);
        if (around.nearest != null) {
            byKind(x, y, around.nearest.kind(), pixel, membrane, cytoplasm, level);
        }
        add(Marker.CD45, pixel, 0.12);
        add(Marker.KERATIN, pixel, 0.12);
        add(Marker.CADHERIN, pixel, 0.12);
    }

    private void byKind(
            double x, double y, Cell.Kind kind, int pixel, double membrane, double cytoplasm, double level) {
        long seed = recipe.seed();
        switch (kind) {
            case EPITHELIAL -> {
                double patch = 0.8
                        + 1.3 * Noise.fractal(x / 38, y / 38, seed + 31, 3)
                        + 0.5 * Noise.fractal(x / 7, y / 7, seed + 33, 2);
                double bundles = 0.55 + 0.9 * Noise.value(x / 2.2, y / 2.2, seed + 5);
                add(Marker.CADHERIN, pixel, (15 * membrane + 1.8 * cytoplasm) * Math.max(0.15, patch));
                add(Marker.KERATIN, pixel, (14 * cytoplasm * bundles + 4 * membrane) * (0.55 + 0.45 * level));
            }
            case IMMUNE -> {
                add(Marker.CD45, pixel, (11 * membrane + 4.5 * cytoplasm) * level);
                add(Marker.VIMENTIN, pixel, 1.6 * cytoplasm);
            }
            case FIBROBLAST -> add(Marker.VIMENTIN, pixel, (11 * cytoplasm + 4 * membrane) * level);
            case ENDOTHELIAL -> {
                add(Marker.VIMENTIN, pixel, (13 * cytoplasm + 5 * membrane) * level);
                add(Marker.SMA, pixel, 2 * cytoplasm);
            }
        }
    }

    private void add(Marker marker, int pixel, double counts) {
        expected[marker.ordinal()][pixel] += (float) (0.25 * recipe.stain() * counts);
    }

    /** 0 below -1, 1 above 1, smooth between. */
    private static double smooth(double v) {
        return v <= -1 ? 0 : v >= 1 ? 1 : 0.5 + v * (0.75 - 0.25 * v * v);
    }

    private static double bell(double v) {
        return v * v > 30 ? 0 : StrictMath.exp(-v * v);
    }
}
