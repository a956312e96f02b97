package org.pixelforest.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.forest.CrossValidation;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.LearningCurve;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.Slip;
import org.pixelforest.forest.TrainingReport;

/**
 * How good a training is, as honestly as the labels allow. The out-of-bag error flatters, for every pixel has neighbours among the
 * training pixels; what is left out whole, strokes and images, tells what to expect of new ones.
 *
 * @param outOfBag out-of-bag error of the forest, 0..1
 * @param byStroke what forests say of strokes that they never saw; empty with fewer than two strokes
 * @param byImage what forests say of images that they never saw; empty with fewer than two labelled images
 * @param importance what channels, filters and features weigh
 * @param slips labelled pixels that nearly all trees contradict, clearest first
 * @param learningCurve quality with fewer labels, if it was asked for
 */
public record QualityReport(
        double outOfBag,
        Optional<LeftOut> byStroke,
        Optional<LeftOut> byImage,
        Importance importance,
        List<LabelSlip> slips,
        Optional<LearningCurve> learningCurve) {

    /** Parts that the labels are divided into: 5 balance time and how much each forest sees. */
    public static final int FOLDS = 5;

    /** The share of votes from which on a contradiction counts as a probable slip. */
    public static final double SLIP_SHARE = 0.9;

    private static final List<Double> SHARES = List.of(0.1, 0.2, 0.4, 0.7, 1.0);

    /**
     * A cross-validation that never divides a group.
     *
     * @param groups how many groups (strokes or images) there are
     * @param folds how many parts they were divided into
     * @param confusion painted classes (rows) and predicted ones
     * @param classesOfOneGroup classes painted in a single group, of which nothing can be said
     */
    public record LeftOut(int groups, int folds, ConfusionMatrix confusion, List<Integer> classesOfOneGroup) {

        public LeftOut {
            classesOfOneGroup = List.copyOf(classesOfOneGroup);
        }

        /** The share of the pixels taken for another class, 0..1. */
        public double error() {
            return 1 - confusion.accuracy();
        }
    }

    /**
     * A labelled pixel that is probably a slip of the brush.
     *
     * @param image its name
     * @param painted class it was given
     * @param predicted class that forests which never saw its stroke take it for
     * @param share of the votes for that, 0..1
     */
    public record LabelSlip(String image, int t, int z, int y, int x, int painted, int predicted, double share) {}

    public QualityReport {
        slips = List.copyOf(slips);
    }

    /** The more honest of the two cross-validations: by image where there is one, else by stroke. */
    public Optional<LeftOut> leftOut() {
        return byImage.or(() -> byStroke);
    }

    /**
     * Judges a training; takes the time of five to ten trainings, and with the learning curve of twenty-five more.
     *
     * @param options those of the training
     * @param training what it said of itself
     * @param withCurve whether to compute the learning curve
     * @throws java.util.concurrent.CancellationException when {@code progress} ends it
     */
    public static QualityReport of(
            TrainingSet set,
            ForestOptions options,
            TrainingReport training,
            boolean withCurve,
            int threads,
            Progress progress) {
        int[] strokes = set.strokeGroups();
        int[] images = set.imageGroups();
        boolean strokesDiffer = differ(strokes);
        boolean imagesDiffer = differ(images);
        int work = (strokesDiffer ? 1 : 0) + (imagesDiffer ? 1 : 0) + (withCurve && strokesDiffer ? SHARES.size() : 0);
        Optional<CrossValidation> byStroke = strokesDiffer
                ? Optional.of(CrossValidation.run(
                        set.samples(), strokes, FOLDS, options, threads, part(progress, 0, 1, work)))
                : Optional.empty();
        Optional<CrossValidation> byImage = imagesDiffer
                ? Optional.of(CrossValidation.run(
                        set.samples(), images, FOLDS, options, threads, part(progress, strokesDiffer ? 1 : 0, 1, work)))
                : Optional.empty();
        Optional<LearningCurve> curve = withCurve && strokesDiffer
                ? Optional.of(LearningCurve.run(
                        set.samples(),
                        imagesDiffer ? images : strokes,
                        FOLDS,
                        SHARES,
                        options,
                        threads,
                        part(progress, work - SHARES.size(), SHARES.size(), work)))
                : Optional.empty();
        return new QualityReport(
                training.oobError(),
                byStroke.map(v -> leftOut(v, strokes)),
                byImage.map(v -> leftOut(v, images)),
                Importance.of(
                        training.importance(),
                        set.features(),
                        set.images().get(0).stack().shape()),
                byStroke.map(v -> slips(v, set)).orElse(List.of()),
                curve);
    }

    private static boolean differ(int[] groups) {
        return Arrays.stream(groups).distinct().limit(2).count() == 2;
    }

    /** Counts the progress of one of several works, {@code weight} of {@code all} parts long, as that of the whole. */
    private static Progress part(Progress progress, int before, int weight, int all) {
        return (done, total) -> progress.proceed(before * total + done * weight, all * total);
    }

    private static LeftOut leftOut(CrossValidation validation, int[] groups) {
        return new LeftOut(
                (int) Arrays.stream(groups).distinct().count(),
                validation.folds(),
                validation.confusion(),
                validation.classesOfOneGroup());
    }

    private static List<LabelSlip> slips(CrossValidation validation, TrainingSet set) {
        List<LabelSlip> slips = new ArrayList<>();
        for (Slip slip : validation.slips(SLIP_SHARE)) {
            int row = slip.sample();
            slips.add(new LabelSlip(
                    set.images().get(set.image(row)).name(),
                    set.t(row),
                    set.z(row),
                    set.y(row),
                    set.x(row),
                    slip.label(),
                    slip.predicted(),
                    slip.share()));
        }
        return slips;
    }
}
