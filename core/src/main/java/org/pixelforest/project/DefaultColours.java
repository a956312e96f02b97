package org.pixelforest.project;

/** The colours that ilastik gives to new classes. */
public final class DefaultColours {

    private static final int[] RGB = {
        0xffe119, 0x0082c8, 0xe6194b, 0x46f0f0, 0x3cb44b, 0xfabebe, 0xaa6e28, 0x911eb4, 0x008080, 0xf58230, 0xf032e6,
        0xd2f53c, 0xffd7b4, 0xe6beff, 0x808080
    };

    private DefaultColours() {}

    /** The colour of the class at this place, counted from 0. */
    public static int of(int place) {
        return RGB[place % RGB.length];
    }
}
