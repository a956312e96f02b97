package org.pixelforest.training;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.LeftOut;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.feature.Feature;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.LearningCurve;
import org.pixelforest.project.Project;

/** What a training gave and how good it is, as JSON; the fields are described in docs/command-line.md. */
final class TrainingDocument {

    private final ProjectTraining.Result result;
    private final Optional<QualityReport> quality;
    private final List<String> notes;

    TrainingDocument(ProjectTraining.Result result, Optional<QualityReport> quality, List<String> notes) {
        this.result = result;
        this.quality = quality;
        this.notes = notes;
    }

    String json(String program, String project, double seconds) {
        JsonObject all = new JsonObject();
        all.addProperty("program", program);
        all.addProperty("command", "train");
        all.addProperty("project", project);
        all.addProperty("seconds", Math.round(seconds * 1000) / 1000.0);
        all.addProperty("forest", result.trained().forest().sha256());
        result.project().modelCard().flatMap(ModelCard::labels).ifPresent(hash -> all.addProperty("labels", hash));
        all.add("options", options());
        all.addProperty(
                "features", FeatureChoice.text(result.project().features().orElseThrow()));
        all.addProperty("columns", result.set().samples().features());
        all.add("channels", channels());
        all.add("classes", classes());
        all.addProperty("images", result.set().images().size());
        all.addProperty("outOfBag", number(result.trained().report().oobError()));
        all.addProperty(
                "outOfBagMeanOfForests", number(result.trained().report().meanOobError()));
        if (!notes.isEmpty()) {
            JsonArray said = new JsonArray();
            notes.forEach(said::add);
            all.add("notes", said);
        }
        quality.ifPresent(q -> {
            q.byStroke().ifPresent(v -> all.add("byStroke", leftOut(v)));
            q.byImage().ifPresent(v -> all.add("byImage", leftOut(v)));
            all.add("importance", importance(q));
            all.add("slips", slips(q));
            q.learningCurve().ifPresent(c -> all.add("learningCurve", curve(c)));
        });
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(all) + "\n";
    }

    private JsonObject options() {
        ForestOptions used = result.options();
        JsonObject options = new JsonObject();
        options.addProperty("trees", used.trees());
        options.addProperty("seed", used.seed());
        options.addProperty("balance", used.balance());
        return options;
    }

    private JsonArray channels() {
        JsonArray channels = new JsonArray();
        int count = result.set().images().get(0).stack().shape().c();
        for (int c = 0; c < count; c++) {
            JsonObject channel = new JsonObject();
            channel.addProperty("name", ChannelChoice.name(result.project(), c));
            channel.addProperty(
                    "used", !result.project().additions().unusedChannels().contains(c));
            channels.add(channel);
        }
        return channels;
    }

    private JsonArray classes() {
        Project project = result.project();
        long[] counts = ProjectTraining.counts(project, result.set());
        JsonArray classes = new JsonArray();
        for (int k = 0; k < counts.length; k++) {
            JsonObject cls = new JsonObject();
            cls.addProperty("name", project.classes().get(k).name());
            cls.addProperty("colour", ClassList.hex(project.classes().get(k)));
            cls.addProperty("labelledPixels", counts[k]);
            classes.add(cls);
        }
        return classes;
    }

    private JsonObject leftOut(LeftOut validation) {
        ConfusionMatrix matrix = validation.confusion();
        JsonObject json = new JsonObject();
        json.addProperty("error", number(validation.error()));
        json.addProperty(
                "gapToOutOfBag",
                number(validation.error() - result.trained().report().oobError()));
        json.addProperty("groups", validation.groups());
        json.addProperty("folds", validation.folds());
        json.addProperty("meanF1", number(matrix.meanF1()));
        JsonArray classes = new JsonArray();
        JsonArray counts = new JsonArray();
        for (int i = 0; i < matrix.size(); i++) {
            JsonObject cls = new JsonObject();
            cls.addProperty("name", name(matrix.labels()[i]));
            cls.addProperty("precision", number(matrix.precision(i)));
            cls.addProperty("recall", number(matrix.recall(i)));
            cls.addProperty("f1", number(matrix.f1(i)));
            cls.addProperty("judged", !validation.classesOfOneGroup().contains(matrix.labels()[i]));
            classes.add(cls);
            JsonArray row = new JsonArray();
            for (int j = 0; j < matrix.size(); j++) {
                row.add(matrix.count(i, j));
            }
            counts.add(row);
        }
        json.add("classes", classes);
        json.add("confusion", counts);
        return json;
    }

    /** JSON knows no NaN. */
    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private JsonObject importance(QualityReport report) {
        JsonObject json = new JsonObject();
        JsonObject channels = new JsonObject();
        for (int c = 0; c < report.importance().channels().size(); c++) {
            channels.addProperty(
                    ChannelChoice.name(result.project(), c),
                    report.importance().channels().get(c));
        }
        JsonObject filters = new JsonObject();
        var names = result.project().features().orElseThrow().filters();
        for (int f = 0; f < names.size(); f++) {
            filters.addProperty(names.get(f).id(), report.importance().filters().get(f));
        }
        JsonObject features = new JsonObject();
        List<Feature> selected = result.project().features().orElseThrow().features();
        for (int f = 0; f < selected.size(); f++) {
            features.addProperty(
                    selected.get(f).longName(), report.importance().features().get(f));
        }
        json.add("channels", channels);
        json.add("filters", filters);
        json.add("features", features);
        return json;
    }

    private JsonArray slips(QualityReport report) {
        JsonArray slips = new JsonArray();
        for (QualityReport.LabelSlip slip : report.slips()) {
            JsonObject json = new JsonObject();
            json.addProperty("image", slip.pixel().image());
            json.addProperty("x", slip.pixel().x());
            json.addProperty("y", slip.pixel().y());
            json.addProperty("z", slip.pixel().z());
            json.addProperty("t", slip.pixel().t());
            json.addProperty("painted", name(slip.painted()));
            json.addProperty("predicted", name(slip.predicted()));
            json.addProperty("share", slip.share());
            slips.add(json);
        }
        return slips;
    }

    private static JsonElement curve(LearningCurve curve) {
        JsonArray points = new JsonArray();
        for (LearningCurve.Point point : curve.points()) {
            JsonObject json = new JsonObject();
            json.addProperty("share", point.share());
            json.addProperty("pixels", point.samples());
            json.addProperty("accuracy", point.accuracy());
            json.addProperty("meanF1", number(point.meanF1()));
            points.add(json);
        }
        return points;
    }

    private String name(int label) {
        return result.project().classes().get(label - 1).name();
    }
}
