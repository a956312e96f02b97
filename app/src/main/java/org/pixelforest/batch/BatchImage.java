package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;

/**
 * An image of a batch.
 *
 * @param place what its output is called after; need not exist
 * @param file the file that is really read
 * @param opener opens it
 * @param mask an image of one channel and the same size: where it is 0, all probabilities are 0
 * @param maskAxes axes of the mask, where its file does not state the right ones
 */
public record BatchImage(
        DatasetPlace place, Path file, Opener opener, Optional<DatasetPlace> mask, Optional<String> maskAxes) {

    /** An image without a mask. */
    public BatchImage(DatasetPlace place, Path file, Opener opener) {
        this(place, file, opener, Optional.empty(), Optional.empty());
    }

    /** This image with a mask. */
    public BatchImage withMask(DatasetPlace newMask, Optional<String> axes) {
        return new BatchImage(place, file, opener, Optional.of(newMask), axes);
    }

    /** Opens an image; {@code axes} are given where those that the file states are not right. */
    @FunctionalInterface
    public interface Opener {
        ImageSource open(Optional<String> axes) throws IOException;
    }

    /** An image that is read as it stands. */
    public static BatchImage of(DatasetPlace place) {
        String name = place.file() + place.dataset().map(d -> "/" + d).orElse("");
        return new BatchImage(place, place.file(), axes -> Images.open(name, axes));
    }

    /** The image as the user named it. */
    public String name() {
        return file.equals(place.file())
                ? file + place.dataset().map(d -> "/" + d).orElse("")
                : file.toString();
    }
}
