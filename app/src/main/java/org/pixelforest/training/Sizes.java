package org.pixelforest.training;

import org.pixelforest.image.Shape;

/** Sizes of images in words. */
final class Sizes {

    private Sizes() {}

    /** E.g. {@code "120 x 100 pixels (x, y)"}. */
    static String of(Shape shape) {
        return shape.x() + " x " + shape.y() + " pixels (x, y)"
                + (shape.z() > 1 ? " in " + shape.z() + " slices" : "")
                + (shape.t() > 1 ? " at " + shape.t() + " times" : "");
    }
}
