package org.pixelforest.label;

import java.util.List;

/** What a pixel may be: a name and a colour as 0xRRGGBB. The number of a class is its place in the list, counted from 1. */
public record LabelClass(String name, int rgb) {

    /** The classes of a new project for tissue images, in the order that cell segmentation reads them. */
    public static final List<LabelClass> TISSUE = List.of(
            new LabelClass("nucleus", 0xff0000),
            new LabelClass("cytoplasm", 0x00ff00),
            new LabelClass("background", 0x0000ff));

    public LabelClass {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a class needs a name");
        }
        if ((rgb & 0xff000000) != 0) {
            throw new IllegalArgumentException(
                    "a colour must be 0x000000 .. 0xffffff (got: 0x" + Integer.toHexString(rgb) + ")");
        }
    }
}
