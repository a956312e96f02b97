package org.pixelforest.cli;

import picocli.CommandLine.Option;

/** The option of every command that the launcher turns into the size of the heap before Java starts. */
final class MemoryOption {

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Most memory for data, e.g. 500m or 4g; read by the launcher. Some 150 MB come on top.")
    private String memory;

    void check() throws RefusedException {
        if (memory != null && !memory.matches("\\d+[kKmMgG][bB]?")) {
            throw new RefusedException("--memory is a number with k, m or g, e.g. 500m or 4g (got: " + memory + ")");
        }
    }
}
