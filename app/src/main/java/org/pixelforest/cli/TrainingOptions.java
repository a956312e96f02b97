package org.pixelforest.cli;

import org.pixelforest.forest.ForestOptions;
import org.pixelforest.project.Project;
import picocli.CommandLine.Option;

/** Options of every command that trains a forest. */
final class TrainingOptions {

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Any whole number; the same seed gives the same forest. By default that of the project, else 0.")
    private Long seed;

    @Option(
            names = "--trees",
            paramLabel = "N",
            description = "Number of trees, 1 to 100000; by default 100, as ilastik.")
    private Integer trees;

    @Option(
            names = "--balance",
            description = "Draw every class equally often, however much of it is labelled; ilastik does not.")
    private boolean balance;

    @Option(
            names = "--skip-missing",
            description = "Leave out labels whose image cannot be found, or is not the one that was labelled.")
    private boolean skipMissing;

    ForestOptions forest(Project project) {
        ForestOptions options = ForestOptions.ILASTIK
                .withSeed(seed != null ? seed : project.additions().seed().orElse(ForestOptions.ILASTIK.seed()))
                .withBalance(balance);
        return trees == null ? options : options.withTrees(trees);
    }

    boolean skipMissing() {
        return skipMissing;
    }
}
