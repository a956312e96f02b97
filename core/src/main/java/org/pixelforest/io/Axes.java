package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/** Names of array axes: letters of {@code tzyxc}, slowest first. */
final class Axes {

    private static final String LETTERS = "tzyxc";

    private Axes() {}

    /** An axis this long is not channels. */
    private static final int MOST_CHANNELS = 60;

    /** The others are so many times longer than channels. */
    private static final int TIMES = 4;

    /**
     * The axes of an array that does not say: 2 axes yx; 3 axes as {@link #guess(long, long, long)} says; 4 axes zyxc; 5 axes
     * tzyxc.
     */
    static String guess(Path file, long[] shape) throws IOException {
        return switch (shape.length) {
            case 2 -> "yx";
            case 3 -> guess(shape[0], shape[1], shape[2]);
            case 4 -> "zyxc";
            case 5 -> LETTERS;
            default ->
                throw new UnsupportedFileException(
                        file, "has " + shape.length + " axes (" + sizes(shape) + "); an image has 2 to 5");
        };
    }

    /**
     * The shortest axis, if it is the first or last and much shorter than the others, is channels: planes of a panel lie one after
     * the other, or their samples do. Otherwise yxc if the last has at most 4 samples, else zyx, as ilastik guesses.
     */
    private static String guess(long first, long middle, long last) {
        if (isChannels(last, first, middle)) {
            return "yxc";
        }
        if (isChannels(first, middle, last)) {
            return "cyx";
        }
        return last <= 4 ? "yxc" : "zyx";
    }

    private static boolean isChannels(long size, long a, long b) {
        return size <= MOST_CHANNELS && a >= TIMES * size && b >= TIMES * size;
    }

    /** Throws unless {@code axes} are known letters, each at most once, y and x among them, one for each axis of the array. */
    static String check(Path file, String axes, long[] shape) throws IOException {
        if (!areKnown(axes) || axes.indexOf('y') < 0 || axes.indexOf('x') < 0) {
            throw new UnsupportedFileException(
                    file, "axes must be letters of tzyxc, each at most once, with y and x (got: " + axes + ")");
        }
        if (axes.length() != shape.length) {
            throw new UnsupportedFileException(
                    file,
                    "has " + shape.length + " axes (" + sizes(shape) + ") but '" + axes + "' names " + axes.length()
                            + "; say which axes it has");
        }
        return axes;
    }

    /** Whether all are letters of {@code tzyxc}, each at most once. */
    static boolean areKnown(String axes) {
        for (int i = 0; i < axes.length(); i++) {
            if (LETTERS.indexOf(axes.charAt(i)) < 0 || axes.indexOf(axes.charAt(i)) != i) {
                return false;
            }
        }
        return true;
    }

    static Shape shape(Path file, String axes, long[] sizes) throws IOException {
        int[] size = new int[LETTERS.length()];
        Arrays.fill(size, 1);
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 1) {
                throw new BrokenFileException(file, "holds no samples (" + sizes(sizes) + ")");
            }
            if (sizes[i] > Integer.MAX_VALUE - 16) {
                throw new UnsupportedFileException(file, "is too large (" + sizes(sizes) + ")");
            }
            size[LETTERS.indexOf(axes.charAt(i))] = (int) sizes[i];
        }
        Shape shape = new Shape(size[0], size[4], size[1], size[2], size[3]);
        long pixels = Long.MAX_VALUE / 8;
        for (long s : sizes) {
            pixels /= s;
        }
        if (pixels == 0) {
            throw new UnsupportedFileException(file, "is too large (" + sizes(sizes) + ")");
        }
        return shape;
    }

    /** Sizes along {@code axes}, which must name every axis longer than one sample. */
    static long[] sizes(Path file, String axes, Shape shape) throws IOException {
        check(file, axes, new long[axes.length()]);
        for (char axis : LETTERS.toCharArray()) {
            if (shape.along(axis) > 1 && axes.indexOf(axis) < 0) {
                throw new UnsupportedFileException(
                        file,
                        "axes " + axes + " lack " + axis + ", along which the image has " + shape.along(axis)
                                + " samples");
            }
        }
        return axes.chars().mapToLong(a -> shape.along((char) a)).toArray();
    }

    static String sizes(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }
}
