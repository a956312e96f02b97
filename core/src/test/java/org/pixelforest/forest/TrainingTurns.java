package org.pixelforest.forest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times training here and with the original, turn by turn in one run, so that what else the machine does burdens both: {@code TrainingTurns
 * ROUNDS THREADS SCRIPT NAME=SAMPLES.bin ...} prints the table of docs/training.md. Either side sorts the samples in every turn; both keep their
 * process, the first turn (here: with cold code) is shown apart. See bench/training.sh.
 */
final class TrainingTurns {

    private final double[] ours;
    private final double[] theirs;
    private final double[] ourWork;
    private final double[] theirWork;

    private TrainingTurns(int rounds) {
        ours = new double[rounds];
        theirs = new double[rounds];
        ourWork = new double[rounds];
        theirWork = new double[rounds];
    }

    private static TrainingTurns run(Vigra.Table table, Path file, Path script, int rounds, int threads)
            throws IOException {
        Process original = new ProcessBuilder(
                        "/usr/bin/python3", script.toString(), "turns", file.toString(), Integer.toString(threads))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        TrainingTurns turns = new TrainingTurns(rounds);
        try (BufferedReader said = original.inputReader();
                Writer line = original.outputWriter()) {
            said.readLine();
            for (int round = 0; round < rounds; round++) {
                long work = processorNanos();
                long start = System.nanoTime();
                RandomForest.trainWithReport(
                        table.samples(), ForestOptions.ILASTIK.withSeed(round), threads, Progress.NONE);
                turns.ours[round] = (System.nanoTime() - start) / 1e6;
                turns.ourWork[round] = (processorNanos() - work) / 1e6;
                line.write("turn\n");
                line.flush();
                String[] seconds = said.readLine().split(" ");
                turns.theirs[round] = 1000 * Double.parseDouble(seconds[0]);
                turns.theirWork[round] = 1000 * Double.parseDouble(seconds[1]);
            }
        } finally {
            original.destroy();
        }
        return turns;
    }

    /** Of all threads, those of the compiler and the garbage collector, too. */
    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static double least(double... values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double median(double... values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private String row(String name, Vigra.Table table) {
        return String.format(
                Locale.ROOT,
                "| %s | %d x %d | %.0f / %.0f / %.0f | %.0f / %.0f / %.0f | %.2f / %.2f | %.2f |",
                name,
                table.classes().length,
                table.columns().length,
                ours[0],
                median(ours),
                least(ours),
                theirs[0],
                median(theirs),
                least(theirs),
                median(ours) / median(theirs),
                least(ours) / least(theirs),
                median(ourWork) / median(theirWork));
    }

    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        int threads = Integer.parseInt(args[1]);
        System.out.println(
                "| samples | trained on | here, ms: first / median / least | vigra, ms: first / median / least | ratio of medians / least |"
                        + " ratio of processor time |\n|---|---|---|---|---|---|");
        for (int i = 3; i < args.length; i++) {
            String[] named = args[i].split("=", 2);
            Vigra.Table table = Vigra.table(Path.of(named[1]));
            System.out.println(run(table, Path.of(named[1]), Path.of(args[2]), rounds, threads)
                    .row(named[0], table));
        }
    }
}
