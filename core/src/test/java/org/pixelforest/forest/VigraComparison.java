package org.pixelforest.forest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains here and with the original on one half of the samples, for several seeds, and tests on the other half. As a program it writes the table of
 * docs/training.md: {@code VigraComparison SEEDS TABLE.md NAME=SAMPLES.bin ...} (samples by {@code vigra_forests.py samples}).
 */
record VigraComparison(
        String name,
        int samples,
        int features,
        List<Double> oob,
        List<Double> accuracy,
        List<Double> seconds,
        List<Double> vigraOob,
        List<Double> vigraAccuracy,
        List<Double> vigraSeconds) {

    static VigraComparison run(String name, Vigra.Table table, int seeds, Path folder)
            throws IOException, InterruptedException {
        Vigra.Table train = table.half(0);
        Vigra.Table test = table.half(1);
        VigraComparison result = new VigraComparison(
                name,
                train.classes().length,
                train.columns().length,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        for (int seed = 1; seed <= seeds; seed++) {
            Samples samples = train.samples();
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            TrainedForest trained =
                    RandomForest.trainWithReport(samples, ForestOptions.ILASTIK.withSeed(seed), 1, Progress.NONE);
            result.seconds.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9);
            result.oob.add(trained.report().meanOobError());
            result.accuracy.add(test.accuracy(trained.forest()));
        }
        Path trainFile = folder.resolve("train.bin");
        Path testFile = folder.resolve("test.bin");
        Path lines = folder.resolve("vigra.txt");
        train.write(trainFile);
        test.write(testFile);
        Vigra.run("train", trainFile, testFile, seeds, lines);
        for (String line : Files.readAllLines(lines)) {
            String[] fields = line.split(" ");
            result.vigraOob.add(Double.valueOf(fields[0]));
            result.vigraAccuracy.add(Double.valueOf(fields[1]));
            result.vigraSeconds.add(Double.valueOf(fields[2]));
        }
        return result;
    }

    /** Difference of the means in standard errors. */
    double oobDistance() {
        return distance(oob, vigraOob);
    }

    double accuracyDistance() {
        return distance(accuracy, vigraAccuracy);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        return Math.sqrt(
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1));
    }

    private static double distance(List<Double> a, List<Double> b) {
        double error = Math.sqrt(deviation(a) * deviation(a) / a.size() + deviation(b) * deviation(b) / b.size());
        double difference = Math.abs(mean(a) - mean(b));
        return difference == 0 ? 0 : difference / error;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d x %d | %.4f ± %.4f | %.4f ± %.4f | %.1f | %.4f ± %.4f | %.4f ± %.4f | %.1f | %.2f |%n",
                name,
                samples,
                features,
                mean(oob),
                deviation(oob),
                mean(vigraOob),
                deviation(vigraOob),
                oobDistance(),
                mean(accuracy),
                deviation(accuracy),
                mean(vigraAccuracy),
                deviation(vigraAccuracy),
                accuracyDistance(),
                median(seconds) / median(vigraSeconds));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int seeds = Integer.parseInt(args[0]);
        StringBuilder table = new StringBuilder(
                "| samples | trained on | OOB error, here | OOB error, vigra | standard errors apart | accuracy, here | accuracy, vigra |"
                        + " standard errors apart | processor time, here / vigra |\n|---|---|---|---|---|---|---|---|---|\n");
        Path folder = Files.createTempDirectory("vigra");
        for (int i = 2; i < args.length; i++) {
            String[] named = args[i].split("=", 2);
            table.append(
                    run(named[0], Vigra.table(Path.of(named[1])), seeds, folder).row());
        }
        Files.writeString(Path.of(args[1]), table);
    }
}
