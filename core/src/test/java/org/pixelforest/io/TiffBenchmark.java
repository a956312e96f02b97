package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Milliseconds for an image of probabilities, 1000 x 1000 x 3 uint16: written as ilastik writes it, and read again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TiffBenchmark {

    private final Shape shape = Shape.of(3, 1000, 1000);
    private Path folder;
    private Path file;
    private Block probabilities;

    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("pixelforest");
        file = folder.resolve("probabilities.tiff");
        probabilities = Block.zeros(shape.whole(0), 3);
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            // Votes of 100 trees: multiples of a hundredth, mostly clear.
            float first = Math.round(100 * Math.min(1, Math.abs(random.nextGaussian()))) / 100f;
            probabilities.samples()[i] = Math.round(first * 65535);
            probabilities.samples()[1_000_000 + i] = Math.round((1 - first) * 65535);
        }
        write();
    }

    @TearDown
    public void tearDown() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }

    @Benchmark
    public void write() throws IOException {
        try (ImageSink sink =
                Images.create(file, ImageFormat.TIFF, shape, SampleType.UINT16, "yxc", ImageMetadata.NONE)) {
            sink.write(probabilities);
            sink.commit();
        }
    }

    @Benchmark
    public Block read() throws IOException {
        try (ImageSource source = Images.open(file)) {
            return source.read(shape.whole(0));
        }
    }
}
