package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON object of a request; whatever is missing or of the wrong kind is answered with 400 and its name. */
final class Body {

    private final JsonObject json;

    private Body(JsonObject json) {
        this.json = json;
    }

    static Body of(Context ctx) {
        String text = ctx.body();
        if (text.isBlank()) {
            return new Body(new JsonObject());
        }
        try {
            JsonElement parsed = JsonParser.parseString(text);
            if (parsed.isJsonObject()) {
                return new Body(parsed.getAsJsonObject());
            }
        } catch (JsonParseException | StackOverflowError broken) {
            // Said below.
        }
        throw Problem.malformed("The body is not a JSON object.");
    }

    JsonObject json() {
        return json;
    }

    boolean has(String name) {
        return json.has(name) && !json.get(name).isJsonNull();
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "a text"));
    }

    Optional<String> optionalText(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonElement value = json.get(name);
        if (!value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()
                || value.getAsString().length() > 10_000) {
            throw wrong(name, "a text");
        }
        return Optional.of(value.getAsString());
    }

    boolean flag(String name) {
        if (!has(name)
                || !json.get(name).isJsonPrimitive()
                || !json.getAsJsonPrimitive(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return json.get(name).getAsBoolean();
    }

    /** A whole number from {@code min} to {@code max}. */
    int number(String name, int min, int max) {
        if (!has(name)) {
            throw wrong(name, "a number");
        }
        return number(json.get(name), name, min, max);
    }

    List<Integer> numbers(String name, int min, int max, int most) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            numbers.add(number(element, name, min, max));
        }
        return numbers;
    }

    List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(element.getAsString());
        }
        return texts;
    }

    List<Boolean> flags(String name, int most) {
        List<Boolean> flags = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
                throw wrong(name, "a list of true and false");
            }
            flags.add(element.getAsBoolean());
        }
        return flags;
    }

    private JsonArray array(String name, int most) {
        if (!has(name)
                || !json.get(name).isJsonArray()
                || json.getAsJsonArray(name).size() > most) {
            throw wrong(name, "a list of at most " + most);
        }
        return json.getAsJsonArray(name);
    }

    private static int number(JsonElement value, String name, int min, int max) {
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
            double number = value.getAsDouble();
            if (number == Math.rint(number) && number >= min && number <= max) {
                return (int) number;
            }
        }
        throw wrong(name, "a whole number from " + min + " to " + max);
    }

    /** What a value is that some code did not take, in words; nothing of how the code is written. */
    static String wrong(RuntimeException refusal) {
        String text = refusal.getMessage();
        boolean words =
                refusal instanceof IllegalArgumentException && text != null && !text.contains("org.pixelforest");
        return words ? text : "a value is missing or of the wrong kind.";
    }

    private static Problem wrong(String name, String kind) {
        return Problem.malformed("\"" + name + "\" must be " + kind + ".");
    }
}
