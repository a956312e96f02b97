package org.pixelforest.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.ChannelMatch;
import org.pixelforest.classify.ChannelMismatchException;
import org.pixelforest.classify.LabeledImage;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;
import org.pixelforest.label.Labels;
import org.pixelforest.project.FoundImage;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.ImageSearch;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/** The labelled images of a project, found and open, with the channels of all in the same order. */
public final class TrainingImages implements Closeable {

    private final Project project;
    private final List<LabeledImage> images;
    private final List<Lane> used;
    private final List<String> channelNames;
    private final List<String> notes;

    private TrainingImages(
            Project project,
            List<LabeledImage> images,
            List<Lane> used,
            List<String> channelNames,
            List<String> notes) {
        this.project = project;
        this.images = images;
        this.used = used;
        this.channelNames = channelNames;
        this.notes = notes;
    }

    /**
     * Finds and opens the images that have labels; the others are not looked at.
     *
     * @param file of the project
     * @param skipMissing leave out the labels of images that cannot be found, or are not the ones that were labelled
     * @throws IOException when an image cannot be used; the message names it and says what to do
     */
    public static TrainingImages open(Project project, Path file, boolean skipMissing) throws IOException {
        if (project.lanes().stream().allMatch(lane -> lane.labels().isEmpty())) {
            throw new IOException(file + ": nothing is labelled; paint at least two classes first");
        }
        Path folder = file.toAbsolutePath().getParent();
        List<FoundImage> found = ImageSearch.find(onlyLabelled(project), folder, List.of());
        List<FoundImage> all = new ArrayList<>();
        int next = 0;
        for (Lane lane : project.lanes()) {
            all.add(
                    lane.labels().isEmpty()
                            ? new FoundImage(FoundImage.Outcome.NO_FILE, Optional.empty(), List.of())
                            : found.get(next++));
        }
        Opening opening = new Opening(file, project.additions().channelNames());
        try {
            for (int i = 0; i < all.size(); i++) {
                Lane lane = project.lanes().get(i);
                if (!lane.labels().isEmpty()) {
                    opening.add(i, lane, all.get(i), skipMissing);
                }
            }
            if (opening.images.isEmpty()) {
                throw new IOException(file + ": none of the labelled images was found; nothing can be trained");
            }
            Project relocated = ImageSearch.relocated(project, folder, all);
            return new TrainingImages(
                    relocated.withAdditions(relocated.additions().withChannelNames(opening.names)),
                    opening.images,
                    opening.lanes,
                    opening.names,
                    opening.notes);
        } catch (IOException | RuntimeException e) {
            close(opening.images);
            throw e;
        }
    }

    private static Project onlyLabelled(Project project) {
        return project.withLanes(project.lanes().stream()
                .filter(lane -> !lane.labels().isEmpty())
                .toList());
    }

    /** Images opened so far; the first that carries names decides on the order of channels if the project does not. */
    private static final class Opening {

        private final Path file;
        private final List<LabeledImage> images = new ArrayList<>();
        private final List<Lane> lanes = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private List<String> names;
        private int channels;

        Opening(Path file, List<String> names) {
            this.file = file;
            this.names = names;
            this.channels = names.size();
        }

        void add(int number, Lane lane, FoundImage found, boolean skipMissing) throws IOException {
            Optional<String> reason = unusable(lane, found);
            if (reason.isPresent() && skipMissing) {
                notes.add(lane.nickname() + ": " + reason.get() + "; its labels are left out");
                return;
            }
            if (reason.isPresent()) {
                throw new IOException(file + ": image " + lane.nickname() + ": " + reason.get()
                        + "; put it back, or leave its labels out with --skip-missing");
            }
            if (found.outcome() == FoundImage.Outcome.MOVED) {
                notes.add(lane.nickname() + ": found at " + found.file().orElseThrow());
            }
            String place = found.file().orElse(file)
                    + lane.location().dataSet().map(d -> "/" + d).orElse("");
            ImageSource image = Images.open(
                    place, Optional.of(lane.axes()).filter(a -> lane.shape().isPresent()));
            try {
                String name = images.stream().anyMatch(i -> i.name().equals(lane.nickname()))
                        ? lane.nickname() + " (image " + (number + 1) + ")"
                        : lane.nickname();
                Labels labels = fitting(lane, place, image.shape());
                images.add(new LabeledImage(name, matched(place, image), labels));
                lanes.add(lane);
            } catch (IOException | RuntimeException e) {
                image.close();
                throw e;
            }
        }

