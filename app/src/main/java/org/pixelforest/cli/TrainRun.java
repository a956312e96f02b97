package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.QualityReport;
import org.pixelforest.classify.QualityReport.Question;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.forest.Progress;
import org.pixelforest.io.TextFile;
import org.pixelforest.project.Project;
import org.pixelforest.training.ClassifierCost;
import org.pixelforest.training.FeaturePruning;
import org.pixelforest.training.ProjectTraining;
import org.pixelforest.training.TrainingImages;
import org.pixelforest.training.TrainingReports;

/** Trains a project, saves it, and tells the user about it. */
final class TrainRun {

    private final Console console;
    private final WorkOptions work;
    private final TrainingOptions options;
    private final Path target;
    private final StepProgress progress;
    private Optional<Double> margin = Optional.empty();
    private boolean judged;
    private boolean withCurve;

    TrainRun(Console console, WorkOptions work, TrainingOptions options, Path target) {
        this.console = console;
        this.work = work;
        this.options = options;
        this.target = target;
        this.progress = new StepProgress(console);
    }

    /** Leave out features and channels while the quality stays within the margin. */
    void suggest(double newMargin) {
        margin = Optional.of(newMargin);
    }

    /** Judge the training, with the learning curve or without. */
    void judge(boolean curve) {
        judged = true;
        withCurve = curve;
    }

    /**
     * @param file that relative paths of the project start from the folder of
     * @param channels to use, as the user named them
     * @return the exit status
     */
    int run(Project start, Path file, Optional<String> channels) throws IOException, RefusedException {
        boolean saved = false;
        long begun = System.nanoTime();
        int threads = work.threads();
        String program = "PixelForest " + Main.version();
        try (TrainingImages images = TrainingImages.open(start, file, options.skipMissing())) {
            images.notes().forEach(note -> console.err().println("note: " + note));
            Project project = images.project();
            if (channels.isPresent()) {
                project = images.withChannels(project, channels.get());
            }
            ProjectTraining training = new ProjectTraining(images, options.forest(start), threads, program);
            TrainingSet set = training.gather(project);
            Optional<PixelClassifier> full = Optional.empty();
            List<String> notes = new ArrayList<>();
            if (margin.isPresent()) {
                full = Optional.of(
                        training.train(project, set, 1, Progress.NONE).classifier());
                FeaturePruning pruning =
                        training.prune(project, set, margin.get(), progress.of("looking for features to leave out"));
                progress.clear();
                pruning.summary(project).forEach(console.out()::println);
                project = pruning.applied(
                        project, set.images().get(0).stack().shape().c());
                set = training.gather(project);
                notes.add(
                        "features and channels were chosen by the same figures on the same labels, which flatters them a little");
            }
            ProjectTraining.Result result = training.train(project, set, 1, progress.of("training"));
            result.project().write(target);
            saved = true;
            Optional<QualityReport> quality = judged
                    ? Optional.of(QualityReport.of(
                            set,
                            result.options(),
                            result.trained().report(),
                            withCurve ? EnumSet.allOf(Question.class) : EnumSet.of(Question.STROKES, Question.IMAGES),
                            threads,
                            progress.of("judging")))
                    : Optional.empty();
            progress.clear();
            if (full.isPresent()) {
                List<ClassifierCost> costs = ClassifierCost.of(
                        List.of(full.get(), result.classifier()),
                        images.images().get(0));
                ClassifierCost.saving(costs.get(0), costs.get(1)).forEach(console.out()::println);
            }
            TrainingReports reports = new TrainingReports(result, quality, program, target.toString(), notes);
            reports.lines().forEach(console.out()::println);
            double seconds = (System.nanoTime() - begun) / 1e9;
            console.err().println("written to " + target + " in " + ProgressLine.seconds(seconds));
            if (work.report().isPresent()) {
                Path report = work.report().get();
                boolean page = report.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?");
                TextFile.write(report, page ? reports.html() : reports.json(seconds));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            // What training refuses does not know whose labels they are; a project that is being made has no file yet.
            throw new RefusedException((start.file().isPresent() ? file + ": " : "") + e.getMessage(), e);
        } catch (CancellationException e) {
            throw new RefusedException(
                    saved
                            ? "interrupted; " + target + " is trained and saved, but was not judged"
                            : "interrupted; nothing was changed",
                    e);
        } finally {
            progress.clear();
        }
    }
}
