package org.pixelforest.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.ChannelMatch;
import org.pixelforest.export.ExportPlan;
import org.pixelforest.image.Shape;

/**
 * An image that was looked at and will be classified.
 *
 * @param image where it is
 * @param axes axes to open it with, where its own are not right
 * @param shape its size
 * @param match which of its channels the classifier gets
 * @param export how its result is written
 * @param output the file to write
 * @param mark what {@link UpToDate} remembers of the output
 * @param notes things the user should know about it
 */
public record PlannedImage(
        BatchImage image,
        Optional<String> axes,
        Shape shape,
        ChannelMatch match,
        ExportPlan export,
        Path output,
        String mark,
        List<String> notes) {

    /** The image as the user named it. */
    public String name() {
        return image.name();
    }
}
