package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.export.Cutout;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.Format;
import org.pixelforest.export.Range;
import org.pixelforest.export.Rounding;
import org.pixelforest.image.SampleType;

/** Export settings as the page has them: section 7 of docs/page-protocol.md. */
final class ExportJson {

    private ExportJson() {}

    static Map<String, Object> write(ExportSettings asked) {
        ExportSettings all = asked.orElse(ExportSettings.IMC);
        boolean renormalize = all.inputRange().isPresent() && !all.inputRange().equals(all.outputRange());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", all.source().orElse(Export.PROBABILITIES).title());
        json.put("type", all.type().map(t -> t.name().toLowerCase(Locale.ROOT)).orElse("float32"));
        json.put("renormalize", renormalize);
        json.put("input", all.inputRange().map(r -> List.of(r.min(), r.max())).orElse(List.of(0.0, 1.0)));
        json.put(
                "output",
                renormalize
                        ? all.outputRange().map(r -> List.of(r.min(), r.max())).orElseThrow()
                        : List.of(0.0, 65535.0));
        json.put("axes", all.axes().orElse("yxc"));
        json.put("cutout", all.cutout().map(ExportJson::write).orElse(null));
        json.put("format", all.format().orElse(Format.TIFF.title()));
        json.put("file", all.fileName().orElse("{dataset_dir}/{nickname}_{result_type}.tiff"));
        json.put("internal", all.innerPath().orElse("exported_data"));
        return json;
    }

    /** @throws Problem 400 when the settings cannot be */
    static ExportSettings read(JsonObject json) {
        try {
            boolean renormalize = json.get("renormalize").getAsBoolean();
            return new ExportSettings(
                    Optional.of(Export.of(json.get("source").getAsString())),
                    Optional.of(Format.of(json.get("format").getAsString()).title()),
                    Optional.of(
                            SampleType.valueOf(json.get("type").getAsString().toUpperCase(Locale.ROOT))),
                    Optional.of(json.get("axes").getAsString()).filter(a -> !a.isBlank()),
                    // NB: an empty range would be filled from the preset; a range onto itself leaves numbers as they
                    // are.
                    Optional.of(renormalize ? range(json.get("input")) : Range.UNIT),
                    Optional.of(renormalize ? range(json.get("output")) : Range.UNIT),
                    Optional.of(json.get("file").getAsString()).filter(f -> !f.isBlank()),
                    Optional.of(json.get("internal").getAsString()).filter(i -> !i.isBlank()),
                    cutout(json.get("cutout")),
                    Optional.of(Rounding.NEAREST));
        } catch (IllegalArgumentException
                | IllegalStateException
                | NullPointerException
                | IndexOutOfBoundsException
                | UnsupportedOperationException
                | ClassCastException e) {
            throw Problem.malformed("These settings cannot be: " + Body.wrong(e));
        }
    }

    private static Range range(JsonElement json) {
        return new Range(
                json.getAsJsonArray().get(0).getAsDouble(),
                json.getAsJsonArray().get(1).getAsDouble());
    }

    private static Map<String, Object> write(Cutout cutout) {
        String axes = "tzyxc".substring(5 - cutout.start().size());
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < axes.length(); i++) {
            if (cutout.start().get(i) != Cutout.OPEN && cutout.stop().get(i) != Cutout.OPEN) {
                json.put(
                        axes.substring(i, i + 1),
                        List.of(cutout.start().get(i), cutout.stop().get(i)));
            }
        }
        return json;
    }

    private static Optional<Cutout> cutout(JsonElement json) {
        if (json == null || json.isJsonNull()) {
            return Optional.empty();
        }
        JsonObject spans = json.getAsJsonObject();
        String axes = spans.has("t") ? "tzyxc" : spans.has("z") ? "zyxc" : "yxc";
        List<Integer> start = new ArrayList<>();
        List<Integer> stop = new ArrayList<>();
        for (char axis : axes.toCharArray()) {
            JsonElement span = spans.get(String.valueOf(axis));
            boolean open = span == null || span.isJsonNull();
            start.add(open ? Cutout.OPEN : span.getAsJsonArray().get(0).getAsInt());
            stop.add(open ? Cutout.OPEN : span.getAsJsonArray().get(1).getAsInt());
        }
        return Optional.of(new Cutout(start, stop));
    }
}
