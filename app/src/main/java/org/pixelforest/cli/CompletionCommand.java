package org.pixelforest.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "completion",
        header = "Print a script that completes commands and options in bash and zsh.",
        footer = {"%nAdd this line to ~/.bashrc or ~/.zshrc:", "  source <(pixelforest completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().println(AutoComplete.bash("pixelforest", CommandTree.all(console)));
        return 0;
    }
}
