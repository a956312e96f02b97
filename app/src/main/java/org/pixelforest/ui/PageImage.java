package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pixelforest.classify.ChannelMatch;
import org.pixelforest.classify.ChannelMismatchException;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.Lane;

/** An image of the open project: its lane, its open file if it has one, and how its channels stand to the project's. */
final class PageImage implements Closeable {

    private static final Pattern CROP = Pattern.compile("(.*?)(?:_ilastik)?_x(\\d+)_y(\\d+)_w(\\d+)_h(\\d+)(?:-crop)?");
    private static final Pattern DOUBLED = Pattern.compile("(.*?)(?:_ilastik)?(?:_s2|-img)?");

    private final String id;
    private final Lane lane;
    private final Optional<Path> file;
    private final String axes;
    private final ImageSource raw;
    private final ImageSource stack;
    private final Pyramid pyramid;
    private final String channelState;
    private final String note;
    private final Problem error;

    private PageImage(
            Lane lane,
            Optional<Path> file,
            String axes,
            ImageSource raw,
            ImageSource stack,
            Pyramid pyramid,
            String channelState,
            String note,
            Problem error) {
        this.id = id(lane);
        this.lane = lane;
        this.file = file;
        this.axes = axes;
        this.raw = raw;
        this.stack = stack;
        this.pyramid = pyramid;
        this.channelState = channelState;
        this.note = note;
        this.error = error;
    }

    /**
     * Opens the image of a lane. Never fails: what is wrong becomes part of the image.
     *
     * @param project the project file; relative locations start in its folder
     * @param channels names of the project's channels in order; empty when it has none
     * @param channelCount how many channels the project has; 0 when this image is the first
     * @param recent what is kept of the images
     */
    static PageImage open(Lane lane, Path project, List<String> channels, int channelCount, RecentImages recent) {
        ImageLocation location = lane.location();
        Optional<Path> file = file(location, project);
        if (file.isEmpty()) {
            return failed(
                    lane,
                    file,
                    new Problem(
                            404,
                            "Image cannot be shown",
                            "The project names " + location.path() + ", which is not a file of its own.",
                            "Replace it with a file."));
        }
        String place = place(lane, project).orElseThrow();
        ImageSource raw;
        try {
            Optional<String> axes =
                    Optional.of(lane.axes()).filter(a -> lane.shape().isPresent());
            raw = recent.sources().of(() -> Images.open(place, axes));
        } catch (IOException e) {
            boolean gone = !java.nio.file.Files.exists(file.get());
            return failed(
                    lane,
                    file,
                    gone
                            ? new Problem(
                                    404,
                                    "Image is missing",
                                    file.get() + " is not there.",
                                    "Replace with file, or put it back.")
                            : new Problem(
                                    409,
                                    FileFault.title(e, "Image cannot be read"),
                                    FileFault.message(e),
                                    "Replace with file, or remove it."));
        }
        if (!fits(lane, raw.shape())) {
            close(raw);
            Shape painted = lane.labels().shape();
            return failed(
                    lane,
                    file,
                    new Problem(
                            409,
                            "Another image",
                            file.get().getFileName() + " is " + raw.shape().x() + " x "
                                    + raw.shape().y()
                                    + " pixels, but the labels were painted on "
                                    + painted.x() + " x "
                                    + painted.y() + ".",
                            "Replace it with the file that was labelled."));
        }
        Lane sized = lane.shape().isPresent() ? lane : lane.withShape(raw.axes(), raw.shape());
        return matched(sized, file, raw, channels, channelCount, recent.tiles());
    }

    /** Whether labels fit an image; those of a lane that states no size are as large as they need. */
    private static boolean fits(Lane lane, Shape image) {
        Shape labels = lane.labels().shape();
        return lane.labels().isEmpty()
                || (lane.shape().isPresent()
                        ? samePlane(labels, image)
                        : labels.t() <= image.t()
                                && labels.z() <= image.z()
                                && labels.y() <= image.y()
                                && labels.x() <= image.x());
    }

    /** The image of a lane that is not opened, for what is there is not it. */
    static PageImage failed(Lane lane, Path project, Problem problem) {
        return failed(lane, file(lane.location(), project), problem);
    }

    private static Optional<Path> file(ImageLocation location, Path project) {
        return location.kind() == ImageLocation.Kind.EMBEDDED
                ? Optional.of(project)
                : location.file(project.toAbsolutePath().getParent());
    }

    /** The file of a lane's image with the data set in it, as {@link Images#open(String)} takes it. */
    static Optional<String> place(Lane lane, Path project) {
        ImageLocation location = lane.location();
        return file(location, project)
                .map(f -> f + location.dataSet().map(d -> "/" + d).orElse(""));
    }

