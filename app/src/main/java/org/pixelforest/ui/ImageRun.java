package org.pixelforest.ui;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.pixelforest.batch.Batch;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.BatchListener;
import org.pixelforest.batch.BatchPlan;
import org.pixelforest.batch.BatchSettings;
import org.pixelforest.batch.ClassifyBatch;
import org.pixelforest.batch.LabelSource;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.OutputCard;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.batch.ReservedFiles;
import org.pixelforest.batch.ResultSource;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.project.Project;

/**
 * Writes results of images, one after the other, each with all threads, by the same engine as the command line. From the first to
 * the last with the classifier, labels and settings of the moment at which it was made. May be stopped from elsewhere.
 */
final class ImageRun {

    private static final FeatureSelection NO_FEATURES = new FeatureSelection(
            List.of(Filter.values()), List.of(), Collections.nCopies(Filter.values().length, List.of()));

    private final Roots roots;
    private final ResultSource from;
    private final ExportSettings settings;
    private final String card;
    private final String made;
    private final ReservedFiles reserved;
    private final BatchSettings how;
    private volatile Batch running;
    private volatile boolean stopped;

    /**
     * Writes into the named folders and beside an image alone.
     *
     * @param project as it is now
     * @param keep leave an output alone that would come out the same
     * @param reserved files that no output may replace
     */
    ImageRun(
            Roots roots,
            ResultSource from,
            ExportSettings settings,
            Project project,
            boolean keep,
            ReservedFiles reserved) {
        this.roots = roots;
        this.from = from;
        this.settings = settings;
        this.reserved = reserved;
        card = OutputCard.of(project);
        made = made(from, settings, project);
        how = new BatchSettings(
                settings,
                ExportSettings.IMC,
                Optional.empty(),
                Optional.empty(),
                from.classifier()
                        .map(PixelClassifier::channelNames)
                        .orElse(project.additions().channelNames()),
                keep,
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * What results of a project are made of.
     *
     * @throws Problem 409 when the settings ask for predictions and nothing was trained
     */
    static ResultSource source(
            Project project, int channels, Optional<PixelClassifier> classifier, Export what, LabelSource labels) {
        if (classifier.isPresent() && what != Export.LABELS) {
            return ResultSource.of(classifier.get(), labels);
        }
        Optional<FeatureSelection> features = what == Export.LABELS ? Optional.of(NO_FEATURES) : project.features();
        if (what != Export.LABELS && what != Export.FEATURES || features.isEmpty() || channels == 0) {
            throw Problem.conflict(
                    "Nothing is trained",
                    "There is no classifier, so there is nothing to write.",
                    "Paint two classes and switch Live Update on.");
        }
        return ResultSource.untrained(project.classes(), features.get(), channels, labels);
    }

    /** A short text that differs when this would write something else than another run. */
    String made() {
        return made;
    }

    private static String made(ResultSource from, ExportSettings settings, Project project) {
        boolean painted = what(settings) == Export.LABELS;
        String all = (painted ? project.labelsSha256() : from.forest())
                + from.features()
                + Server.JSON.toJson(ExportJson.write(settings));
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static Export what(ExportSettings settings) {
        return settings.source().orElse(Export.PROBABILITIES);
    }

    /** Notes that this output of an image is there: only the image itself may write it again. */
    void reserve(Path output, BatchImage image) {
        reserved.take(output, image, "the output of " + image.name());
    }

    /** From now on no output replaces this file. */
    void reserve(Path file, String what) {
        reserved.add(file, what);
    }

    /**
     * Looks at an image: the one image to write, or the one outcome of which none will come.
     *
     * @throws Problem 403 when its output would lie elsewhere than it may
     */
    BatchPlan plan(BatchImage image) {
        BatchPlan plan = BatchPlan.ofImages(List.of(image), from, ExportSettings.NONE, Optional.empty(), how, reserved);
        plan.images().forEach(planned -> requireAllowed(planned.output(), image.file()));
        return plan;
    }

    /**
     * Writes a result.
     *
     * @param progress told how many more pixels are done
     */
    Outcome write(PlannedImage image, LongConsumer progress) {
        BatchPlan plan = new BatchPlan(List.of(image), List.of());
        Batch batch = new ClassifyBatch(from, card).batch(plan, how.threads(), new BatchListener() {
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
}
