package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Channel names that stand beside an image: {@code X.csv} for {@code X.tiff}, one name a line, no header. */
final class ChannelNames {

    private static final long LONGEST_LIST = 1 << 20;

    private ChannelNames() {}

    /** The names for a stack called {@code X_ilastik.tiff}, or an empty list. */
    static List<String> beside(Path image) throws IOException {
        String name = image.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot < 0 || !name.substring(0, dot).endsWith("_ilastik")) {
            return List.of();
        }
        Path list = image.resolveSibling(name.substring(0, dot) + ".csv");
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
