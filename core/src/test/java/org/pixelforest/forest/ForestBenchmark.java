package org.pixelforest.forest;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/**
 * Training, and prediction by every way there is, on samples like those of a project of six channels: 240 features, three classes, about 30 leaves a
 * tree; with {@code noise} more leaves. Predictions are of 2048 pixels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ForestBenchmark {

    private static final int FEATURES = 240;
    private static final int PIXELS = 2048;
    private static final int STRIDE = PIXELS + 16; // no power of two: planes must not share cache sets

    /** Samples mostly tell their class at 0; at 1 hardly. */
    @Param({"0", "0.5", "1"})
    double noise;

    @Param({"2500"})
    int samples;

    @Param({"1"})
    int threads;

    private Samples training;
    private ForestKernel walk;
    private ForestKernel bits;
    private Predictor predictor;
    private float[] planes;
    private final float[] out = new float[3 * PIXELS];

    @Setup
    public void setUp() {
        training = Samples.of(columns(samples, 1), classes(samples, 1));
        TrainedForest trained = RandomForest.trainWithReport(training, ForestOptions.ILASTIK, 2, Progress.NONE);
        System.out.println("# " + trained.report().leaves() + " leaves a tree");
        List<List<VigraTree>> trees = trained.forest().vigraTrees();
        NodeTable nodes = NodeTable.of(FEATURES, 3, trees);
        walk = new WalkKernel(nodes);
        bits = KernelChoice.hasVectors() ? KernelChoice.vector(nodes, 1 << 20) : walk;
        predictor = trained.forest().predictor();
        planes = new float[FEATURES * STRIDE];
        float[][] pixels = columns(PIXELS, 2);
        for (int f = 0; f < FEATURES; f++) {
            System.arraycopy(pixels[f], 0, planes, f * STRIDE, PIXELS);
        }
    }

    private static int[] classes(int n, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, n).map(i -> 1 + random.nextInt(3)).toArray();
    }

    /** Classes differ in some of six hidden values; every feature is a mixture of these. */
    private float[][] columns(int n, long seed) {
        int[] classes = classes(n, seed);
        Random random = new Random(seed + 10);
        Random mixture = new Random(3);
        double[][] hidden = new double[n][6];
        for (int i = 0; i < n; i++) {
            for (int h = 0; h < 6; h++) {
                hidden[i][h] = random.nextGaussian() + (h % 3 == classes[i] - 1 ? 3 * (1 - noise) + 0.3 : 0);
            }
        }
        float[][] columns = new float[FEATURES][n];
        for (float[] column : columns) {
            double[] weights = IntStream.range(0, 6)
                    .mapToDouble(h -> mixture.nextGaussian())
                    .toArray();
            for (int i = 0; i < n; i++) {
                double value = random.nextGaussian() * (0.2 + noise);
                for (int h = 0; h < 6; h++) {
                    value += weights[h] * hidden[i][h];
                }
                column[i] = (float) value;
            }
        }
        return columns;
    }

    @Benchmark
    public RandomForest train() {
        return RandomForest.trainWithReport(training, ForestOptions.ILASTIK, threads, Progress.NONE)
                .forest();
    }

    @Benchmark
    public float[] predictWalking() {
        walk.predict(planes, STRIDE, 0, PIXELS, out, PIXELS);
        return out;
    }

    @Benchmark
    public float[] predictWithBits() {
        bits.predict(planes, STRIDE, 0, PIXELS, out, PIXELS);
        return out;
    }

    /** As users of the package get it, check for NaN included. */
    @Benchmark
    public float[] predict() {
        predictor.predict(planes, STRIDE, 0, PIXELS, out, PIXELS);
        return out;
    }
}
