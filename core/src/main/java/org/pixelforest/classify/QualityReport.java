package org.pixelforest.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * @param byStroke what forests say of strokes that they never saw; empty if not asked for, or when each class is a single stroke
 * @param byImage what forests say of images that they never saw; empty if not asked for, or when each class is labelled on one image
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

    /** What may be asked besides the out-of-bag error and the importance, each at the price of five trainings. */
    public enum Question {
        /** What forests say of strokes that they never saw, and which pixels are probably slips of the brush. */
        STROKES,
        /** What they say of images that they never saw. */
        IMAGES,
        /** How good they are with fewer labels; the price of twenty-five trainings. */
        LEARNING_CURVE
    }

    /**
     * A labelled pixel that is probably a slip of the brush.
     *
     * @param painted class it was given
     * @param predicted class that forests which never saw its stroke take it for
     * @param share of the votes for that, 0..1
     */
    public record LabelSlip(LeftOut.Pixel pixel, int painted, int predicted, double share) {}

    public QualityReport {
        slips = List.copyOf(slips);
    }

    /** The more honest of the two cross-validations: by image where there is one, else by stroke. */
    public Optional<LeftOut> leftOut() {
        return byImage.or(() -> byStroke);
    }

    /**
     * Judges a training.
     *
     * @param options those of the training; with fewer trees the answer comes sooner and can only be too modest
     * @param training what it said of itself
     * @throws java.util.concurrent.CancellationException when {@code progress} ends it
     */
    public static QualityReport of(
            TrainingSet set,
            ForestOptions options,
            TrainingReport training,
            Set<Question> questions,
            int threads,
            Progress progress) {
        int[] strokes = set.strokeGroups();
        int[] images = set.imageGroups();
        boolean byStrokes = questions.contains(Question.STROKES) && differ(strokes);
        boolean byImages = questions.contains(Question.IMAGES) && differ(images);
        boolean withCurve = questions.contains(Question.LEARNING_CURVE) && differ(strokes);
        int work = (byStrokes ? 1 : 0) + (byImages ? 1 : 0) + (withCurve ? SHARES.size() : 0);
        Optional<CrossValidation> strokesLeftOut = byStrokes
                ? Optional.of(CrossValidation.run(
                        set.samples(), strokes, FOLDS, options, threads, part(progress, 0, 1, work)))
                : Optional.empty();
        Optional<CrossValidation> imagesLeftOut = byImages
                ? Optional.of(CrossValidation.run(
                        set.samples(), images, FOLDS, options, threads, part(progress, byStrokes ? 1 : 0, 1, work)))
                : Optional.empty();
        Optional<LearningCurve> curve = withCurve
                ? Optional.of(LearningCurve.run(
                        set.samples(),
                        differ(images) ? images : strokes,
                        FOLDS,
                        SHARES,
                        options,
                        threads,
                        part(progress, work - SHARES.size(), SHARES.size(), work)))
                : Optional.empty();
        return new QualityReport(
                training.oobError(),
                strokesLeftOut.flatMap(v -> LeftOut.of(v, set, strokes)),
                imagesLeftOut.flatMap(v -> LeftOut.of(v, set, images)),
                Importance.of(
                        training.importance(),
                        set.features(),
                        set.images().get(0).stack().shape()),
                strokesLeftOut.map(v -> slips(v, set)).orElse(List.of()),
                curve);
    }

    private static boolean differ(int[] groups) {
        return Arrays.stream(groups).distinct().limit(2).count() == 2;
    }

    /** Counts the progress of one of several works, {@code weight} of {@code all} parts long, as that of the whole. */
    private static Progress part(Progress progress, int before, int weight, int all) {
        return (done, total) -> progress.proceed(before * total + done * weight, all * total);
    }

    private static List<LabelSlip> slips(CrossValidation validation, TrainingSet set) {
        List<LabelSlip> slips = new ArrayList<>();
        for (Slip slip : validation.slips(SLIP_SHARE)) {
            slips.add(new LabelSlip(LeftOut.pixel(set, slip.sample()), slip.label(), slip.predicted(), slip.share()));
        }
        return slips;
    }
}
