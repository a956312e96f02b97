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
            throw Problem.conflict("Axes do not fit", FileFault.message(e), "Choose other axes.");
        }
        requireFit(project, lane, shape, "with the axes " + named + " it would be another size");
        return lane.withAxes(named, shape);
    }

    /**
     * Nothing painted is lost by another size.
     *
     * @param why the size is another
     * @throws Problem 409 when the image of the lane was painted on
     */
    static void requireFit(OpenProject project, Lane lane, Shape shape, String why) {
        Shape painted = project.state().content().labels(PageImage.id(lane)).shape();
        if (!shape.withChannels(1).equals(painted) && touched(project, PageImage.id(lane))) {
            throw Problem.conflict(
                    "Labels would not fit",
                    lane.nickname() + " was painted on; " + why + ", " + size(shape) + " instead of " + size(painted)
                            + ".",
                    "Remove the image from the project and add it again, or leave it as it is.");
        }
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