    private static PageImage matched(
            Lane lane,
            Optional<Path> file,
            ImageSource raw,
            List<String> channels,
            int channelCount,
            RecentTiles tiles) {
        int count = raw.shape().c();
        try {
            ChannelMatch match = ChannelMatch.of(channels, channelCount == 0 ? count : channelCount, raw);
            boolean moved = !match.order()
                    .equals(java.util.stream.IntStream.range(0, count).boxed().toList());
            String state = raw.channelNames().isEmpty() ? "unnamed" : moved ? "reordered" : "same";
            String note = match.order().size() + " of " + count + " channels"
                    + (moved
                            ? ", other order, matched by name"
                            : raw.channelNames().isEmpty() ? ", matched by position" : "");
            ImageSource stack = match.apply(raw);
            return new PageImage(lane, file, raw.axes(), raw, stack, new Pyramid(stack, tiles), state, note, null);
        } catch (ChannelMismatchException e) {
            close(raw);
            Problem problem = new Problem(
                    409,
                    "Panel differs",
                    lane.nickname() + " " + e.getMessage() + ".",
                    "Remove it, or replace it with the right file.");
            return new PageImage(lane, file, raw.axes(), null, null, null, "missing", count + " channels", problem);
        }
    }

    private static PageImage failed(Lane lane, Optional<Path> file, Problem problem) {
        return new PageImage(lane, file, lane.axes(), null, null, null, "error", "", problem);
    }

    private static boolean samePlane(Shape a, Shape b) {
        return a.t() == b.t() && a.z() == b.z() && a.y() == b.y() && a.x() == b.x();
    }

    /** A lane's id where it can stand in an address, else one made of it. */
    static String id(Lane lane) {
        return lane.id().matches("[A-Za-z0-9-]{1,64}")
                ? lane.id()
                : java.util
                        .UUID
                        .nameUUIDFromBytes(lane.id().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString();
    }

    /** The same image in a lane that says in other words where it is. */
    PageImage in(Lane other) {
        return new PageImage(other, file, axes, raw, stack, pyramid, channelState, note, error);
    }

    String id() {
        return id;
    }

    Lane lane() {
        return lane;
    }

    Optional<Path> file() {
        return file;
    }

    Optional<Problem> error() {
        return Optional.ofNullable(error);
    }

    /** The image with the project's channels in the project's order; a problem when it cannot be read. */
    ImageSource stack() {
        if (stack == null) {
            throw error;
        }
        return stack;
    }

    /** The channel names that the file carries, or an empty list. */
    List<String> channelNames() {
        return raw == null ? List.of() : raw.channelNames();
    }

    Pyramid pyramid() {
        stack();
        return pyramid;
    }

    boolean readable() {
        return stack != null;
    }

    /** Size with the project's channels; what the project says where the file cannot be read. */
    Shape shape() {
        return stack != null ? stack.shape() : lane.shape().orElse(new Shape(1, 1, 1, 1, 1));
    }

    /** Name without what the preparation adds to it. */
    String name() {
        Matcher crop = CROP.matcher(lane.nickname());
        if (crop.matches()) {
            return crop.group(1);
        }
        Matcher doubled = DOUBLED.matcher(lane.nickname());
        return doubled.matches() && !doubled.group(1).isEmpty() ? doubled.group(1) : lane.nickname();
    }

    /** The image's record in the protocol. */
    Json json() {
        Matcher crop = CROP.matcher(lane.nickname());
        boolean isCrop = crop.matches();
        Shape shape = shape();
        String fileType = raw == null ? "unknown" : raw.sampleType().name().toLowerCase(java.util.Locale.ROOT);
        String type = fileType.equals("uint8") || fileType.equals("uint16") ? fileType : "float32";
        return new Json(
                id,
                name(),
                lane.nickname(),
                isCrop ? "x " + crop.group(2) + "  y " + crop.group(3) : "",
                file.map(f -> f.getFileName().toString()).orElse(lane.location().path()),
                file.map(Path::toString).orElse(lane.location().path()),
                file.map(f -> f.toAbsolutePath().getParent().getFileName() + "/")
                        .orElse(""),
                lane.location().dataSet().map(d -> "/" + d).orElse(""),
                axes,
                type,
                fileType,
                shape.x(),
                shape.y(),
                shape.z(),
                shape.t(),
                raw == null ? shape.c() : raw.shape().c(),
                isCrop ? List.of(Integer.valueOf(crop.group(2)), Integer.valueOf(crop.group(3))) : List.of(0, 0),
                // A pixel of the instrument is 1 µm; the preparation doubles the image.
                lane.nickname().contains("_ilastik") ? 0.5 : null,
                channelState,
                note,
                error == null ? null : error.answer());
    }

    /** The fields of the protocol's image. */
    record Json(
            String id,
            String name,
            String nickname,
            String detail,
            String file,
            String path,
            String folder,
            String internal,
            String axes,
            String type,
            String fileType,
            int width,
            int height,
            int depth,
            int times,
            int channels,
            List<Integer> origin,
            Double pixelSize,
            String channelState,
            String note,
            Problem.Answer error) {}

    @Override
    public void close() {
        if (raw != null) {
            close(raw);
            pyramid.forget();
        }
    }

    private static void close(ImageSource source) {
        try {
            source.close();
        } catch (IOException nothingToSave) {
            // Only read from.
        }
    }
}
