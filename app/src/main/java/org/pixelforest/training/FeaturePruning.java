package org.pixelforest.training;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pixelforest.classify.Importance;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.feature.Feature;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.FeatureSuggestion;
import org.pixelforest.forest.FeatureSuggestion.Step;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.Samples;
import org.pixelforest.image.Shape;
import org.pixelforest.project.Project;

/**
 * Leaves out features, then channels, as long as the mean F1 on images (or, with one labelled image, strokes) that a forest never saw stays
 * within a margin of the best.
 *
 * @param features what was tried with fewer features; units are places in the selection's list of features
 * @param channels what was tried with fewer channels on the features that stay; empty with a single channel
 * @param kept features that stay, most important first
 * @param keptChannels numbers of the channels that stay, most important first
 */
public record FeaturePruning(
        FeatureSuggestion features,
        Optional<FeatureSuggestion> channels,
        List<Feature> kept,
        List<Integer> keptChannels) {

    public FeaturePruning {
        kept = List.copyOf(kept);
        keptChannels = List.copyOf(keptChannels);
    }

    /**
     * @param margin of the mean F1, 0..1, e.g. 0.005
     * @param options of the training, with the columns it may use
     */
    static FeaturePruning of(TrainingSet set, double margin, ForestOptions options, int threads, Progress progress) {
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("the margin must be 0 .. 1, e.g. 0.005 (got: " + margin + ")");
        }
        FeatureSelection selection = set.features();
        Shape shape = set.images().get(0).stack().shape();
        int[] featureOf = Importance.features(selection, shape);
        int[] channelOf = Importance.channels(selection, shape);
        int[] groups = set.images().size() > 1 ? set.imageGroups() : set.strokeGroups();
        int[] columns = options.columns().isEmpty()
                ? IntStream.range(0, featureOf.length).toArray()
                : options.columns().stream().mapToInt(c -> c).toArray();
        ForestOptions free = options.withColumns(List.of());
        FeatureSuggestion features = FeatureSuggestion.run(
                only(set.samples(), columns),
                groups,
                QualityReport.FOLDS,
                Arrays.stream(columns).map(c -> featureOf[c]).toArray(),
                free,
                threads,
                progress);
        double floor = features.steps().stream().mapToDouble(Step::meanF1).max().orElseThrow() - margin;
        Step chosen = features.suggested(margin);
        List<Feature> kept =
                chosen.units().stream().map(selection.features()::get).toList();
        int[] left = Arrays.stream(columns)
                .filter(c -> chosen.units().contains(featureOf[c]))
                .toArray();
        int[] channel = Arrays.stream(left).map(c -> channelOf[c]).toArray();
        List<Integer> all = Arrays.stream(channel).distinct().boxed().toList();
        if (all.size() == 1) {
            return new FeaturePruning(features, Optional.empty(), kept, all);
        }
        FeatureSuggestion channels = FeatureSuggestion.run(
                only(set.samples(), left), groups, QualityReport.FOLDS, channel, free, threads, progress);
        List<Integer> keptChannels = channels.steps().stream()
                .filter(step -> step.meanF1() >= floor)
                .min(Comparator.comparingInt(step -> step.units().size()))
                .orElse(channels.steps().get(0))
                .units();
        return new FeaturePruning(features, Optional.of(channels), kept, keptChannels);
    }

    /** The samples with some of their columns. */
    private static Samples only(Samples samples, int[] columns) {
        float[][] values = new float[columns.length][samples.count()];
        int[] classes = new int[samples.count()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = samples.classOf(i);
            for (int f = 0; f < columns.length; f++) {
                values[f][i] = samples.value(columns[f], i);
            }
        }
        return Samples.of(values, classes);
    }

    /** What was found, in lines for people: each choice, and what it leaves out beyond the one before. */
    public List<String> summary(Project project) {
        List<String> lines = new ArrayList<>();
        lines.add("features   mean F1   accuracy   without");
        lines(features, project, this::featureText, lines);
        channels.ifPresent(tried -> {
            lines.add("channels   mean F1   accuracy   without");
            lines(tried, project, FeaturePruning::channelText, lines);
        });
        lines.add("keep       " + kept.size() + " of "
                + project.features().orElseThrow().features().size() + " features: " + keptText(project));
        lines.add("keep       " + keptChannels.size() + (keptChannels.size() == 1 ? " channel: " : " channels: ")
                + channelText(project, keptChannels));
        return lines;
    }

    private String keptText(Project project) {
        return FeatureChoice.text(FeatureChoice.only(project.features().orElseThrow(), kept));
    }

    private static void lines(
            FeatureSuggestion tried,
            Project project,
            BiFunction<Project, List<Integer>, String> text,
            List<String> lines) {
        List<Integer> before = tried.steps().get(0).units();
        for (Step step : tried.steps()) {
            List<Integer> left =
                    before.stream().filter(u -> !step.units().contains(u)).toList();
            lines.add(String.format(
                            Locale.ROOT,
                            "%8d %9.4f %10.4f   %s",
                            step.units().size(),
                            step.meanF1(),
                            step.accuracy(),
                            text.apply(project, left))
                    .stripTrailing());
            before = step.units();
        }
    }

    private String featureText(Project project, List<Integer> units) {
        FeatureSelection selection = project.features().orElseThrow();
        return FeatureChoice.text(FeatureChoice.only(
                selection, units.stream().map(selection.features()::get).toList()));
    }

    private static String channelText(Project project, List<Integer> units) {
        return units.stream().map(c -> ChannelChoice.name(project, c)).collect(Collectors.joining(", "));
    }

    /**
     * The same for programs; the fields are described in docs/command-line.md.
     *
     * @param before what the classifier costs with everything
     * @param after with what stays
     */
    public String json(String program, String file, Project project, ClassifierCost before, ClassifierCost after) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("program", program);
        all.put("command", "suggest");
        all.put("project", file);
        all.put("keep", new TreeMap<>(Map.of("features", keptText(project), "channels", names(project, keptChannels))));
        all.put("features", tried(features, units -> featureText(project, units)));
        channels.ifPresent(c -> all.put("channels", tried(c, units -> names(project, units))));
        all.put("before", before);
        all.put("after", after);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(all) + "\n";
    }

    private static List<String> names(Project project, List<Integer> channels) {
        return channels.stream().map(c -> ChannelChoice.name(project, c)).toList();
    }

    private static List<Map<String, Object>> tried(FeatureSuggestion suggestion, Function<List<Integer>, Object> text) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Step step : suggestion.steps()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("count", step.units().size());
            json.put("meanF1", step.meanF1());
            json.put("accuracy", step.accuracy());
            json.put("with", text.apply(step.units()));
            steps.add(json);
        }
        return steps;
    }

    /**
     * The project with the features and channels that stay, not yet trained on them.
     *
     * @param channelCount how many channels its images have
     */
    public Project applied(Project project, int channelCount) {
        FeatureSelection selection = project.features().orElseThrow();
        List<Integer> unused = new ArrayList<>();
        for (int c = 0; c < channelCount; c++) {
            if (!keptChannels.contains(c)) {
                unused.add(c);
            }
        }
        return project.withFeatures(FeatureChoice.only(selection, kept))
                .withAdditions(project.additions().withUnusedChannels(unused));
    }
}
