package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.classify.LabeledImage;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.TrainedForest;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;

/** Trains on the labels of the open project; remembers the features of labelled pixels from one training to the next. */
final class Trainer {

    /** A training and what it was made from. */
    record Result(TrainedForest trained, Material material) {}

    /**
     * What a forest is trained on, and how.
     *
     * @param classes names of all classes at the time, trained or not
     */
    record Material(TrainingSet set, ForestOptions options, List<String> classes) {

        /** Whether its forest still means what it was trained for: the same features, and classes by the same numbers. */
        boolean fits(OpenProject.State state) {
            List<String> now = names(state);
            return features(state).equals(set.features())
                    && now.size() >= classes.size()
                    && now.subList(0, classes.size()).equals(classes);
        }
    }

    /** There is not enough to train on. */
    static final class NotYet extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String hint;

        NotYet(String hint) {
            super(hint, null, false, false);
            this.hint = hint;
        }

        /** One of the hints of the protocol. */
        String hint() {
            return hint;
        }
    }

    private final OpenProject project;
    private final int threads;
    private TrainingSet set;

    /** {@code threads} may work at a time. */
    Trainer(OpenProject project, int threads) {
        this.project = project;
        this.threads = threads;
    }

    /**
     * Trains on everything that is painted now.
     *
     * @throws NotYet when a second class, features or images are missing
     * @throws java.util.concurrent.CancellationException when {@code progress} ends it
     */
    Result train(Progress progress) throws IOException {
        Material material = gather(progress);
        TrainedForest trained =
                RandomForest.trainWithReport(material.set.samples(), material.options, threads, progress);
        return new Result(trained, material);
    }

    /** The features of everything that is painted now; fails as {@link #train} does. */
    Material gather(Progress progress) throws IOException {
        OpenProject.State state = project.state();
        List<LabeledImage> images = new ArrayList<>();
        int highest = 0;
        boolean[] painted = new boolean[state.content().classes().size() + 1];
        List<PageImage> present = project.present(state);
        for (PageImage image : present) {
            var labels = state.content().labels(image.id());
            if (image.readable() && !labels.isEmpty()) {
                images.add(new LabeledImage(image.id(), image.stack(), labels));
                long[] counts = labels.counts();
                for (int cls = 1; cls < Math.min(counts.length, painted.length); cls++) {
                    painted[cls] |= counts[cls] > 0;
                }
            }
        }
        for (boolean some : painted) {
            highest += some ? 1 : 0;
        }
        if (present.isEmpty()) {
            throw new NotYet("no images");
        }
        if (highest < 2) {
            throw new NotYet("second class");
        }
        FeatureSelection features = features(state);
        if (features.features().isEmpty()) {
            throw new NotYet("no features");
        }
        set = set != null && set.features().equals(features)
                ? set.with(images, threads, () -> !progress.proceed(0, 1))
                : TrainingSet.of(features, images, threads, () -> !progress.proceed(0, 1));
        return new Material(set, options(state, images.get(0).stack().shape()), names(state));
    }

    private static FeatureSelection features(OpenProject.State state) {
        return state.project().features().orElse(FeatureSelection.from(1));
    }

    private static List<String> names(OpenProject.State state) {
        return state.content().classes().stream().map(LabelClass::name).toList();
    }

    private static ForestOptions options(OpenProject.State state, Shape shape) {
        ForestOptions options = ForestOptions.ILASTIK.withSeed(
                state.project().additions().seed().orElse(0L));
        List<Integer> unused = state.project().additions().unusedChannels();
        return unused.isEmpty()
                ? options
                : options.withColumns(features(state).columns(shape, channel -> !unused.contains(channel)));
    }
}
