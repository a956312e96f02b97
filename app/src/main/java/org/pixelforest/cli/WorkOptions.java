package org.pixelforest.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that works through files. */
final class WorkOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; by default as many as there are cores (or LAZYFLOW_THREADS).")
    private Integer threads;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what was done to this JSON file (train: or HTML).")
    private Path report;

    @Option(names = "--verbose", description = "Show where in the program an error came from.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    int threads() throws RefusedException {
        memory.check();
        if (threads != null) {
            if (threads < 1 || threads > 1024) {
                throw new RefusedException("--threads must be 1 to 1024 (got: " + threads + ")");
            }
            return threads;
        }
        String lazyflow = System.getenv("LAZYFLOW_THREADS");
        if (lazyflow != null && lazyflow.matches("\\d{1,4}")) {
            return Math.max(1, Integer.parseInt(lazyflow));
        }
        return Runtime.getRuntime().availableProcessors();
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    boolean verbose() {
        return verbose;
    }
}
