package org.pixelforest.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/**
 * A small image of two textures, bright on the left in the first channel, the same everywhere in the second, with three strokes on
 * either side.
 */
final class Textures {

    static final Shape SHAPE = Shape.of(2, 48, 64);

    private static final String FEATURES = "GaussianSmoothing:1,1.6;LaplacianOfGaussian:1";

    private Textures() {}

    static Path image(Path folder) throws Exception {
        Block pixels = Block.zeros(SHAPE.whole(0), 2);
        for (int y = 0; y < SHAPE.y(); y++) {
            for (int x = 0; x < SHAPE.x(); x++) {
                pixels.samples()[pixels.index(0, 0, y, x)] = (x < 32 ? 100 : 20) + (x * 7 + y * 13) % 11;
                pixels.samples()[pixels.index(1, 0, y, x)] = (x * 5 + y * 3) % 17;
            }
        }
        Path image = folder.resolve("a.h5");
        write(image, ImageFormat.HDF5, SHAPE, SampleType.FLOAT32, "cyx", pixels);
        return image;
    }

    static Path labels(Path folder) throws Exception {
        Block painted = Block.zeros(SHAPE.whole(0), 1);
        for (int y = 0; y < SHAPE.y(); y++) {
            for (int x = 0; x < SHAPE.x(); x++) {
                boolean stroke = y % 16 == 4 && (x > 4 && x < 20 || x > 40 && x < 60);
                painted.samples()[painted.index(0, 0, y, x)] = !stroke ? 0 : x < 32 ? 1 : 2;
            }
        }
        Path labels = folder.resolve("a_labels.png");
        write(labels, ImageFormat.PNG, SHAPE.withChannels(1), SampleType.UINT8, "yxc", painted);
        return labels;
    }

    static void write(Path file, ImageFormat format, Shape shape, SampleType type, String axes, Block block)
            throws Exception {
        try (ImageSink sink = Images.create(file, format, shape, type, axes, ImageMetadata.NONE)) {
            sink.write(block);
            sink.commit();
        }
    }

    /** Makes a project; 20 trees, few features and two classes where {@code more} does not say otherwise. */
    static CommandLineRun train(Path image, Path labels, Path out, Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--images", image, "--labels", labels, "--out", out));
        List<Object> asked = List.of(more);
        if (!asked.contains("--trees")) {
            all.addAll(List.of("--trees", 20));
        }
        if (!asked.contains("--report")) {
            all.add("--no-quality");
        }
        if (!asked.contains("--classes")) {
            all.addAll(List.of("--classes", "left=#ff0000,right=#0000ff"));
        }
        if (!asked.contains("--features")) {
            all.addAll(List.of("--features", FEATURES));
        }
        all.addAll(asked);
        return CommandLineRun.of(all.toArray());
    }
}
