package org.pixelforest.project;

import java.util.Optional;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/**
 * One image of a project with its labels.
 *
 * @param nickname the name that outputs are called by
 * @param location where the image is
 * @param mask where the image of its prediction mask is
 * @param axes axes of the image's file, slowest first, e.g. {@code "zyxc"}
 * @param shape size of the image, if the project states it
 * @param labels the painted pixels; on an image of {@code shape}, or, if the project states none, as large as they need
 * @param id a text that tells this lane from others, for ever
 * @param fingerprint content of the image's file when the project was last saved by this program
 * @param stored where the lane stands in the file that the project was read from
 */
public record Lane(
        String nickname,
        ImageLocation location,
        ImageLocation mask,
        String axes,
        Optional<Shape> shape,
        Labels labels,
        String id,
        Optional<Fingerprint> fingerprint,
        Optional<Stored> stored) {

    /**
     * Names of the groups of a lane in a file.
     *
     * @param info below {@code Input Data/infos}, e.g. {@code "lane0000"}
     * @param labels below {@code PixelClassification/LabelSets}, e.g. {@code "labels000"}
     */
    public record Stored(String info, String labels) {}

    public Lane {
        if (!AxisTags.sound(axes)) {
            throw new IllegalArgumentException(
                    "axes must be letters of tzyxc, each at most once, y and x among them (got: " + axes + ")");
        }
        if (shape.isPresent() && !labels.shape().equals(shape.get().withChannels(1))) {
            throw new IllegalArgumentException(
                    "labels of an image of " + labels.shape() + " do not fit one of " + shape.get());
        }
    }

    /** A new lane without labels. */
    public static Lane of(String nickname, ImageLocation location, String axes, Shape shape, String id) {
        return new Lane(
                nickname,
                location,
                ImageLocation.NOWHERE,
                axes,
                Optional.of(shape),
                Labels.empty(shape),
                id,
                Optional.empty(),
                Optional.empty());
    }

    public Lane withLabels(Labels newLabels) {
        return new Lane(nickname, location, mask, axes, shape, newLabels, id, fingerprint, stored);
    }

    /** This lane with its image elsewhere; what stands there counts as its content from now on. */
    public Lane withLocation(ImageLocation newLocation) {
        return new Lane(nickname, newLocation, mask, axes, shape, labels, id, Optional.empty(), stored);
    }

    /**
     * This lane with its file read along other axes.
     *
     * @throws IllegalArgumentException when there are labels and the image gets another size
     */
    public Lane withAxes(String newAxes, Shape newShape) {
        // NB: stored nowhere yet, for what is kept of a stored lane is not written again.
        return new Lane(
                nickname,
                location,
                mask,
                newAxes,
                Optional.of(newShape),
                labels.isEmpty() ? Labels.empty(newShape.withChannels(1)) : labels,
                id,
                fingerprint,
                Optional.empty());
    }

    /** This lane under another id; what was known of the content of the file may be that of another lane. */
    public Lane withId(String newId) {
        // NB: stored nowhere yet, for what is kept of a stored lane is not written again.
        return new Lane(nickname, location, mask, axes, shape, labels, newId, Optional.empty(), Optional.empty());
    }

    /**
     * This lane with the size of its image, which the project did not state.
     *
     * @throws IllegalArgumentException when there are labels outside
     */
    public Lane withShape(String itsAxes, Shape itsShape) {
        return new Lane(
                nickname,
                location,
                mask,
                itsAxes,
                Optional.of(itsShape),
                labels.resized(itsShape),
                id,
                fingerprint,
                Optional.empty());
    }

    /** The same image under another path. */
    Lane withPath(ImageLocation newPath, ImageLocation newMask) {
        return new Lane(nickname, newPath, newMask, axes, shape, labels, id, fingerprint, stored);
    }

    public Lane withNickname(String newNickname) {
        return new Lane(newNickname, location, mask, axes, shape, labels, id, fingerprint, stored);
    }

    /** The mask of this lane's image as an image of its own. */
    Lane asMask() {
        return new Lane(nickname, mask, ImageLocation.NOWHERE, axes, shape, labels, id + "-mask", fingerprint, stored);
    }

    Lane withFingerprint(Optional<Fingerprint> newFingerprint) {
        return new Lane(nickname, location, mask, axes, shape, labels, id, newFingerprint, stored);
    }

    Lane withStored(Stored newStored) {
        return new Lane(nickname, location, mask, axes, shape, labels, id, fingerprint, Optional.of(newStored));
    }
}
