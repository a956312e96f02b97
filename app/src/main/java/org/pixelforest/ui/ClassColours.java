package org.pixelforest.ui;

/** Colours for classes that nobody chose a colour for; distinct on a black image. */
final class ClassColours {

    private static final int[] COLOURS = {
        0xf2464f, 0x46e08a, 0x4a7dff, 0xffb03b, 0xc77dff, 0xff8ac2, 0x2ec4d6, 0xb8a07a, 0xd2f53c, 0x9a6324, 0x808000,
        0xaaffc3
    };

    private ClassColours() {}

    /** The colour of class {@code cls}, 1 or more, as 0xRRGGBB. */
    static int of(int cls) {
        return COLOURS[(cls - 1) % COLOURS.length];
    }
}
