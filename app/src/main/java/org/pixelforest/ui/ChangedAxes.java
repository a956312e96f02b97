package org.pixelforest.ui;

import java.io.IOException;
import java.util.Locale;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;
import org.pixelforest.label.UndoHistory;
import org.pixelforest.project.Lane;

/** Other axes for the array of an image, where its file says nothing or something wrong. Nothing painted is ever lost for it. */
final class ChangedAxes {

    private ChangedAxes() {}

    /**
     * The lane with its file read along other axes.
     *
     * @param axes of the stored array, slowest first, e.g. {@code "yxc"}
     * @throws Problem 409 when the array cannot have these axes, or when labels would no longer fit the image
     */
    static Lane of(OpenProject project, Lane lane, String place, String axes) {
        String named = axes.strip().toLowerCase(Locale.ROOT);
        Shape shape;
        try (ImageSource source = Images.open(place, java.util.Optional.of(named))) {
            shape = source.shape();
        } catch (IOException e) {
            throw Problem.conflict("Axes do not fit", String.valueOf(e.getMessage()), "Choose other axes.");
        }
        boolean sameSize = shape.withChannels(1).equals(lane.labels().shape());
        if (!sameSize && touched(project, PageImage.id(lane))) {
            throw Problem.conflict(
                    "Labels would not fit",
                    lane.nickname() + " was painted on; with the axes " + named + " it would be another size, "
                            + size(shape) + " instead of " + size(lane.labels().shape()) + ".",
                    "Remove the image from the project and add it again, or leave its axes as they are.");
        }
        return lane.withAxes(named, shape);
    }

    /** Whether labels are there, or come back by undo or redo. */
    private static boolean touched(OpenProject project, String image) {
        UndoHistory<Step> history = project.state().history();
        boolean touched = !project.state().content().labels(image).isEmpty();
        for (UndoHistory<Step> h = history; !touched && h.toUndo().isPresent(); h = h.undone()) {
            touched = h.toUndo().get().changes().containsKey(image);
        }
        for (UndoHistory<Step> h = history; !touched && h.toRedo().isPresent(); h = h.redone()) {
            touched = h.toRedo().get().changes().containsKey(image);
        }
        return touched;
    }

    private static String size(Shape shape) {
        return shape.x() + " x " + shape.y() + (shape.z() > 1 ? " x " + shape.z() : "")
                + (shape.t() > 1 ? ", " + shape.t() + " times" : "");
    }
}
