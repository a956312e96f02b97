package org.pixelforest.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pixelforest.label.LabelClass;
import org.pixelforest.project.DefaultColours;

/** Classes as users write them: {@code "nucleus=#ff0000,cytoplasm=#00ff00,background"}. */
public final class ClassList {

    private ClassList() {}

    /**
     * @throws IllegalArgumentException when a name stands there twice or not at all, or a colour is none
     */
    public static List<LabelClass> parse(String text) {
        List<LabelClass> classes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String part : text.split(",", -1)) {
            int sign = part.lastIndexOf('=');
            String name = (sign < 0 ? part : part.substring(0, sign)).strip();
            if (name.isEmpty()) {
                throw new IllegalArgumentException(
                        "a class has no name in '" + text + "'; write them as name=#rrggbb, with commas between");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("two classes are called '" + name + "'; every name may occur once");
            }
            int colour = sign < 0
                    ? DefaultColours.of(classes.size())
                    : colour(part.substring(sign + 1).strip(), name);
            classes.add(new LabelClass(name, colour));
        }
        return classes;
    }

    private static int colour(String text, String name) {
        if (!text.matches("#?[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("the colour of class '" + name
                    + "' must be six hexadecimal digits such as #ff0000 (got: " + text + ")");
        }
        return Integer.parseInt(text.replace("#", ""), 16);
    }

    /** So many classes called Label 1, Label 2 … */
    static List<LabelClass> numbered(int count) {
        List<LabelClass> classes = new ArrayList<>();
        for (int k = 1; k <= count; k++) {
            classes.add(new LabelClass("Label " + k, DefaultColours.of(k - 1)));
        }
        return classes;
    }

    /** A colour as users write it. */
    static String hex(LabelClass cls) {
        return String.format(Locale.ROOT, "#%06x", cls.rgb());
    }
}
