package org.pixelforest.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/** Writes acquisitions as the IMC Segmentation Pipeline leaves them, and the truth beside. */
final class CohortFiles {

    private CohortFiles() {}

    /** Writes {@code X_ilastik.tiff}, its list of channels, and {@code X_truth.tiff} below {@code folder}; returns the first. */
    static Path write(Tissue tissue, Path folder) throws IOException {
        TissueRecipe recipe = tissue.recipe();
        Path ilastik = folder.resolve("analysis").resolve("ilastik");
        Path raw = ilastik.resolve(recipe.name() + "_ilastik.tiff");
        Shape shape = Shape.of(Marker.values().length, recipe.height(), recipe.width());
        write(raw, ImageFormat.IMAGEJ_TIFF, shape, SampleType.UINT16, Acquisition.counts(tissue));
        String metals = Arrays.stream(Marker.values()).map(m -> m.metal).collect(Collectors.joining("\n"));
        Files.write(ilastik.resolve(recipe.name() + "_ilastik.csv"), metals.getBytes(StandardCharsets.UTF_8));

        byte[] truth = tissue.truth();
        float[] classes = new float[truth.length];
        for (int i = 0; i < truth.length; i++) {
            classes[i] = truth[i];
        }
        Path truthFile = folder.resolve("truth").resolve(recipe.name() + "_truth.tiff");
        Shape doubled = Shape.of(1, 2 * recipe.height(), 2 * recipe.width());
        write(truthFile, ImageFormat.TIFF, doubled, SampleType.UINT8, classes);
        return raw;
    }

    private static void write(Path file, ImageFormat format, Shape shape, SampleType type, float[] samples)
            throws IOException {
        try (ImageSink sink = Images.create(file, format, shape, type, "cyx", ImageMetadata.NONE)) {
            sink.write(new Block(shape.whole(0), shape.c(), samples));
            sink.commit();
        }
    }
}
