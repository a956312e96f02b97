package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Channel names that stand beside an image: {@code X.csv} for {@code X.tiff}, one name a line, no header. */
final class ChannelNames {

    private static final long LONGEST_LIST = 1 << 20;
    private static final Pattern PREPARED = Pattern.compile("(.+_ilastik)(?:_s2|_x\\d+_y\\d+_w\\d+_h\\d+)\\.h5");

    private ChannelNames() {}

    /** The names for a stack called {@code X_ilastik.tiff}, or an empty list. */
    static List<String> beside(Path image) throws IOException {
        String name = image.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot < 0 || !name.substring(0, dot).endsWith("_ilastik")) {
            return List.of();
        }
        return read(image.resolveSibling(name.substring(0, dot) + ".csv"));
    }

    /**
     * The names for a stack or crop that CellProfiler prepared and that carries none itself: those of the raw stack's list, which
     * stands beside it or in the folder {@code ilastik} next to the folder of crops, with "mean" before them. Empty when there is no
     * list or it does not have that many names.
     */
    static List<String> ofPrepared(Path image, int channels) throws IOException {
        Matcher prepared = PREPARED.matcher(image.getFileName().toString());
        if (!prepared.matches()) {
            return List.of();
        }
        String list = prepared.group(1) + ".csv";
        List<String> raw = read(image.resolveSibling(list));
        Path folder = image.toAbsolutePath().getParent();
        if (raw.isEmpty() && folder.getParent() != null) {
            raw = read(folder.resolveSibling("ilastik").resolve(list));
        }
        if (raw.size() + 1 != channels) {
            return List.of();
        }
        List<String> names = new ArrayList<>(List.of("mean"));
        names.addAll(raw);
        return names;
    }

    private static List<String> read(Path list) throws IOException {
        if (!Files.isRegularFile(list) || Files.size(list) > LONGEST_LIST) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(list), StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        List<String> names = new ArrayList<>();
        for (String line : text.strip().split("\\R")) {
            names.add(unquoted(line));
        }
        return names;
    }

    private static String unquoted(String line) {
        String name = line.strip();
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
