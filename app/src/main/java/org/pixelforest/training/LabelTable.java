package org.pixelforest.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/**
 * Labelled pixels as lines of text: a header {@code x,y,class}, in any order, perhaps with {@code z}, {@code t} and {@code image}; then
 * a pixel a line. Coordinates count from 0; the class is a number from 1 or a name.
 */
final class LabelTable {

    /** Tables of other programs begin with a column of row numbers that has no name. */
    private static final Set<String> KNOWN = Set.of("x", "y", "z", "t", "class", "image", "");

    private static final long LONGEST = 256L << 20;

    private final Path file;
    private final List<String> columns;
    private final List<String[]> rows;

    private LabelTable(Path file, List<String> columns, List<String[]> rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    static boolean isTable(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /** Memory: the text of the file, several times; at most 256 MiB of text are read. */
    static LabelTable read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + ": is larger than 256 MiB; write so many labels as label images");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        List<String> columns = lines.isEmpty()
                ? List.of()
                : Arrays.stream(cells(lines.get(0)))
                        .map(c -> c.toLowerCase(Locale.ROOT))
                        .toList();
        if (!columns.contains("x") || !columns.contains("y") || !columns.contains("class")) {
            throw new IOException(
                    file + ": the first line must name the columns x, y and class (and may name z, t, image)");
        }
        for (String column : columns) {
            if (!KNOWN.contains(column) || columns.indexOf(column) != columns.lastIndexOf(column)) {
                throw new IOException(file + ": the first line names the column '" + column + "'"
                        + (KNOWN.contains(column) ? " twice" : ", which is unknown")
                        + "; the columns are x, y and class, and perhaps z, t and image");
            }
        }
        List<String[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).isBlank() ? new String[0] : cells(lines.get(i));
            if (cells.length != 0 && cells.length != columns.size()) {
                throw new IOException(file + ": line " + (i + 1) + " has " + cells.length + " values, but there are "
                        + columns.size() + " columns");
            }
            rows.add(cells);
        }
        return new LabelTable(file, columns, rows);
    }

    private static String[] cells(String line) {
        return Arrays.stream(line.split(line.contains(";") ? ";" : "[,\t]", -1))
                .map(c -> c.strip().replaceAll("^\"|\"$", ""))
                .toArray(String[]::new);
    }

    /** The images that lines are of, as they stand in the table; none when there is no such column. */
    Set<String> images() {
        Set<String> images = new TreeSet<>();
        for (String[] row : rows) {
            if (namesImages() && row.length != 0) {
                images.add(row[columns.indexOf("image")]);
            }
        }
        return images;
    }

    /** Whether the lines say which image they are of. */
    boolean namesImages() {
        return columns.contains("image");
    }

    /**
     * The labels of one image.
     *
     * @param image its file, or name without ending, as in the column {@code image}, if there is one
     * @param classes to look up names in; may be empty when the table holds numbers
     */
    Labels labels(String image, Shape shape, List<LabelClass> classes) throws IOException {
        Map<Long, byte[]> planes = new TreeMap<>();
        int size = Math.multiplyExact(shape.y(), shape.x());
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).length == 0 || namesImages() && !meant(rows.get(row)[columns.indexOf("image")], image)) {
                continue;
            }
            int x = coordinate(row, "x", shape.x());
            int y = coordinate(row, "y", shape.y());
            int z = columns.contains("z") ? coordinate(row, "z", shape.z()) : 0;
            int t = columns.contains("t") ? coordinate(row, "t", shape.t()) : 0;
            byte[] plane = planes.computeIfAbsent((long) t * shape.z() + z, key -> new byte[size]);
            byte cls = (byte) cls(row, classes);
            byte before = plane[y * shape.x() + x];
            if (before != 0 && before != cls) {
                throw new IOException(
                        at(row) + "pixel x " + x + ", y " + y + " has two classes, " + before + " and " + cls);
            }
            plane[y * shape.x() + x] = cls;
        }
        Labels labels = Labels.empty(shape);
        for (Map.Entry<Long, byte[]> plane : planes.entrySet()) {
            int t = (int) (plane.getKey() / shape.z());
            int z = (int) (plane.getKey() % shape.z());
            labels = labels.with(new Region(t, z, 0, 0, z + 1, shape.y(), shape.x()), plane.getValue());
        }
        return labels;
    }

    /** Whether a name in the column {@code image} is that of a file. */
    static boolean meant(String name, String image) {
        return name.equals(image) || Pairing.stem(Path.of(image)).equals(Pairing.stem(Path.of(name)));
    }

    private String at(int row) {
        return file + ": line " + (row + 2) + ": ";
    }

    private int coordinate(int row, String axis, int size) throws IOException {
        String text = rows.get(row)[columns.indexOf(axis)];
        if (!text.matches("\\d{1,9}")) {
            throw new IOException(at(row) + axis + " must be a whole number from 0 (got: '" + text + "')");
        }
        int value = Integer.parseInt(text);
        if (value >= size) {
            throw new IOException(
                    at(row) + axis + " " + value + " is outside the image, whose " + axis + " is 0 to " + (size - 1));
        }
        return value;
    }

    private int cls(int row, List<LabelClass> classes) throws IOException {
        String text = rows.get(row)[columns.indexOf("class")];
        for (int k = 0; k < classes.size(); k++) {
            if (classes.get(k).name().equals(text)) {
                return k + 1;
            }
        }
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) < 1) {
            throw new IOException(at(row) + "there is no class '" + text
                    + "'; write a number 1 to 99, or name the classes with --classes");
        }
        return Integer.parseInt(text);
    }
}
