package org.pixelforest.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.Problem;
import org.pixelforest.batch.RawFiles;
import org.pixelforest.batch.StackWriter;

/** Prepares file after file and tells the user about it; a bad one does not stop the others. */
final class PrepareRun {

    private final Console console;
    private final WorkOptions work;
    private final List<Outcome> outcomes = new ArrayList<>();

    PrepareRun(Console console, WorkOptions work) {
        this.console = console;
        this.work = work;
    }

    /** Returns the exit status. */
    int run(StackWriter writer, List<RawFiles> raws) throws IOException {
        long begun = System.nanoTime();
        for (RawFiles raw : raws) {
            PrepareLine line = new PrepareLine(
                    console,
                    outcomes.size() + 1,
                    raws.size(),
                    raw.file().getFileName().toString());
            outcomes.add(prepare(writer, raw, line));
        }
        double seconds = secondsSince(begun);
        if (work.report().isPresent()) {
            new ReportFile("prepare")
                    .withOutcomes(outcomes, seconds)
                    .write(work.report().get());
        }
        long failed = outcomes.stream()
                .filter(o -> o.status() == Outcome.Status.FAILED)
                .count();
        console.err()
                .println(outcomes.size() - failed + " prepared" + (failed > 0 ? ", " + failed + " failed" : "") + " in "
                        + ProgressLine.seconds(seconds));
        return failed > 0 ? CommandTree.FAILED : 0;
    }

    /** What became of each file. */
    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    private Outcome prepare(StackWriter writer, RawFiles raw, PrepareLine line) {
        long begun = System.nanoTime();
        try {
            StackWriter.Written files = writer.write(raw, line);
            line.clear();
            List<String> notes =
                    files.crop().map(crop -> "crop: " + crop).stream().toList();
            console.out()
                    .println(raw.file() + " -> " + files.stack()
                            + files.crop().map(crop -> ", " + crop).orElse(""));
            return new Outcome(
                    raw.file().toString(),
                    Optional.of(files.stack()),
                    Outcome.Status.WRITTEN,
                    files.shape().pixels(),
                    secondsSince(begun),
                    "",
                    Optional.empty(),
                    notes);
        } catch (IOException | RuntimeException | OutOfMemoryError problem) {
            line.clear();
            String message = Problem.message(problem);
            console.err().println("error: " + message);
            if (work.verbose()) {
                problem.printStackTrace(console.err());
            }
            return new Outcome(
                    raw.file().toString(),
                    Optional.empty(),
                    Outcome.Status.FAILED,
                    0,
                    secondsSince(begun),
                    message,
                    Optional.of(problem),
                    List.of());
        }
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
