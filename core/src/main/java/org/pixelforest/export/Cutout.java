package org.pixelforest.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * The part of a result to write: a half-open box along the axes of the classifier's image, channel last ({@code yxc} for a plane,
 * {@code zyxc} for a volume, {@code tyxc}, {@code tzyxc}).
 *
 * @param start first index along each axis; {@link #OPEN} for the beginning
 * @param stop index after the last one; {@link #OPEN} for the end
 */
public record Cutout(List<Integer> start, List<Integer> stop) {

    /** Stands for "as far as the image goes". */
    public static final int OPEN = -1;

    private static final Pattern PAIR = Pattern.compile(
            "\\s*[\\[(]?\\s*[\\[(]([^\\])]*)[\\])]\\s*,\\s*[\\[(]([^\\])]*)[\\])]\\s*,?\\s*[\\])]?\\s*");

    /** A box with all its bounds known. */
    public record Box(
            int minT, int minC, int minZ, int minY, int minX, int maxT, int maxC, int maxZ, int maxY, int maxX) {

        public static Box of(Shape whole) {
            return new Box(0, 0, 0, 0, 0, whole.t(), whole.c(), whole.z(), whole.y(), whole.x());
        }

        public Shape shape() {
            return new Shape(maxT - minT, maxC - minC, maxZ - minZ, maxY - minY, maxX - minX);
        }

        /** The pixels of this box at one time of the whole image. */
        public Region region(int t) {
            return new Region(t, minZ, minY, minX, maxZ, maxY, maxX);
        }

        int min(char axis) {
            return at(axis, minT, minC, minZ, minY, minX);
        }

        int max(char axis) {
            return at(axis, maxT, maxC, maxZ, maxY, maxX);
        }

        private static int at(char axis, int t, int c, int z, int y, int x) {
            return switch (axis) {
                case 't' -> t;
                case 'c' -> c;
                case 'z' -> z;
                case 'y' -> y;
                default -> x;
            };
        }
    }

    public Cutout {
        start = List.copyOf(start);
        stop = List.copyOf(stop);
        if (start.size() != stop.size()) {
            throw new IllegalArgumentException(
                    "a subregion needs as many stops as starts (got: " + start.size() + " and " + stop.size() + ")");
        }
    }

    /** Reads {@code "[(y0,x0,c0),(y1,x1,c1)]"}; {@code None} leaves an end open. */
    public static Cutout of(String text) {
        Matcher pair = PAIR.matcher(text);
        if (!pair.matches()) {
            throw new IllegalArgumentException(
                    "a subregion looks like \"[(10,10,0),(90,120,3)]\" (got: \"" + text + "\")");
        }
        return new Cutout(numbers(pair.group(1), text), numbers(pair.group(2), text));
    }

    private static List<Integer> numbers(String list, String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : list.split(",")) {
            String number = word.strip();
            if (number.equals("None")) {
                numbers.add(OPEN);
            } else if (number.matches("\\d{1,9}")) {
                numbers.add(Integer.valueOf(number));
            } else if (!number.isEmpty()) {
                throw new IllegalArgumentException("\"" + number + "\" in the subregion \"" + text
                        + "\" is neither a whole number from 0 up nor None");
            }
        }
        return numbers;
    }

    /** The axes that a cut-out of such an image names: channel last, y and x always, t and z where longer than 1. */
    public static String axes(Shape image) {
        return (image.t() > 1 ? "t" : "") + (image.z() > 1 ? "z" : "") + "yxc";
    }

    /**
     * The box within a result of {@code whole} size.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public Box within(Shape whole) {
        String axes = axes(whole);
        if (axes.length() != start.size()) {
            throw new IllegalArgumentException("a subregion of this image needs " + axes.length()
                    + " numbers, in the order " + axes + " (got: " + start.size() + ")");
        }
        int[] min = new int[5];
        int[] max = new int[5];
        String all = "tczyx";
        for (int i = 0; i < 5; i++) {
            char axis = all.charAt(i);
            int length = whole.along(axis);
            int at = axes.indexOf(axis);
            min[i] = at < 0 || start.get(at) == OPEN ? 0 : start.get(at);
            max[i] = at < 0 || stop.get(at) == OPEN ? length : stop.get(at);
            if (min[i] >= max[i] || max[i] > length) {
                throw new IllegalArgumentException("the subregion " + min[i] + ":" + max[i] + " along " + axis
                        + " does not lie within 0:" + length);
            }
        }
        return new Box(min[0], min[1], min[2], min[3], min[4], max[0], max[1], max[2], max[3], max[4]);
    }

    @Override
    public String toString() {
        return Arrays.asList(start, stop).toString().replace(Integer.toString(OPEN), "None");
    }
}
