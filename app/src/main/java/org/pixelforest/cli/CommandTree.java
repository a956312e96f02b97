package org.pixelforest.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pixelforest.batch.Problem;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program's commands. Only the command that was asked for is built: reading the annotations of all of them would be the
 * larger part of a start.
 */
final class CommandTree {

    /** Exit status of a run that failed, in whole or in part. */
    static final int FAILED = 1;

    /** Exit status of a command line that was not understood. */
    static final int MISUSED = 2;

    private static final Map<String, Function<Console, Object>> COMMANDS = commands();

    private CommandTree() {}

    private static Map<String, Function<Console, Object>> commands() {
        Map<String, Function<Console, Object>> commands = new LinkedHashMap<>();
        commands.put("classify", ClassifyCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("prepare", PrepareCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("labels", LabelsCommand::new);
        commands.put("merge", MergeCommand::new);
        commands.put("suggest", SuggestCommand::new);
        commands.put("describe", DescribeCommand::new);
        commands.put("open", OpenCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    /** Runs one command line; returns the exit status. Never throws, never ends the program. */
    static int run(Console console, String... args) {
        CommandLine root = args.length > 0 && COMMANDS.containsKey(args[0]) ? only(console, args[0]) : all(console);
        try {
            return execute(root, console, args);
        } catch (OutOfMemoryError | StackOverflowError e) {
            console.err().println("pixelforest: " + Problem.message(e));
            return FAILED;
        }
    }

    /** The whole tree, for help and completion. */
    static CommandLine all(Console console) {
        CommandLine root = root(console);
        COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.apply(console)));
        return root;
    }

    private static CommandLine only(Console console, String name) {
        return root(console).addSubcommand(name, COMMANDS.get(name).apply(console));
    }

    private static CommandLine root(Console console) {
        return new CommandLine(new RootCommand(console));
    }

    private static int execute(CommandLine root, Console console, String... args) {
        root.setOut(console.out());
        root.setErr(console.err());
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(Math.max(80, Math.min(console.width(), 120)));
        root.setParameterExceptionHandler(CommandTree::misused);
        root.setExecutionExceptionHandler((exception, command, parsed) ->
                failed(console, exception, parsed.originalArgs().contains("--verbose")));
        String[] normalised = OptionSpelling.normalised(root.getCommandSpec(), IlastikOptions.withValues(args));
        if (List.of(args).contains("--as_ilastik")) {
            // Other programs' command lines may have options that neither ilastik nor we know.
            root.setUnmatchedArgumentsAllowed(true);
            root.setUnmatchedOptionsArePositionalParams(false);
            root.setAbbreviatedOptionsAllowed(true);
        }
        return root.execute(normalised);
    }

    private static int misused(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments();
        String problem = exception.getMessage();
        if (!unknown.isEmpty()) {
            // An option that was mistyped is the cause of one that is missing: name it first.
            String first = unknown.get(0);
            List<String> similar = new UnmatchedArgumentException(command, unknown).getSuggestions();
            problem =
                    "there is no " + (first.startsWith("-") ? "option " : command.getParent() == null ? "command " : "")
                            + first + (similar.isEmpty() ? "" : "; did you mean " + similar.get(0) + "?");
        }
        command.getErr().println("pixelforest: " + Problem.oneLine(problem));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return MISUSED;
    }

    private static int failed(Console console, Exception exception, boolean verbose) {
        console.err()
                .println("pixelforest: "
                        + (exception instanceof RefusedException
                                ? Problem.oneLine(exception.getMessage())
                                : Problem.message(exception)));
        if (verbose) {
            exception.printStackTrace(console.err());
        }
        return FAILED;
    }
}
