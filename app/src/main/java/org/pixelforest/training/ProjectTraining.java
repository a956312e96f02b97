package org.pixelforest.training;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.pixelforest.classify.LabeledImage;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.Samples;
import org.pixelforest.forest.TrainedForest;
import org.pixelforest.image.Shape;
import org.pixelforest.project.Additions;
import org.pixelforest.project.Project;

/**
 * Trains the forest of a project on its labels. The same labels, features, options and seed give the same forest, whatever the
 * machine and the number of threads.
 */
public final class ProjectTraining {

    /**
     * What a training gives.
     *
     * @param project with the new forest and its model card; not yet saved
     * @param set the samples, all of them
     * @param options seed, trees and columns that were used
     * @param trained the forest and its report
     * @param classifier that applies the forest to images like those it was trained on
     */
    public record Result(
            Project project,
            TrainingSet set,
            ForestOptions options,
            TrainedForest trained,
            PixelClassifier classifier) {}

    private final TrainingImages images;
    private final ForestOptions options;
    private final int threads;
    private final String program;

    /**
     * @param options trees, seed and balance; the columns are chosen here
     * @param program name and version, for the model card
     */
    public ProjectTraining(TrainingImages images, ForestOptions options, int threads, String program) {
        this.images = images;
        this.options = options;
        this.threads = threads;
        this.program = program;
    }

    /** The features of all labelled pixels. */
    public TrainingSet gather(Project project) throws IOException {
        FeatureSelection features = features(project);
        TrainingSet set = TrainingSet.of(features, images.images(), threads, Thread.currentThread()::isInterrupted);
        int[] labels = set.samples().labels();
        if (labels.length < 2) {
            throw new IllegalArgumentException("only the class '" + name(project, labels[0])
                    + "' is labelled; paint a second one before training");
        }
        if (labels[labels.length - 1] > project.classes().size()) {
            throw new IllegalArgumentException("class number " + labels[labels.length - 1]
                    + " is labelled, but the project has " + project.classes().size() + " classes");
        }
        return set;
    }

    /** The options with the columns of the channels that the project uses. */
    public ForestOptions options(Project project, Shape image) {
        List<Integer> unused = project.additions().unusedChannels();
        if (unused.isEmpty()) {
            return options;
        }
        List<Integer> columns = features(project).columns(image, channel -> !unused.contains(channel));
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("all channels are left out; use at least one");
        }
        return options.withColumns(columns);
    }

    /** Which features and channels could be left out; see {@link FeaturePruning}. */
    public FeaturePruning prune(Project project, TrainingSet set, double margin, Progress progress) {
        ForestOptions used = options(project, image().stack().shape());
        return FeaturePruning.of(set, margin, used, threads, progress);
    }

    /**
     * @param project whose features, classes and unused channels count; its labels are those of the images
     * @param labelShare the share of the labelled pixels to train on, above 0 and at most 1, drawn with the seed
     */
    public Result train(Project project, TrainingSet set, double labelShare, Progress progress) {
        Shape shape = image().stack().shape();
        ForestOptions used = options(project, shape);
        Samples samples = labelShare < 1 ? drawn(set.samples(), labelShare) : set.samples();
        TrainedForest trained = RandomForest.trainWithReport(samples, used, threads, progress);
        List<String> names = images.channelNames();
        Additions additions =
                project.additions().withSeed(Optional.of(options.seed())).withChannelNames(names);
        PixelClassifier classifier =
                new PixelClassifier(project.classes(), features(project), trained.forest(), names, shape.c());
        ModelCard card = ModelCard.of(
                program,
                classifier,
                Optional.of(images.labelsSha256()),
                Optional.of(options.seed()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Project done = project.withForest(trained.forest()).withAdditions(additions.withModelCard(Optional.of(card)));
        return new Result(done, set, used, trained, classifier);
    }

    private LabeledImage image() {
        return images.images().get(0);
    }

    private static FeatureSelection features(Project project) {
        return project.features()
                .filter(f -> !f.features().isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no features are chosen; choose them with --features, e.g. --features \"all sigma>=1\""));
    }

    private static String name(Project project, int label) {
        return label <= project.classes().size()
                ? project.classes().get(label - 1).name()
                : "number " + label;
    }

    /** A random choice of the samples that keeps some of every class. */
    private Samples drawn(Samples samples, double share) {
        if (!(share > 0)) {
            throw new IllegalArgumentException(
                    "the share of labels must be above 0 and at most 1 (got: " + share + ")");
        }
        boolean[] keep = new boolean[samples.count()];
        Random random = new Random(options.seed());
        for (int label : samples.labels()) {
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < samples.count(); i++) {
                if (samples.classOf(i) == label) {
                    rows.add(i);
                }
            }
            java.util.Collections.shuffle(rows, random);
            for (int row : rows.subList(0, (int) Math.max(1, Math.round(share * rows.size())))) {
                keep[row] = true;
            }
        }
        float[][] none = new float[samples.features()][0];
        return samples.changed(keep, Samples.of(none, new int[0]));
    }

    /** How many labelled pixels each class of the project has. */
    public static long[] counts(Project project, TrainingSet set) {
        long[] counts = new long[project.classes().size()];
        for (int i = 0; i < set.count(); i++) {
            counts[set.samples().classOf(i) - 1]++;
        }
        return counts;
    }
}
