package org.pixelforest.training;

import java.io.IOException;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;
import org.pixelforest.label.Labels;

/** An image whose samples are class numbers, 0 where nothing is labelled; in a PNG with a palette the numbers of its entries. */
public final class LabelImage {

    private static final int STRIP = 256;

    private LabelImage() {}

    /**
     * Reads the labels; holds {@value #STRIP} rows of a plane at a time besides them.
     *
     * @param image size of the image that they are for
     * @param imageName for messages
     */
    public static Labels read(DatasetPlace place, Shape image, String imageName) throws IOException {
        String name = place.file() + place.dataset().map(d -> "/" + d).orElse("");
        try (ImageSource source = Images.openNumbers(name)) {
            if (source.shape().c() != 1) {
                throw new IOException(name + ": has " + source.shape().c()
                        + " channels; a label image has one, of class numbers (0 = unlabelled), not of colours");
            }
            if (!source.shape().equals(image.withChannels(1))) {
                throw new IOException(name + ": has " + Sizes.of(source.shape()) + ", but its image " + imageName
                        + " has " + Sizes.of(image) + "; a label image has the size of its image");
            }
            Labels labels = Labels.empty(image);
            for (int t = 0; t < image.t(); t++) {
                for (int z = 0; z < image.z(); z++) {
                    for (int y = 0; y < image.y(); y += STRIP) {
                        int end = Math.min(image.y(), y + STRIP);
                        Region strip = new Region(t, z, y, 0, z + 1, end, image.x());
                        labels = labels.with(
                                strip, classes(name, source.read(strip).samples(), strip));
                    }
                }
            }
            return labels;
        }
    }

    private static byte[] classes(String name, float[] samples, Region strip) throws IOException {
        byte[] classes = new byte[Math.toIntExact(strip.pixels())];
        for (int i = 0; i < classes.length; i++) {
            float value = samples[i];
            if (!(value >= 0 && value <= Labels.MAX_CLASSES && value == Math.rint(value))) {
                throw new IOException(
                        name + ": holds " + (value == Math.rint(value) ? Long.toString((long) value) : value)
                                + " at x " + i % strip.width() + ", y " + (strip.minY() + i / strip.width())
                                + "; labels are class numbers 1 to " + Labels.MAX_CLASSES
                                + ", and 0 where nothing is labelled");
            }
            classes[i] = (byte) value;
        }
        return classes;
    }
}
