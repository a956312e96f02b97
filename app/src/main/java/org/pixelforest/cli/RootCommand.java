package org.pixelforest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "pixelforest",
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Pixel classification for imaging mass cytometry: prepare, label, train, apply.%n",
        footer = "%nTry 'pixelforest demo' first, and 'pixelforest COMMAND --help' for a command's options.")
final class RootCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    RootCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.out());
        return CommandTree.MISUSED;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"PixelForest " + Main.version()};
        }
    }
}
