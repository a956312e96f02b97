package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.project.Project;
import org.pixelforest.training.ProjectTraining;
import org.pixelforest.training.TrainingImages;

/**
 * Training before an export, as ilastik does it with {@code --retrain}, and where a project has labels but no forest.
 *
 * @param asked train though there is a forest
 * @param saved keep the forest in the project, if training was asked for
 * @param trees number of trees, if it is not the usual
 * @param labelShare the share of the labels to train on, above 0 and at most 1
 * @param skipMissing leave out labels of images that are not there
 */
record Retraining(boolean asked, boolean saved, Optional<Integer> trees, double labelShare, boolean skipMissing) {

    /** The project with its new forest, or as it was. */
    Project apply(Project project, Path file, int threads, Console console) throws IOException, RefusedException {
        boolean labelled =
                project.lanes().stream().anyMatch(lane -> !lane.labels().isEmpty());
        if (!asked && (project.classifier().isPresent() || !labelled)) {
            return project;
        }
        ForestOptions usual =
                ForestOptions.ILASTIK.withSeed(project.additions().seed().orElse(ForestOptions.ILASTIK.seed()));
        try (TrainingImages images = TrainingImages.open(project, file, skipMissing)) {
            images.notes().forEach(note -> console.err().println("note: " + note));
            ForestOptions options = trees.isPresent() ? usual.withTrees(trees.get()) : usual;
            ProjectTraining training = new ProjectTraining(images, options, threads, "PixelForest " + Main.version());
            ProjectTraining.Result result =
                    training.train(images.project(), training.gather(images.project()), labelShare, Progress.NONE);
            console.err()
                    .println("note: " + file + ": " + (asked ? "trained anew" : "holds no forest; trained") + " on "
                            + result.set().count() + " labelled pixels, seed " + options.seed()
                            + (asked && saved ? "" : "; the project stays as it is"));
            return asked && saved ? result.project().write(file) : result.project();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file + ": " + e.getMessage(), e);
        }
    }
}