        private static Optional<String> unusable(Lane lane, FoundImage found) {
            ImageLocation location = lane.location();
            return switch (found.outcome()) {
                case IN_PLACE, MOVED -> Optional.empty();
                case CHANGED ->
                    Optional.of(location.fileName() + " is no longer the file that was labelled, its content differs");
                case AMBIGUOUS ->
                    Optional.of("several files may be " + location.fileName() + ": " + found.candidates());
                case MISSING -> Optional.of(location.fileName() + " is not there");
                case NO_FILE ->
                    location.kind() == ImageLocation.Kind.EMBEDDED
                            ? Optional.empty()
                            : Optional.of("'" + location.path() + "' is not a file of its own, which is unsupported");
            };
        }

        private ImageSource matched(String place, ImageSource image) throws IOException {
            if (names.isEmpty() && !image.channelNames().isEmpty()) {
                names = image.channelNames();
            }
            if (channels == 0) {
                channels = image.shape().c();
            }
            try {
                return ChannelMatch.of(names, channels, image).apply(image);
            } catch (ChannelMismatchException e) {
                throw new IOException(place + ": " + difference(image, e), e);
            }
        }

        private String difference(ImageSource image, ChannelMismatchException e) {
            if (!e.missing().isEmpty()) {
                return "lacks the channels " + String.join(", ", e.missing())
                        + " of the other labelled images; it has instead " + String.join(", ", e.unused());
            }
            if (image.shape().c() != channels) {
                return "has " + image.shape().c() + " channels, but the other labelled images have " + channels
                        + "; one forest needs the same channels of all";
            }
            return e.getMessage();
        }

        /** The labels on an image of its size. A project that states no size has labels that reach as far as they need. */
        private static Labels fitting(Lane lane, String place, Shape image) throws IOException {
            Labels labels = lane.labels();
            Shape painted = labels.shape();
            Shape wanted = image.withChannels(1);
            if (painted.equals(wanted)) {
                return labels;
            }
            boolean inside = painted.t() <= wanted.t()
                    && painted.z() <= wanted.z()
                    && painted.y() <= wanted.y()
                    && painted.x() <= wanted.x();
            if (lane.shape().isPresent() || !inside) {
                throw new IOException(place + ": has " + Sizes.of(image) + ", but its labels were painted on "
                        + Sizes.of(painted) + "; put back the image that was labelled");
            }
            Labels larger = Labels.empty(wanted);
            for (Region part : labels.occupied()) {
                larger = larger.with(part, labels.read(part));
            }
            return larger;
        }
    }

    /** The project, with images that moved where they are now, and the names of its channels. */
    public Project project() {
        return project;
    }

    /** The project with only the channels that a user names, with commas between. */
    public Project withChannels(Project from, String names) {
        int channels = images.get(0).stack().shape().c();
        return from.withAdditions(
                from.additions().withUnusedChannels(ChannelChoice.unused(names, channelNames, channels)));
    }

    public List<LabeledImage> images() {
        return images;
    }

    /** A name a channel, or empty when neither the project nor an image carries them. */
    public List<String> channelNames() {
        return channelNames;
    }

    /** SHA-256 of the labels that are used, as {@link Project#labelsSha256} has it for all. */
    public String labelsSha256() {
        return project.withLanes(used).labelsSha256();
    }

    /** Sentences for people on what was found elsewhere or left out. */
    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        close(images);
    }

    private static void close(List<LabeledImage> images) throws IOException {
        for (LabeledImage image : images) {
            image.stack().close();
        }
    }
}
