package org.pixelforest.project;

import org.pixelforest.image.Shape;

/** The order of axes in which label blocks are stored; it depends on the version of ilastik that the project states. */
final class LabelOrder {

    private LabelOrder() {}

    /**
     * Axes of the blocks of one image, slowest first, channel included.
     *
     * @param axes axes of the image's file
     */
    static String of(IlastikVersion version, String axes, Shape shape) {
        boolean asInFile = !version.isBefore("1.3.3post2") && !version.isAfter("1.4.0b7");
        if (asInFile) {
            return axes.indexOf('c') >= 0 ? axes : axes + "c";
        }
        return workflow(shape);
    }

    /** The first of: yxc; three of t, z, y, x and c; all five, that holds every axis longer than 1. */
    private static String workflow(Shape shape) {
        if (shape.t() == 1 && shape.z() == 1) {
            return "yxc";
        }
        String all = "tzyx";
        for (int left = all.length() - 1; left >= 0; left--) {
            // In order of permutations, the first choice of three is the one that lacks x, then y, z, t.
            if (shape.along(all.charAt(left)) == 1) {
                return new StringBuilder(all).deleteCharAt(left).append('c').toString();
            }
        }
        return all + "c";
    }
}
