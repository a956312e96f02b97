package org.pixelforest.demo;

/**
 * One cell: a stretched disc with a smaller one, the nucleus, somewhat off its centre.
 *
 * @param spacing how close others may come
 * @param stretch length by width
 * @param cos of the direction of its length
 * @param sin of the same
 * @param nucleus radius of the nucleus
 * @param shiftX of the nucleus from the cell's centre
 * @param dna how much DNA it holds, 1 = usual
 * @param level how strongly it expresses its markers, 1 = usual
 */
record Cell(
        Kind kind,
        double x,
        double y,
        double spacing,
        double radius,
        double stretch,
        double cos,
        double sin,
        double nucleus,
        double shiftX,
        double shiftY,
        double dna,
        double level) {

    enum Kind {
        EPITHELIAL,
        IMMUNE,
        FIBROBLAST,
        ENDOTHELIAL
    }

    /** Distance from the cell's centre as the cell is stretched. */
    double distance(double px, double py) {
        return stretched(px - x, py - y);
    }

    /** Depth below the surface of the nucleus, below 0 outside. */
    double inNucleus(double px, double py) {
        return nucleus - stretched(px - x - shiftX, py - y - shiftY);
    }

    private double stretched(double dx, double dy) {
        double root = Math.sqrt(stretch);
        double along = (dx * cos + dy * sin) / root;
        double across = (dy * cos - dx * sin) * root;
        return Math.sqrt(along * along + across * across);
    }
}
