package org.pixelforest.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of 'ilastik --headless' on training, and those that change nothing here: taken, so that command lines can stay as they are. */
final class IlastikOptions {

    @Option(names = "--headless", hidden = true, description = "Always so here.")
    private boolean headless;

    @Option(
            names = "--readonly",
            paramLabel = "BOOL",
            hidden = true,
            description = "Whether --retrain leaves the project alone.")
    private String readonly;

    @Option(
            names = "--retrain",
            description =
                    "Train anew from the project's labels first; saved into the project with --readonly=false only.")
    private boolean retrain;

    @Option(
            names = "--tree-count",
            paramLabel = "N",
            description = "Trees of a forest that is trained; by default 100.")
    private Integer trees;

    @Option(
            names = "--label-proportion",
            paramLabel = "F",
            description = "Train on this share of the labels, drawn at random but always the same; by default 1.")
    private Double labelShare;

    @Option(
            names = "--skip-missing",
            description = "Where a forest is trained: leave out labels whose image cannot be found.")
    private boolean skipMissing;

    @Option(names = "--ignore_training_axistags", hidden = true, description = "Take the axes that the files state.")
    private boolean ignoreTrainingAxes;

    @Option(
            names = {"--preconvert_stacks", "--table_only", "--redirect_output", "--debug"},
            hidden = true)
    private boolean meaningless;

    @Option(
            names = {
                "--configfile",
                "--logfile",
                "--process_name",
                "--workflow",
                "--new_project",
                "--variable-importance-path",
                "--label-search-value",
                "--random-label-value",
                "--random-label-count"
            },
            hidden = true)
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = {"--distributed", "--generate-random-labels", "--print-labels-by-slice"},
            hidden = true)
    private boolean unsupported;

    @Option(names = "--distributed_block_roi", hidden = true)
    private String distributedBlock;

    @Option(names = "--as_ilastik", hidden = true, description = "Where nobody says more, write what ilastik writes.")
    private boolean asIlastik;

    Retraining retraining() {
        boolean saved = readonly != null
                && List.of("false", "0", "no", "f", "n", "off").contains(readonly.toLowerCase(Locale.ROOT));
        return new Retraining(
                retrain, saved, Optional.ofNullable(trees), labelShare == null ? 1 : labelShare, skipMissing);
    }

    boolean asIlastik() {
        return asIlastik;
    }

    boolean ignoresTrainingAxes() {
        return ignoreTrainingAxes;
    }

    boolean asksForTheImpossible() {
        return unsupported || distributedBlock != null;
    }

    /**
     * Gives {@code --readonly}, whose value may be left out, a value: {@code --readonly X} with a truth value X, or none, becomes
     * {@code --readonly=…}.
     */
    static String[] withValues(String... args) {
        List<String> filled = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].equals("--readonly")) {
                filled.add(args[i]);
            } else if (i + 1 < args.length && isTruthValue(args[i + 1])) {
                filled.add("--readonly=" + args[++i]);
            } else {
                filled.add("--readonly=true");
            }
        }
        return filled.toArray(String[]::new);
    }

    private static boolean isTruthValue(String text) {
        return List.of("true", "false", "1", "0", "yes", "no", "t", "f", "y", "n", "on", "off")
                .contains(text.toLowerCase(Locale.ROOT));
    }
}
