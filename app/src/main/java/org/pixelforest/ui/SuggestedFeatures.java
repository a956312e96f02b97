package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.FeatureSuggestion;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.Samples;
import org.pixelforest.forest.TrainedForest;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;

/**
 * The fewest of the selected features that are as good on strokes left out of training as all of them.
 *
 * @param selection the table with only these ticked
 * @param outOfBag error with them, 0 .. 1, of a forest of the usual size
 * @param before the same with all features
 * @param microseconds a pixel with them, one core of this machine, measured on a labelled image
 */
record SuggestedFeatures(FeatureSelection selection, double outOfBag, double before, double microseconds) {

    /** Trees of the forests that compare; they are many. */
    private static final int TREES = 25;

    private static final int FOLDS = 3;

    /** Loss of mean F1 that is taken for noise. */
    private static final double MARGIN = 0.01;

    /** Beyond this the search would take minutes: then every n-th pixel is compared on. */
    private static final int MAX_SAMPLES = 8_000;

    private static final int EDGE = 192;

    /**
     * Searches on the labels and the selection as they are now.
     *
     * @throws Trainer.NotYet when there is too little to train on
     * @throws java.util.concurrent.CancellationException when {@code progress} ends it
     */
    static SuggestedFeatures search(Trainer trainer, Progress progress) throws IOException {
        Trainer.Material material = trainer.gather(progress);
        TrainingSet set = material.set();
        FeatureSelection all = set.features();
        Shape shape = set.images().get(0).stack().shape();
        int[] columns = material.options().columns().isEmpty()
                ? IntStream.range(0, set.samples().features()).toArray()
                : material.options().columns().stream().mapToInt(c -> c).toArray();
        int[] featureOf = org.pixelforest.classify.Importance.features(all, shape);
        int[] rows = everyNth(set.count());
        int[] strokes = set.strokeGroups();
        int[] groups = Arrays.stream(rows).map(row -> strokes[row]).toArray();
        if (Arrays.stream(groups).distinct().count() < 2 * set.samples().labels().length) {
            throw new IllegalArgumentException(
                    "Paint two strokes of each class or more, in different places; features are "
                            + "compared on strokes left out of training.");
        }
        FeatureSuggestion suggestion = FeatureSuggestion.run(
                part(set.samples(), rows, columns),
                groups,
                FOLDS,
                Arrays.stream(columns).map(c -> featureOf[c]).toArray(),
                material.options().withColumns(List.of()).withTrees(TREES),
                1,
                progress);
        Set<Integer> kept = Set.copyOf(suggestion.suggested(MARGIN).units());
        List<Integer> keptColumns = Arrays.stream(columns)
                .filter(c -> kept.contains(featureOf[c]))
                .boxed()
                .toList();
        Progress end = (done, total) -> progress.proceed(1, 1);
        TrainedForest before = RandomForest.trainWithReport(set.samples(), material.options(), 1, end);
        ForestOptions fewer = material.options().withColumns(keptColumns);
        TrainedForest after = RandomForest.trainWithReport(set.samples(), fewer, 1, end);
        return new SuggestedFeatures(
                ticked(all, kept),
                after.report().oobError(),
                before.report().oobError(),
                microseconds(
                        all,
                        after.forest(),
                        set.images().get(0).stack(),
                        set.samples().labels()));
    }

    private static int[] everyNth(int count) {
        int step = (count + MAX_SAMPLES - 1) / MAX_SAMPLES;
        return IntStream.iterate(0, i -> i < count, i -> i + Math.max(1, step)).toArray();
    }

    private static Samples part(Samples samples, int[] rows, int[] columns) {
        float[][] values = new float[columns.length][rows.length];
        int[] classes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            classes[i] = samples.classOf(rows[i]);
            for (int f = 0; f < columns.length; f++) {
                values[f][i] = samples.value(columns[f], rows[i]);
            }
        }
        return Samples.of(values, classes);
    }

    private static FeatureSelection ticked(FeatureSelection all, Set<Integer> kept) {
        List<List<Boolean>> rows = new ArrayList<>();
        int place = 0;
        for (List<Boolean> row : all.selected()) {
            List<Boolean> ticks = new ArrayList<>();
            for (boolean tick : row) {
                ticks.add(tick && kept.contains(place));
                place += tick ? 1 : 0;
            }
            rows.add(ticks);
        }
        return new FeatureSelection(all.filters(), all.scales(), rows);
    }

    /** The fastest of three: the others were disturbed. */
    private static double microseconds(FeatureSelection all, RandomForest forest, ImageSource stack, int[] labels)
            throws IOException {
        Shape shape = stack.shape();
        List<LabelClass> classes = new ArrayList<>();
        for (int cls = 1; cls <= labels[labels.length - 1]; cls++) {
            classes.add(new LabelClass(String.valueOf(cls), 0));
        }
        // The forest counts the columns it does not use, and they are not computed.
        PixelClassifier classifier = new PixelClassifier(classes, all, forest, List.of(), shape.c());
        Region part = new Region(0, 0, 0, 0, 1, Math.min(EDGE, shape.y()), Math.min(EDGE, shape.x()));
        double best = Double.POSITIVE_INFINITY;
        for (int run = 0; run < 3; run++) {
            long start = System.nanoTime();
            classifier.probabilities(stack, part);
            best = Math.min(best, (System.nanoTime() - start) / 1e3 / part.pixels());
        }
        return best;
    }
}
