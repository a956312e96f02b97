package org.pixelforest.ui;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/** Small images of noise, and a page on which three classes were painted on them and trained. */
final class Painted {

    private static final int SIZE = 64;

    private Painted() {}

    /** Images {@code 0.npy}, {@code 1.npy}, ... of one channel. */
    static List<Path> images(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(image(folder.resolve(i + ".npy"), SIZE, i));
        }
        return files;
    }

    static Path image(Path file, int size, int seed) throws IOException {
        Shape shape = Shape.of(1, size, size);
        Random random = new Random(seed);
        try (ImageSink sink =
                Images.create(file, ImageFormat.NUMPY, shape, SampleType.UINT8, "yx", ImageMetadata.NONE)) {
            Block block = Block.zeros(shape.whole(0), 1);
            for (int i = 0; i < block.samples().length; i++) {
                block.samples()[i] = random.nextInt(256);
            }
            sink.write(block);
            sink.commit();
        }
        return file;
    }

    /** A page on a project of so many images in {@code scratch/study}, trained on the first. */
    static PageClient trained(Path scratch, int count) throws IOException, InterruptedException {
        images(scratch.resolve("study"), count);
        PageClient page = PageClient.of(scratch, Optional.of(scratch.resolve("study")));
        page.send(
                "PUT",
                "/api/features",
                "{\"scales\": [{\"sigma\": 1.0, \"in2d\": true}], \"selected\": [[true], [false], [false], [false], [false], [false]]}");
        for (int cls = 1; cls <= 3; cls++) {
            page.paint(page.image(0), cls, 8, 15 * cls, 50, 15 * cls);
        }
        page.post("/api/update", "{}");
        page.await(s -> s.getAsJsonObject("training").get("model").getAsLong() > 0);
        return page;
    }

    /** What made a file is kept in an attribute of it, which not every file system has. */
    static void assumeMarks(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "mark", "");
        try {
            Files.setAttribute(file, "user:pixelforest", ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException | UnsupportedOperationException none) {
            Assumptions.abort("no extended attributes here");
        } finally {
            Files.delete(file);
        }
    }

    static String settings(String source, String file) {
        String axes = source.equals("Labels") ? "yx" : "yxc";
        return "{\"source\": \"" + source + "\", \"type\": \"uint8\", \"renormalize\": false, \"axes\": \"" + axes
                + "\", \"cutout\": null, \"format\": \"tiff\", \"file\": \"" + file
                + "\", \"internal\": \"exported_data\", \"input\": [0, 1], \"output\": [0, 1]}";
    }
}
