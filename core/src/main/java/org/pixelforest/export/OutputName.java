package org.pixelforest.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pixelforest.image.Shape;

/**
 * The name of a result, made from a pattern. Known keys: {@code {dataset_dir}} folder of the image, {@code {nickname}} its name
 * without extension and with the inner path where one was given ({@code a.h5/sub/img} gives {@code a-sub-img}),
 * {@code {result_type}} the title of the {@link Export}, {@code {roi}} and {@code {x_start}}, {@code {x_stop}}, {@code {y_start}} …
 * the part written. Other keys stay as they are.
 *
 * <p>As in ilastik, the extension of the format replaces <em>everything after the last dot</em> of the name, also when that dot
 * came from the nickname: a pattern should end with an extension.
 */
public record OutputName(Path image, Optional<String> innerPath) {

    private static final Pattern KEY = Pattern.compile("\\{(\\w+)\\}");

    /** The image's name without folder and extension, and the inner path, if it was given. */
    public String nickname() {
        String stem = withoutExtension(image.getFileName().toString());
        return innerPath
                .map(inner -> stem + "-" + inner.replaceAll("^/+|/+$", "").replace('/', '-'))
                .orElse(stem);
    }

    /** The file to write; relative patterns stay relative, that is, to the working directory. */
    public Path of(String pattern, ExportPlan plan) {
        Path folder = image.toAbsolutePath().getParent();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("dataset_dir", folder == null ? "" : folder.toString());
        values.put("nickname", nickname());
        values.put("result_type", plan.source().title());
        putBounds(values, plan.box(), plan.whole());
        StringBuilder name = new StringBuilder();
        Matcher key = KEY.matcher(pattern);
        while (key.find()) {
            key.appendReplacement(name, Matcher.quoteReplacement(values.getOrDefault(key.group(1), key.group())));
        }
        key.appendTail(name);
        Path path = Path.of(name.toString());
        Path last = path.getFileName();
        if (last == null || pattern.endsWith("/") || pattern.endsWith("\\")) {
            throw new IllegalArgumentException("the output pattern \"" + pattern + "\" names a folder, not a file");
        }
        return path.resolveSibling(
                withoutExtension(last.toString()) + "." + plan.format().extension());
    }

    private static void putBounds(Map<String, String> values, Cutout.Box box, Shape whole) {
        List<String> start = new ArrayList<>();
        List<String> stop = new ArrayList<>();
        for (char axis : Cutout.axes(whole).toCharArray()) {
            start.add(Integer.toString(box.min(axis)));
            stop.add(Integer.toString(box.max(axis)));
            values.put(axis + "_start", Integer.toString(box.min(axis)));
            values.put(axis + "_stop", Integer.toString(box.max(axis)));
        }
        values.put("roi", "[(" + String.join(", ", start) + "), (" + String.join(", ", stop) + ")]");
    }

    private static String withoutExtension(String name) {
        int dot = name.lastIndexOf('.');
        // Dots at the beginning hide a file; they are no extension.
        return dot > 0 && !name.substring(0, dot).chars().allMatch(c -> c == '.') ? name.substring(0, dot) : name;
    }
}
