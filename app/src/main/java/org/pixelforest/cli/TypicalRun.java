package org.pixelforest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.Samples;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetLayout;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * Does in small what users do, so that the launcher can put the classes of such a run into an archive that later starts load at
 * once.
 */
final class TypicalRun {

    private static final Shape SHAPE = Shape.of(4, 200, 300);

    private TypicalRun() {}

    static int run() {
        Console silent = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), 0);
        try {
            Path folder = Files.createTempDirectory("pixelforest");
            try {
                Path image = image(folder);
                Path project = project(folder, image);
                CommandTree.run(silent, "describe", project.toString());
                return CommandTree.run(silent, "classify", "--project", project.toString(), folder.toString());
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            return CommandTree.FAILED;
        }
    }

    private static Path image(Path folder) throws IOException {
        Random random = new Random(1);
        float[] samples = new float[(int) SHAPE.samples()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(1000);
        }
        Path file = folder.resolve("image_s2.h5");
        try (ImageSink sink = Images.createDataset(
                file,
                DatasetLayout.prepared("image_s2"),
                SHAPE,
                SampleType.UINT16,
                "zyxc",
                ImageMetadata.ofChannels(List.of("mean", "a", "b", "c")))) {
            sink.write(new Block(SHAPE.whole(0), SHAPE.c(), samples));
            sink.commit();
        }
        return file;
    }

    private static Path project(Path folder, Path image) throws IOException {
        FeatureSelection features = FeatureSelection.from(1);
        Random random = new Random(2);
        float[][] columns = new float[features.count(SHAPE)][600];
        int[] classes = new int[600];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = 1 + i % 3;
            for (float[] column : columns) {
                column[i] = 10 * classes[i] + 20 * random.nextFloat();
            }
        }
        RandomForest forest =
                RandomForest.train(Samples.of(columns, classes), ForestOptions.ILASTIK.withTrees(20), Progress.NONE);
        Lane lane = Lane.of("image", ImageLocation.of(image, Optional.empty(), folder), "zyxc", SHAPE, "image");
        Path file = folder.resolve("project.ilp");
        Project.create()
                .withFeatures(features)
                .withLanes(List.of(lane))
                .withForest(forest)
                .write(file);
        return file;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
