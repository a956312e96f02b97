package org.pixelforest.classify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.feature.Feature;
import org.pixelforest.label.LabelClass;

/**
 * What made a classifier: written into every project and every output, so that a result can be traced.
 *
 * @param program name and version of the program that trained it, e.g. {@code "PixelForest 0.1.0"}
 * @param forest SHA-256 of the forest ({@link org.pixelforest.forest.RandomForest#sha256})
 * @param labels SHA-256 of the labels it was trained on, empty when they are not known
 * @param features names of the selected features, by filter, then sigma
 * @param channelNames a name a channel, or empty
 * @param seed of the training, empty when another program trained it
 * @param classes names of the classes in order
 * @param created when, as ISO 8601 text in UTC, e.g. {@code "2026-11-22T14:00:00Z"}
 */
public record ModelCard(
        String program,
        String forest,
        Optional<String> labels,
        List<String> features,
        List<String> channelNames,
        Optional<Long> seed,
        List<String> classes,
        String created) {

    /** The same fields as JSON has them: absent where nothing is known. */
    private record Text(
            String program,
            String forest,
            String labels,
            List<String> features,
            List<String> channelNames,
            Long seed,
            List<String> classes,
            String created,
            String appliedBy) {}

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    public ModelCard {
        features = List.copyOf(features);
        channelNames = List.copyOf(channelNames);
        classes = List.copyOf(classes);
    }

    /** The card of a classifier; what the classifier does not know itself is given. */
    public static ModelCard of(
            String program, PixelClassifier classifier, Optional<String> labels, Optional<Long> seed, String created) {
        List<String> features = new ArrayList<>();
        for (Feature feature : classifier.features().features()) {
            features.add(feature.longName());
        }
        return new ModelCard(
                program,
                classifier.forest().sha256(),
                labels,
                features,
                classifier.channelNames(),
                seed,
                classifier.classes().stream().map(LabelClass::name).toList(),
                created);
    }

    /** One line of JSON with the field names of this record; unknown fields are left out. */
    public String toJson() {
        return GSON.toJson(text(null));
    }

    /** The same with one more field, {@code appliedBy}: the program that made an output with the classifier. */
    public String toJson(String appliedBy) {
        return GSON.toJson(text(appliedBy));
    }

    private Text text(String appliedBy) {
        return new Text(
                program,
                forest,
                labels.orElse(null),
                features,
                channelNames,
                seed.orElse(null),
                classes,
                created,
                appliedBy);
    }

    /** The field {@code appliedBy} of a card's JSON, if it is there. */
    public static Optional<String> appliedBy(String json) {
        try {
            return Optional.ofNullable(GSON.fromJson(json, Text.class)).map(Text::appliedBy);
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException when the text is not the JSON of a model card */
    public static ModelCard fromJson(String json) {
        Text text;
        try {
            text = GSON.fromJson(json, Text.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not a model card: " + e.getMessage(), e);
        }
        if (text == null || text.program == null || text.forest == null) {
            throw new IllegalArgumentException("not a model card: program or forest is missing");
        }
        return new ModelCard(
                text.program,
                text.forest,
                Optional.ofNullable(text.labels),
                present(text.features),
                present(text.channelNames),
                Optional.ofNullable(text.seed),
                present(text.classes),
                text.created == null ? "" : text.created);
    }

    private static List<String> present(List<String> list) {
        if (list == null) {
            return List.of();
        }
        if (list.contains(null)) {
            throw new IllegalArgumentException("not a model card: a list has a gap");
        }
        return list;
    }
}
