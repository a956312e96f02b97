package org.pixelforest.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pixelforest.image.ImageSource;

/**
 * What steinbock's {@code panel.csv} says of the channels of an image: their names, and the number of the group in which each
 * goes to ilastik (0 = none). Rows with {@code keep} = 0 have no channel and are left out.
 */
public record Panel(List<String> names, List<Integer> groups) {

    public Panel {
        names = List.copyOf(names);
        groups = List.copyOf(groups);
    }

    /**
     * Reads the text of a {@code panel.csv}; columns {@code channel}, {@code name}, {@code keep} and {@code ilastik} are used,
     * only the first must be there.
     *
     * @throws IllegalArgumentException when it is no such table; the message says what is wrong, but not which file
     */
    public static Panel parse(String text) {
        List<List<String>> rows = CommaSeparated.rows(text);
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
        if (!header.contains("channel")) {
            throw new IllegalArgumentException("has no column \"channel\", so it is no steinbock panel");
        }
        List<String> names = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int line = 1; line < rows.size(); line++) {
            List<String> row = rows.get(line);
            String keep = field(row, header, "keep").toLowerCase(Locale.ROOT);
            if (!List.of("0", "0.0", "false").contains(keep)) {
                String name = field(row, header, "name");
                names.add(name.isEmpty() ? field(row, header, "channel") : name);
                groups.add(group(field(row, header, "ilastik"), line + 1));
            }
        }
        return new Panel(names, groups);
    }

    private static String field(List<String> row, List<String> header, String column) {
        int at = header.indexOf(column);
        return at < 0 || at >= row.size() ? "" : row.get(at).strip();
    }

    private static int group(String number, int line) {
        if (number.isEmpty()) {
            return 0;
        }
        if (!number.matches("[0-9]{1,6}(\\.0)?")) {
            throw new IllegalArgumentException("line " + line
                    + ": the column \"ilastik\" must hold a whole number or nothing (got: " + number + ")");
        }
        return Integer.parseInt(number.replace(".0", ""));
    }

    /**
     * The image with its channels named and averaged by group, groups ascending; without any group all channels as they are.
     *
     * @throws IllegalArgumentException when the image has another number of channels than the panel keeps
     */
    public ImageSource of(ImageSource image) {
        if (image.shape().c() != names.size()) {
            throw new IllegalArgumentException(
                    "the image has " + image.shape().c() + " channels, but the panel keeps " + names.size());
        }
        Map<Integer, List<Integer>> members = new TreeMap<>();
        boolean grouped = groups.stream().anyMatch(g -> g > 0);
        for (int c = 0; c < groups.size(); c++) {
            int group = grouped ? groups.get(c) : c + 1;
            if (group > 0) {
                members.computeIfAbsent(group, g -> new ArrayList<>()).add(c);
            }
        }
        return ChannelGroups.of(image, names, List.copyOf(members.values()));
    }
}
