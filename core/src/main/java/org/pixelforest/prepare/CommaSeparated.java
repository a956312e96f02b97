package org.pixelforest.prepare;

import java.util.ArrayList;
import java.util.List;

/** Text in rows and fields: commas between, double quotes around where needed, quotes doubled inside them. */
final class CommaSeparated {

    private CommaSeparated() {}

    /** The rows that are not blank. */
    static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
                row.add(field.toString());
                field.setLength(0);
                if (c != ',') {
                    row = finished(row, rows);
                }
            } else {
                field.append(c);
            }
        }
        row.add(field.toString());
        finished(row, rows);
        return rows;
    }

    private static List<String> finished(List<String> row, List<List<String>> rows) {
        if (row.size() > 1 || !row.get(0).isBlank()) {
            rows.add(row);
        }
        return new ArrayList<>();
    }
}
