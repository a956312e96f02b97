package org.pixelforest.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pixelforest.classify.Importance;
import org.pixelforest.classify.LabeledImage;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.feature.Feature;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.FeatureSuggestion;
import org.pixelforest.forest.FeatureSuggestion.Step;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.Samples;
import org.pixelforest.image.Region;
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

    /** Side of the part of an image that costs are measured on, in pixels. */
    private static final int EDGE = 256;

    private static final long BUDGET_NANOS = 2_000_000_000L;

    /**
     * What a classifier costs on this machine.
     *
     * @param milliseconds a megapixel, one core
     * @param megabytes the feature values of a megapixel
     */
    public record Cost(int features, int columns, double milliseconds, double megabytes) {}

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

    /** What was found, in lines for people. */
    public List<String> summary(Project project) {
        FeatureSelection selection = project.features().orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add("features   mean F1   accuracy");
        for (Step step : features.steps()) {
            lines.add(line(step));
        }
        if (channels.isPresent()) {
            lines.add("channels   mean F1   accuracy");
            channels.get().steps().forEach(step -> lines.add(line(step)));
        }
        lines.add("keep       " + kept.size() + " of " + selection.features().size() + " features: "
                + FeatureChoice.text(FeatureChoice.only(selection, kept)));
        List<String> names =
                keptChannels.stream().map(c -> ChannelChoice.name(project, c)).toList();
        lines.add("keep       " + names.size() + " channels: " + String.join(", ", names));
        return lines;
    }

    private static String line(Step step) {
        return String.format(Locale.ROOT, "%8d %9.4f %10.4f", step.units().size(), step.meanF1(), step.accuracy());
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

    /** Measures what a classifier costs, on a part of an image; the fastest of all runs in two seconds, for the others
     * were disturbed. */
    public static Cost cost(PixelClassifier classifier, LabeledImage image) throws IOException {
        Shape shape = image.stack().shape();
        Region part = new Region(0, 0, 0, 0, 1, Math.min(EDGE, shape.y()), Math.min(EDGE, shape.x()));
        double best = Double.POSITIVE_INFINITY;
        long first = System.nanoTime();
        for (int run = 0; run < 3 || System.nanoTime() - first < BUDGET_NANOS; run++) {
            long begun = System.nanoTime();
            classifier.probabilities(image.stack(), part);
            best = Math.min(best, (System.nanoTime() - begun) / 1e6);
        }
        boolean[] used = classifier.forest().usedFeatures();
        int columns = 0;
        for (boolean column : used) {
            columns += column ? 1 : 0;
        }
        return new Cost(
                classifier.features().features().size(),
                columns,
                best / part.pixels() * 1e6,
                columns * (double) Float.BYTES);
    }
}
