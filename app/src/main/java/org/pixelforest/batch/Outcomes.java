package org.pixelforest.batch;

import java.util.Optional;

/** The kinds of outcomes of a planned image. */
final class Outcomes {

    private Outcomes() {}

    static Outcome written(PlannedImage image, double seconds) {
        return new Outcome(
                image.name(),
                Optional.of(image.output()),
                Outcome.Status.WRITTEN,
                image.shape().pixels(),
                seconds,
                "",
                Optional.empty(),
                image.notes());
    }

    static Outcome failed(PlannedImage image, double seconds, Throwable problem) {
        return new Outcome(
                image.name(),
                Optional.of(image.output()),
                Outcome.Status.FAILED,
                image.shape().pixels(),
                seconds,
                message(image, problem),
                Optional.of(problem),
                image.notes());
    }

    static Outcome cancelled(PlannedImage image) {
        return new Outcome(
                image.name(),
                Optional.of(image.output()),
                Outcome.Status.CANCELLED,
                image.shape().pixels(),
                0,
                "stopped before it was done",
                Optional.empty(),
                image.notes());
    }

    private static String message(PlannedImage image, Throwable problem) {
        String text = Problem.message(problem);
        return text.contains(image.output().toString()) ? text : BatchPlan.message(image.image(), problem);
    }
}
