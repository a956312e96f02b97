package org.pixelforest.ui;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The channels of a project as people know them: the metal that was measured, and the target that it marks. */
final class Panel {

    /**
     * A channel.
     *
     * @param name metal and target, e.g. {@code "Ir191 DNA1"}
     * @param target what it marks, or the file's own name of the channel
     * @param metal e.g. {@code "Ir191"}, empty if the name holds none
     */
    record Channel(String name, String target, String metal) {}

    private static final Pattern METAL =
            Pattern.compile("(?<![A-Za-z0-9])([A-Z][a-z]?)\\(?(\\d{2,3})\\)?(?:Di)?(?![A-Za-z0-9])");

    private Panel() {}

    /** The channels of these names, where {@code targets} knows what a metal marks. */
    static List<Channel> of(List<String> names, Map<String, String> targets) {
        return names.stream().map(name -> channel(name, targets)).toList();
    }

    private static Channel channel(String name, Map<String, String> targets) {
        String plain = name.strip();
        if (plain.equalsIgnoreCase("mean")) {
            return new Channel("Mean", "Mean", "");
        }
        Matcher metal = METAL.matcher(plain);
        if (!metal.find()) {
            return new Channel(plain, plain, "");
        }
        String tag = metal.group(1) + metal.group(2);
        String rest = (plain.substring(0, metal.start()) + " " + plain.substring(metal.end()))
                .replaceAll("[\\s_\\-:()\\[\\]]+", " ")
                .strip();
        String target = rest.isEmpty() ? targets.getOrDefault(tag, "") : rest;
        return target.isEmpty() ? new Channel(tag, tag, tag) : new Channel(tag + " " + target, target, tag);
    }

    /**
     * Targets by metal from the {@code panel.csv} in the folder of an image or up to three folders above; empty where there is
     * none that can be understood. Known columns: "Metal Tag" and "Target", or "channel" and "name".
     */
    static Map<String, String> targetsNear(Path image) {
        Path folder = image.toAbsolutePath().getParent();
        for (int up = 0; up < 4 && folder != null; up++, folder = folder.getParent()) {
            Path file = folder.resolve("panel.csv");
            if (Files.isRegularFile(file)) {
                try {
                    return Files.size(file) > 1 << 20 ? Map.of() : targets(Files.readAllLines(file));
                } catch (MalformedInputException notText) {
                    return Map.of();
                } catch (IOException unreadable) {
                    return Map.of();
                }
            }
        }
        return Map.of();
    }

    static Map<String, String> targets(List<String> lines) {
        Map<String, String> targets = new LinkedHashMap<>();
        if (lines.isEmpty()) {
            return targets;
        }
        List<String> head = cells(lines.get(0)).stream()
                .map(h -> h.replace("\uFEFF", "").toLowerCase(Locale.ROOT).strip())
                .toList();
        int metal = first(head, "metal tag", "channel").orElse(-1);
        int target = first(head, "target", "name").orElse(-1);
        if (metal < 0 || target < 0) {
            return targets;
        }
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            if (cells.size() > Math.max(metal, target) && !cells.get(target).isBlank()) {
                targets.putIfAbsent(cells.get(metal).strip(), cells.get(target).strip());
            }
        }
        return targets;
    }

    private static Optional<Integer> first(List<String> head, String... names) {
        for (String name : names) {
            if (head.contains(name)) {
                return Optional.of(head.indexOf(name));
            }
        }
        return Optional.empty();
    }

    /** The cells of a line of comma-separated text; quotes may enclose a cell, two quotes in it stand for one. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
