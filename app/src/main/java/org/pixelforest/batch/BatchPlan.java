package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.ChannelMatch;
import org.pixelforest.classify.ChannelMismatchException;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportPlan;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.OutputName;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.label.Labels;

/**
 * Looks at every image before any pixel is computed: which can be classified, and which not.
 *
 * @param images to classify
 * @param settled images that are done with: they cannot be classified, or their output is up to date
 */
public record BatchPlan(List<PlannedImage> images, List<Outcome> settled) {

    public BatchPlan {
        images = List.copyOf(images);
        settled = List.copyOf(settled);
    }

    /** As {@link #ofImages}, for images that are read as they stand. */
    public static BatchPlan of(
            List<DatasetPlace> places,
            PixelClassifier classifier,
            ExportSettings stored,
            Path project,
            BatchSettings settings) {
        List<BatchImage> images = places.stream().map(BatchImage::of).toList();
        ResultSource source = ResultSource.of(classifier, image -> Optional.empty());
        return ofImages(images, source, stored, Optional.of(project), settings, new ReservedFiles());
    }

    /**
     * Opens every image for a moment.
     *
     * @param stored export settings of the project
     * @param project the project's file, which a result must be newer than where nothing tells what made it; without one, such a
     *     result is not up to date
     * @param reserved files that must stay; images and outputs of this plan are added
     */
    public static BatchPlan ofImages(
            List<BatchImage> named,
            ResultSource source,
            ExportSettings stored,
            Optional<Path> project,
            BatchSettings settings,
            ReservedFiles reserved) {
        Planner planner = new Planner(source, stored, settings);
        List<PlannedImage> images = new ArrayList<>();
        List<Outcome> settled = new ArrayList<>();
        for (BatchImage image : named) {
            reserved.add(image.file(), "an image of this run");
        }
        for (BatchImage candidate : named) {
            try {
                PlannedImage image = planner.plan(candidate);
                Optional<String> other = reserved.take(image.output(), candidate, "the output of " + image.name());
                if (other.isPresent()) {
                    throw new IOException(
                            image.name() + ": its output " + image.output() + " would overwrite " + other.get()
                                    + "; use --output_filename_format with {nickname} and an extension at its end");
                }
                if (settings.resume() && UpToDate.is(image.output(), image.mark(), candidate.file(), project)) {
                    settled.add(outcome(
                            candidate, Optional.of(image.output()), Outcome.Status.KEPT, "is up to date", null));
                } else {
                    images.add(image);
                }
            } catch (IOException | RuntimeException e) {
                settled.add(outcome(candidate, Optional.empty(), Outcome.Status.FAILED, message(candidate, e), e));
            }
        }
        return new BatchPlan(images, settled);
    }

    /** All pixels of the images to classify. */
    public long pixels() {
        return images.stream().mapToLong(i -> i.shape().pixels()).sum();
    }

    private static Outcome outcome(
            BatchImage image, Optional<Path> output, Outcome.Status status, String message, Throwable cause) {
        return new Outcome(image.name(), output, status, 0, 0, message, Optional.ofNullable(cause), List.of());
    }

    /** One line that names the image. */
    static String message(BatchImage image, Throwable problem) {
        String file = image.file().toString();
        String text = Problem.message(problem);
        return text.contains(file) ? text : image.name() + ": " + text;
    }

    /** Knows what does not change from image to image. */
    private record Planner(ResultSource from, ExportSettings stored, BatchSettings settings) {

        PlannedImage plan(BatchImage image) throws IOException {
            Optional<String> axes = settings.axes();
            try {
                return plan(image, axes);
            } catch (ChannelMismatchException | UnsupportedFileException e) {
                // The file's own axes do not lead to the project's channels; the project's axes may.
                if (axes.isPresent() || settings.axesOfProject().isEmpty()) {
                    throw e;
                }
                try {
                    return plan(image, settings.axesOfProject());
                } catch (IOException | RuntimeException second) {
                    throw e;
                }
            }
        }

        private PlannedImage plan(BatchImage image, Optional<String> axes) throws IOException {
            try (ImageSource source = image.opener().open(axes)) {
                ChannelMatch match = ChannelMatch.of(settings.names(), from.channels(), source);
                Shape shape = source.shape().withChannels(from.channels());
                Export what = ExportPlan.source(settings.commandLine(), stored, settings.contract());
                if (what != Export.LABELS) {
                    from.check(shape);
                }
                int channels =
                        switch (what) {
                            case PROBABILITIES -> from.classes().size();
                            case FEATURES -> from.features().count(shape);
                            case SIMPLE_SEGMENTATION, UNCERTAINTY, LABELS -> 1;
                        };
                ExportPlan export = ExportPlan.of(
                        settings.commandLine(),
                        stored,
                        settings.contract(),
                        shape.withChannels(channels),
                        source.axes());
                Path output =
                        new OutputName(image.place().file(), image.place().dataset()).of(export.fileName(), export);
                String mark = UpToDate.mark(
                        made(what, image),
                        from.features(),
                        from.classes(),
                        match,
                        axes,
                        export,
                        image.file().getFileName(),
                        image.place().dataset(),
                        image.mask(),
                        image.maskAxes(),
                        image.mask().isPresent()
                                ? Files.getLastModifiedTime(image.mask().get().file())
                                : "",
                        Files.size(image.file()),
                        Files.getLastModifiedTime(image.file()));
                return new PlannedImage(image, axes, shape, match, export, output, mark, List.of());
            }
        }

        /** A hash of what the pixels of a result are made by. */
        private String made(Export what, BatchImage image) {
            return switch (what) {
                case LABELS -> from.labels().labels(image).map(Labels::sha256).orElse("");
                case FEATURES -> "";
                case PROBABILITIES, SIMPLE_SEGMENTATION, UNCERTAINTY -> from.forest();
            };
        }
    }
}
