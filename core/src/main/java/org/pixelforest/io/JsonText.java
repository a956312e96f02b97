package org.pixelforest.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the few lines of JSON that images carry (axistags, shapes). A parser of our own because it runs at every start, where
 * a library's reflection costs more than the reading. Every fault of the text is an {@link IllegalArgumentException}.
 */
final class JsonText {

    private static final int DEEPEST = 32;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** A value: a map, a list, a string, a number, true, false or null. */
    record Node(Object value) {

        boolean has(String key) {
            return value instanceof Map<?, ?> map && map.get(key) != null;
        }

        Node get(String key) {
            if (!has(key)) {
                throw new IllegalArgumentException("there is no \"" + key + "\"");
            }
            return new Node(((Map<?, ?>) value).get(key));
        }

        List<Node> list() {
            if (value instanceof List<?> list) {
                List<Node> nodes = new ArrayList<>();
                for (Object element : list) {
                    nodes.add(new Node(element));
                }
                return nodes;
            }
            throw new IllegalArgumentException("not a list: " + value);
        }

        String text() {
            if (value instanceof String string) {
                return string;
            }
            throw new IllegalArgumentException("not a text: " + value);
        }

        long[] numbers() {
            return list().stream().mapToLong(Node::whole).toArray();
        }

        private long whole() {
            if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 0x1p53) {
                return number.longValue();
            }
            throw new IllegalArgumentException("not a whole number: " + value);
        }
    }

    static Node parse(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value(0);
        json.space();
        if (json.at < text.length() && text.charAt(json.at) != 0) {
            throw json.fault();
        }
        return new Node(value);
    }

    private Object value(int depth) {
        space();
        if (depth > DEEPEST || at >= text.length()) {
            throw fault();
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        if (ends('}')) {
            return map;
        }
        do {
            space();
            String key = string();
            expect(':');
            map.put(key, value(depth + 1));
        } while (goesOn('}'));
        return map;
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        at++;
        if (ends(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (goesOn(']'));
        return list;
    }

    private String string() {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw fault();
        }
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw fault();
    }

    private char escaped() {
        at++;
        if (at >= text.length()) {
            throw fault();
        }
        char c = text.charAt(at);
        switch (c) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u':
                if (at + 4 >= text.length()) {
                    throw fault();
                }
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
            default:
                return c;
        }
    }

    private Object word(String word, Object meaning) {
        if (!text.startsWith(word, at)) {
            throw fault();
        }
        at += word.length();
        return meaning;
    }

    private Double number() {
        int from = at;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Double.valueOf(text.substring(from, at));
    }

    private boolean ends(char end) {
        space();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean goesOn(char end) {
        if (ends(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private void expect(char c) {
        if (!ends(c)) {
            throw fault();
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException fault() {
        return new IllegalArgumentException("not JSON at character " + at);
    }
}
