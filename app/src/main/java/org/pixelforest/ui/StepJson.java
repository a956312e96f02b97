package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelChange;
import org.pixelforest.label.LabelClass;

/** A step as the journal keeps it. Changes of labels are base64 of {@link LabelChange#toBytes}. */
final class StepJson {

    private static final Logger LOG = Logger.getLogger(StepJson.class.getName());

    private StepJson() {}

    static JsonObject write(Step step) {
        JsonObject json = new JsonObject();
        json.addProperty("id", step.id());
        json.addProperty("what", step.what());
        json.addProperty("when", step.when());
        step.stroke().ifPresent(s -> json.add("stroke", Server.JSON.toJsonTree(s)));
        step.classes().ifPresent(e -> json.add("classes", writeEdit(e, StepJson::writeClass)));
        step.images().ifPresent(e -> json.add("images", writeEdit(e, JsonPrimitive::new)));
        JsonObject changes = new JsonObject();
        step.changes()
                .forEach((image, change) ->
                        changes.addProperty(image, Base64.getEncoder().encodeToString(change.toBytes())));
        json.add("changes", changes);
        return json;
    }

    /**
     * Reads a step; {@code shapes} knows the shape of every image by id. Changes of images that it does not know, for they were
     * removed since, or that became smaller, are left out.
     *
     * @throws RuntimeException when the line does not describe a step
     */
    static Step read(JsonObject json, Function<String, Optional<Shape>> shapes) {
        Map<String, LabelChange> changes = new LinkedHashMap<>();
        json.getAsJsonObject("changes").entrySet().forEach(e -> shapes.apply(e.getKey())
                .ifPresent(shape -> {
                    try {
                        byte[] bytes = Base64.getDecoder().decode(e.getValue().getAsString());
                        changes.put(e.getKey(), LabelChange.ofBytes(bytes, shape));
                    } catch (IllegalArgumentException misfit) {
                        LOG.warning(() -> "a change of an image is left out: " + Server.printable(misfit.getMessage()));
                    }
                }));
        return new Step(
                json.get("id").getAsString(),
                json.get("what").getAsString(),
                json.get("when").getAsLong(),
                Optional.ofNullable(json.get("stroke")).map(s -> Server.JSON.fromJson(s, Step.Painted.class)),
                Optional.ofNullable(json.getAsJsonObject("classes")).map(e -> readEdit(e, StepJson::readClass)),
                Optional.ofNullable(json.getAsJsonObject("images")).map(e -> readEdit(e, JsonElement::getAsString)),
                changes);
    }

    static JsonArray writeClasses(List<LabelClass> classes) {
        return writeList(classes, StepJson::writeClass);
    }

    static List<LabelClass> readClasses(JsonArray classes) {
        return readList(classes, StepJson::readClass);
    }

    private static <T> JsonObject writeEdit(Step.Edit<T> edit, Function<T, JsonElement> item) {
        JsonObject json = new JsonObject();
        json.add("before", writeList(edit.before(), item));
        json.add("after", writeList(edit.after(), item));
        return json;
    }

    private static <T> JsonArray writeList(List<T> list, Function<T, JsonElement> item) {
        JsonArray array = new JsonArray();
        list.forEach(x -> array.add(item.apply(x)));
        return array;
    }

    private static <T> Step.Edit<T> readEdit(JsonObject json, Function<JsonElement, T> item) {
        return new Step.Edit<>(
                readList(json.getAsJsonArray("before"), item), readList(json.getAsJsonArray("after"), item));
    }

    private static <T> List<T> readList(JsonArray array, Function<JsonElement, T> item) {
        List<T> list = new ArrayList<>();
        array.forEach(x -> list.add(item.apply(x)));
        return list;
    }

    private static JsonObject writeClass(LabelClass cls) {
        JsonObject json = new JsonObject();
        json.addProperty("name", cls.name());
        json.addProperty("rgb", cls.rgb());
        return json;
    }

    private static LabelClass readClass(JsonElement json) {
        JsonObject cls = json.getAsJsonObject();
        return new LabelClass(cls.get("name").getAsString(), cls.get("rgb").getAsInt());
    }
}
