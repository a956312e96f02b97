package org.pixelforest.classify;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.pixelforest.ArrayImage;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;
import org.pixelforest.project.Project;

/**
 * Classifies the benchmark image in turn with the C++ reference (vigra, through Python) and prints both: machines are noisy, so
 * only times taken in turn may be compared. ilastik's own filters are 2.4 times as fast as vigra's, its forest is vigra's.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -Dpixelforest.shared=../shared -cp ... org.pixelforest.classify.ReferenceComparison \
 *     THREADS ROUNDS
 * }</pre>
 */
public final class ReferenceComparison {

    private static final double FASTER_FILTERS = 2.4;

    private ReferenceComparison() {}

    public static void main(String[] args) throws Exception {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        PixelClassifier classifier =
                Project.read(Shared.path("data/bench/bench6.ilp")).classifier().orElseThrow();
        ArrayImage image = inMemory(Shared.path("data/bench/bench6.h5") + "/img");
        float[] first = new float[classifier.classes().size() * 1_000_000];
        double cold = pass(classifier, image, threads, first);
        for (int round = 0; round < rounds; round++) {
            double reference = reference(threads);
            double[] own = new double[5];
            for (int i = 0; i < own.length; i++) {
                float[] again = new float[first.length];
                own[i] = pass(classifier, image, i == 0 ? 1 : threads, again);
                if (!Arrays.equals(again, first)) {
                    throw new AssertionError("probabilities differ between runs");
                }
            }
            double[] all = Arrays.copyOfRange(own, 1, own.length);
            Arrays.sort(all);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%d threads: reference %.2f s, first pass %.2f s, later passes %.2f s (median), ratio %.1f; 1 thread %.2f s",
                    threads,
                    reference,
                    cold,
                    all[all.length / 2],
                    reference / all[all.length / 2],
                    own[0]));
        }
    }

    private static ArrayImage inMemory(String place) throws IOException {
        try (ImageSource source = Images.open(place)) {
            Shape shape = source.shape();
            return new ArrayImage(
                    shape, SampleType.UINT16, source.read(shape.whole(0)).samples());
        }
    }

    private static double pass(PixelClassifier classifier, ArrayImage image, int threads, float[] out)
            throws IOException {
        Region whole = image.shape().whole(0);
        Block all = new Block(whole, classifier.classes().size(), out);
        long start = System.nanoTime();
        Classification.run(
                classifier,
                image,
                whole,
                threads,
                block -> {
                    Region r = block.region();
                    for (int c = 0; c < block.channels(); c++) {
                        for (int y = 0; y < r.height(); y++) {
                            System.arraycopy(
                                    block.samples(),
                                    block.index(c, 0, y, 0),
                                    out,
                                    all.index(c, 0, r.minY() + y, r.minX()),
                                    r.width());
                        }
                    }
                },
                Classification.Progress.NONE);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double reference(int threads) throws Exception {
        Path script = Shared.path("tools/bench_reference.py");
        Process process = new ProcessBuilder("/usr/bin/python3", script.toString(), "" + threads, "1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(script + " failed");
        }
        JsonObject times = new Gson().fromJson(json, JsonObject.class);
        return times.get("features_s").getAsDouble() / FASTER_FILTERS
                + times.get("predict_s").getAsDouble();
    }
}
