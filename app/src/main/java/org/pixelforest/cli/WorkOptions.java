package org.pixelforest.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that works through files. */
final class WorkOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; by default as many as there are cores (or LAZYFLOW_THREADS).")
    private Integer threads;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Most memory for data, e.g. 500m or 4g; read by the launcher. Some 150 MB come on top.")
    private String memory;

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
        if (memory != null && !memory.matches("\\d+[kKmMgG][bB]?")) {
            throw new RefusedException("--memory is a number with k, m or g, e.g. 500m or 4g (got: " + memory + ")");
        }
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
