package org.pixelforest.feature;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pixelforest.ArrayImage;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * All six filters at sigma 1 to 10 in 2D of one tile of 256 x 128 pixels and 6 channels: 240 features, on one thread. A
 * megapixel has 30 such tiles.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FeatureBenchmark {

    @Param({"vector", "portable"})
    String loops;

    /** Rows of a strip: the features of a strip should stay in the cache until the forest has read them. */
    @Param({"4", "8", "16"})
    int strip;

    private final ArrayImage image = ArrayImage.random(1, Shape.of(6, 512, 1000));
    private final Region tile = Region.of(128, 256, 256, 512);
    private PlaneTile features;

    @Setup
    public void setUp() throws IOException {
        Rows rows = (loops.equals("vector") ? FastRows.vector() : (IntFunction<Rows>) FastRows::portable)
                .apply(PlaneTile.WIDTH + 64);
        features = new PlaneTile(FeatureSelection.from(1), image.shape(), null, rows, PlaneTile.WIDTH, 128, strip);
    }

    /** Reading the tile from memory and presmoothing it. */
    @Benchmark
    public Object load() throws IOException {
        features.load(image, tile);
        return features.planes();
    }

    /** Presmoothing and the filters, strip by strip. */
    @Benchmark
    public float all() throws IOException {
        features.load(image, tile);
        float sum = 0;
        while (features.next()) {
            sum += features.planes()[features.first()];
        }
        return sum;
    }
}
