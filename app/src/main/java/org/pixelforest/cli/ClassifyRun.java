package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pixelforest.batch.Batch;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.BatchPlan;
import org.pixelforest.batch.BatchSettings;
import org.pixelforest.batch.ClassifyBatch;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.OutputCard;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.batch.ProjectLabels;
import org.pixelforest.batch.ReservedFiles;
import org.pixelforest.batch.ResultSource;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/** Applies a project to images and tells the user about it. */
final class ClassifyRun {

    private static final long SECONDS_TO_STOP = 10;

    private final Console console;
    private final WorkOptions work;
    private final Path file;
    private final ExportSettings asked;
    private final ExportSettings contract;
    private final boolean resume;
    private Optional<Retraining> retraining = Optional.empty();

    ClassifyRun(
            Console console,
            WorkOptions work,
            Path file,
            ExportSettings asked,
            ExportSettings contract,
            boolean resume) {
        this.console = console;
        this.work = work;
        this.file = file;
        this.asked = asked;
        this.contract = contract;
        this.resume = resume;
    }

    /** Trains before classifying, where that is asked for or the project has no forest. */
    ClassifyRun retrained(Retraining how) {
        retraining = Optional.of(how);
        return this;
    }

    /** Returns the exit status. */
    int run(List<BatchImage> images, Optional<String> axes, boolean ignoreTrainingAxes)
            throws IOException, RefusedException {
        long begun = System.nanoTime();
        int threads = work.threads();
        Project read = Project.read(file);
        Project project = retraining.isPresent() ? retraining.get().apply(read, file, threads, console) : read;
        PixelClassifier classifier = classifier(project);
        BatchSettings settings = new BatchSettings(
                asked,
                contract,
                axes,
                ignoreTrainingAxes ? Optional.empty() : axesOfLastImage(project),
                classifier.channelNames(),
                resume,
                threads);
        ResultSource source = ResultSource.of(classifier, new ProjectLabels(project, file));
        BatchPlan plan =
                BatchPlan.ofImages(images, source, project.export(), Optional.of(file), settings, new ReservedFiles());
        tellHowChannelsAreMatched(classifier, plan);
        ProgressLine progress = new ProgressLine(console, images.size(), plan.pixels());
        Batch batch = new ClassifyBatch(source, OutputCard.of(project)).batch(plan, threads, progress);
        List<Outcome> outcomes = runInterruptibly(batch);
        progress.clear();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (work.report().isPresent()) {
            new ReportFile("classify")
                    .with("project", file.toString())
                    .with("forest", classifier.forest().sha256())
                    .withOutcomes(outcomes, seconds)
                    .write(work.report().get());
        }
        return summarise(outcomes, seconds);
    }

    /** Fails early where the project cannot classify. */
    void requireClassifier() throws IOException, RefusedException {
        classifier(Project.read(file));
    }

    private PixelClassifier classifier(Project project) throws RefusedException {
        return project.classifier()
                .orElseThrow(
                        () -> new RefusedException(
                                file
                                        + ": holds no trained classifier; train it and save the project (in ilastik: switch Live Update on first)"));
    }

    /** Ctrl-C and kill let the threads finish their tile and take away what is half-written. */
    private static List<Outcome> runInterruptibly(Batch batch) {
        Thread stop = new Thread(() -> {
            batch.cancel();
            try {
                batch.awaitStop(SECONDS_TO_STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return batch.run();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(stop);
            } catch (IllegalStateException e) {
                // Java is shutting down: the hook runs already.
            }
        }
    }

    private void tellHowChannelsAreMatched(PixelClassifier classifier, BatchPlan plan) {
        List<PlannedImage> byPosition =
                plan.images().stream().filter(i -> !i.match().byName()).toList();
        if (byPosition.isEmpty()) {
            return;
        }
        String who = classifier.channelNames().isEmpty()
                ? "the project carries no channel names"
                : byPosition.size() == 1
                        ? byPosition.get(0).name() + " carries no channel names"
                        : byPosition.size() + " images carry no channel names";
        console.err()
                .println("note: " + who + "; channels are matched by position (" + classifier.channels() + " of them)");
    }

    private int summarise(List<Outcome> outcomes, double seconds) {
        long written = count(outcomes, Outcome.Status.WRITTEN);
        long kept = count(outcomes, Outcome.Status.KEPT);
        long failed = count(outcomes, Outcome.Status.FAILED);
        long stopped = count(outcomes, Outcome.Status.CANCELLED);
        console.err()
                .println(written + " written" + (kept > 0 ? ", " + kept + " up to date" : "")
                        + (failed > 0 ? ", " + failed + " failed" : "")
                        + (stopped > 0 ? ", " + stopped + " not done" : "")
                        + " in " + ProgressLine.seconds(seconds));
        if (work.verbose()) {
            outcomes.stream().flatMap(o -> o.cause().stream()).forEach(e -> e.printStackTrace(console.err()));
        }
        return failed + stopped > 0 ? CommandTree.FAILED : 0;
    }

    private static long count(List<Outcome> outcomes, Outcome.Status status) {
        return outcomes.stream().filter(o -> o.status() == status).count();
    }

    private static Optional<String> axesOfLastImage(Project project) {
        List<Lane> lanes = project.lanes();
        return lanes.isEmpty()
                ? Optional.empty()
                : Optional.of(lanes.get(lanes.size() - 1).axes());
    }
}
