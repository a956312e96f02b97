package org.pixelforest.io;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The JSON in which vigra and ilastik name axes: {@code {"axes": [{"key": "y", "typeFlags": 2, ...}, ...]}}. */
final class AxisTags {

    private AxisTags() {}

    /** The letters, or nothing when the text does not name axes that we know. */
    static Optional<String> parse(String json) {
        try {
            StringBuilder axes = new StringBuilder();
            List<JsonText.Node> tags = JsonText.parse(json).get("axes").list();
            for (JsonText.Node tag : tags) {
                axes.append(tag.get("key").text().toLowerCase(Locale.ROOT));
            }
            boolean known = axes.length() == tags.size() && Axes.areKnown(axes.toString());
            return known ? Optional.of(axes.toString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text as vigra writes it: channels have type 1, space 2, time 8. */
    static String json(String axes) {
        StringBuilder json = new StringBuilder("{\"axes\":[");
        for (int i = 0; i < axes.length(); i++) {
            char axis = axes.charAt(i);
            int type = axis == 'c' ? 1 : axis == 't' ? 8 : 2;
            json.append(i == 0 ? "" : ",")
                    .append("{\"key\":\"")
                    .append(axis)
                    .append("\",\"typeFlags\":")
                    .append(type)
                    .append(",\"resolution\":0,\"description\":\"\"}");
        }
        return json.append("]}").toString();
    }
}
