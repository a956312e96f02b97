package org.pixelforest.io;

import java.util.List;
import java.util.function.Function;

/**
 * The description that we put into a TIFF that has no other place for it: JSON in plain ASCII, {@code {"software":
 * "PixelForest", "channel_names": [...], "description": "..."}}.
 */
final class ModelDescription {

    private ModelDescription() {}

    /** The description, or an empty text when there is nothing to say. */
    static String of(List<String> channelNames, String description) {
        if (channelNames.isEmpty() && description.isEmpty()) {
            return "";
        }
        StringBuilder json = new StringBuilder("{\"software\": \"PixelForest\"");
        if (!channelNames.isEmpty()) {
            json.append(", \"channel_names\": [");
            for (int i = 0; i < channelNames.size(); i++) {
                json.append(i == 0 ? "" : ", ");
                quote(json, channelNames.get(i));
            }
            json.append(']');
        }
        if (!description.isEmpty()) {
            json.append(", \"description\": ");
            quote(json, description);
        }
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append("\\u");
                String hex = Integer.toHexString(c);
                json.append("0".repeat(4 - hex.length())).append(hex);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    static List<String> channelNames(String text) {
        return field(
                text,
                "channel_names",
                names -> names.list().stream().map(JsonText.Node::text).toList(),
                List.of());
    }

    static String description(String text) {
        return field(text, "description", JsonText.Node::text, "");
    }

    private static <T> T field(String text, String name, Function<JsonText.Node, T> value, T otherwise) {
        if (!text.startsWith("{\"software\": \"PixelForest\"")) {
            return otherwise;
        }
        try {
            JsonText.Node json = JsonText.parse(text);
            return json.has(name) ? value.apply(json.get(name)) : otherwise;
        } catch (IllegalArgumentException e) {
            // Somebody edited it: then it is only a text.
            return otherwise;
        }
    }
}
