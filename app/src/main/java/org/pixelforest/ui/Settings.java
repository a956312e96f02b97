package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.project.Project;

/**
 * Settings of a project that are changed but not undone, by the names that the journal uses: {@code features} ({@code {scales:
 * [{sigma, in2d}], selected: [[bool]]}}), {@code used} (a flag a channel), {@code export} (as {@link ExportJson} reads it), {@code view} (any JSON).
 */
final class Settings {

    private static final int MOST_SCALES = 32;

    private Settings() {}

    /** Whether two projects have the same settings, but for the view. */
    static boolean same(Project one, Project other) {
        return one.features().equals(other.features())
                && one.export().equals(other.export())
                && one.additions().unusedChannels().equals(other.additions().unusedChannels());
    }

    static Project apply(Project project, JsonObject setting) {
        Project changed = project;
        for (Map.Entry<String, JsonElement> entry : setting.entrySet()) {
            changed = switch (entry.getKey()) {
                case "features" ->
                    changed.withFeatures(features(
                            entry.getValue().getAsJsonObject(),
                            project.features().map(FeatureSelection::filters).orElse(List.of(Filter.values()))));
                case "view" ->
                    changed.withAdditions(
                            changed.additions().withView(java.util.Optional.of(Server.JSON.toJson(entry.getValue()))));
                case "export" ->
                    changed.withExport(ExportJson.read(entry.getValue().getAsJsonObject()));
                case "used" -> changed.withAdditions(changed.additions().withUnusedChannels(unused(entry.getValue())));
                default -> throw Problem.malformed("There is no setting " + entry.getKey() + ".");
            };
        }
        return changed;
    }

    /** Numbers of the channels whose flag is false. */
    private static List<Integer> unused(JsonElement flags) {
        if (flags == null || !flags.isJsonArray() || flags.getAsJsonArray().size() > 10_000) {
            throw Problem.malformed("\"used\" must be a list of true and false.");
        }
        List<Boolean> used = flags(flags.getAsJsonArray());
        if (!used.contains(true)) {
            throw Problem.conflict("No channel left", "The classifier needs at least one channel.", "Keep one.");
        }
        List<Integer> unused = new ArrayList<>();
        for (int c = 0; c < used.size(); c++) {
            if (!used.get(c)) {
                unused.add(c);
            }
        }
        return unused;
    }

    private static FeatureSelection features(JsonObject json, List<Filter> filters) {
        try {
            List<FeatureSelection.Scale> scales = new ArrayList<>();
            Set<Double> sigmas = new HashSet<>();
            if (json.getAsJsonArray("scales").size() > MOST_SCALES) {
                throw Problem.malformed("A table of features has at most " + MOST_SCALES + " scales (got: "
                        + json.getAsJsonArray("scales").size() + ").");
            }
            for (JsonElement scale : json.getAsJsonArray("scales")) {
                double sigma = scale.getAsJsonObject().get("sigma").getAsDouble();
                if (!(sigma >= 0.1 && sigma <= 100) || !sigmas.add(sigma)) {
                    throw Problem.malformed("Sigmas must differ and lie between 0.1 and 100 (got: " + sigma + ").");
                }
                scales.add(new FeatureSelection.Scale(
                        sigma, scale.getAsJsonObject().get("in2d").getAsBoolean()));
            }
            List<List<Boolean>> selected = new ArrayList<>();
            for (JsonElement row : json.getAsJsonArray("selected")) {
                selected.add(flags(row.getAsJsonArray()));
            }
            return new FeatureSelection(filters, scales, selected);
        } catch (IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | UnsupportedOperationException e) {
            throw Problem.malformed("The feature selection cannot be read: " + Body.wrong(e));
        }
    }

    static List<Boolean> flags(JsonArray array) {
        List<Boolean> flags = new ArrayList<>();
        for (JsonElement flag : array) {
            if (!flag.isJsonPrimitive() || !flag.getAsJsonPrimitive().isBoolean()) {
                throw Problem.malformed("True or false is expected (got: " + flag + ").");
            }
            flags.add(flag.getAsBoolean());
        }
        return flags;
    }
}
