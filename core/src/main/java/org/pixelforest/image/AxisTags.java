package org.pixelforest.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.Optional;

/**
 * The JSON in which vigra and ilastik name the axes of an array, slowest first:
 * {@code {"axes": [{"key": "y", "typeFlags": 2, ...}, ...]}}.
 */
public final class AxisTags {

    /** No sane text is longer; a parser need not see the others. */
    private static final int LONGEST = 100_000;

    private AxisTags() {}

    /** The letters of the axes, e.g. {@code "zyxc"}; empty when the text names none, or others than {@link #sound} ones. */
    public static Optional<String> parse(String json) {
        if (json.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            StringBuilder axes = new StringBuilder();
            for (JsonElement axis :
                    JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("axes")) {
                axes.append(axis.getAsJsonObject().get("key").getAsString().toLowerCase(Locale.ROOT));
            }
            return Optional.of(axes.toString()).filter(AxisTags::sound);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** Whether these are letters of {@code tzyxc}, each at most once, with y and x. */
    public static boolean sound(String axes) {
        return axes.matches("[tzyxc]{2,5}")
                && axes.chars().distinct().count() == axes.length()
                && axes.indexOf('y') >= 0
                && axes.indexOf('x') >= 0;
    }

    /** The text as vigra writes it: channels have type 1, space 2, time 8. */
    public static String json(String axes) {
        JsonArray list = new JsonArray();
        for (char axis : axes.toCharArray()) {
            JsonObject tag = new JsonObject();
            tag.addProperty("key", String.valueOf(axis));
            tag.addProperty("typeFlags", axis == 'c' ? 1 : axis == 't' ? 8 : 2);
            tag.addProperty("resolution", 0);
            tag.addProperty("description", "");
            list.add(tag);
        }
        JsonObject tags = new JsonObject();
        tags.add("axes", list);
        return tags.toString();
    }
}
