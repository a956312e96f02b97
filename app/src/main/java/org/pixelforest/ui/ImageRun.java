package org.pixelforest.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.pixelforest.batch.Batch;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.BatchListener;
import org.pixelforest.batch.BatchPlan;
import org.pixelforest.batch.BatchSettings;
import org.pixelforest.batch.ClassifyBatch;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.OutputCard;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Project;

/** Writes the result of one image with all threads, by the same engine as the command line. May be stopped from elsewhere. */
final class ImageRun {

    private final Roots roots;
    private volatile Batch running;
    private volatile boolean stopped;

    /** Writes into the named folders and beside the image alone. */
    ImageRun(Roots roots) {
        this.roots = roots;
    }

    /**
     * Classifies an image and writes what the settings say.
     *
     * @param project as it is now; its labels are those that an export of labels writes
     * @param projectFile where its relative paths start
     * @param resume leave an output alone that this classifier wrote
     * @param progress told how many more pixels are done
     */
    Outcome run(
            BatchImage image,
            PixelClassifier classifier,
            ExportSettings settings,
            Project project,
            Path projectFile,
            boolean resume,
            LongConsumer progress) {
        int threads = Runtime.getRuntime().availableProcessors();
        BatchSettings how = new BatchSettings(
                settings,
                ExportSettings.IMC,
                Optional.empty(),
                Optional.empty(),
                classifier.channelNames(),
                resume,
                threads);
        BatchPlan plan = BatchPlan.ofImages(List.of(image), classifier, ExportSettings.NONE, projectFile, how);
        plan.images().forEach(planned -> requireAllowed(planned.output(), image.file()));
        ClassifyBatch.LabelSource labels = file -> labels(project, projectFile, file);
        Batch batch = new ClassifyBatch(classifier, labels, OutputCard.of(project))
                .batch(plan, threads, new BatchListener() {
                    @Override
                    public void started(PlannedImage started) {
                        // There is only one.
                    }

                    @Override
                    public void advanced(long pixels) {
                        progress.accept(pixels);
                    }

                    @Override
                    public void finished(Outcome outcome) {
                        // Returned below.
                    }
                });
        running = batch;
        if (stopped) {
            batch.cancel();
        }
        try {
            return batch.run().get(0);
        } finally {
            running = null;
        }
    }

    private void requireAllowed(Path output, Path image) {
        Path beside = image.toAbsolutePath().normalize().getParent();
        Path folder = output.toAbsolutePath().normalize().getParent();
        if (!folder.equals(beside) && !roots.allowsNew(output)) {
            throw new Problem(
                    403,
                    "Outside the open folders",
                    output + " is not in a folder that was named when the program was started.",
                    "Choose another output file, or start the program with that folder.");
        }
    }

    /** Ends the run at the next tile; what is half-written goes. */
    void stop() {
        stopped = true;
        Batch batch = running;
        if (batch != null) {
            batch.cancel();
        }
    }

    boolean stopped() {
        return stopped;
    }

    private static Optional<Labels> labels(Project project, Path projectFile, Path file) {
        Path folder = projectFile.toAbsolutePath().getParent();
        return project.lanes().stream()
                .filter(lane -> lane.location()
                        .file(folder)
                        .filter(f -> f.toAbsolutePath()
                                .normalize()
                                .equals(file.toAbsolutePath().normalize()))
                        .isPresent())
                .map(lane -> lane.labels())
                .findFirst();
    }
}
