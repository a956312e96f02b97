package org.pixelforest.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** ilastik writes some options with underscores, others with hyphens; either is understood for every option. */
final class OptionSpelling {

    private OptionSpelling() {}

    /** The same arguments, each option spelt as its command declares it. */
    static String[] normalised(CommandSpec root, String... args) {
        if (args.length == 0) {
            return args;
        }
        CommandLine command = root.subcommands().get(args[0]);
        Map<String, OptionSpec> known = (command == null ? root : command.getCommandSpec()).optionsMap();
        String[] normalised = args.clone();
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith("--")) {
                normalised[i] = spelt(args[i], known);
            }
        }
        return normalised;
    }

    private static String spelt(String argument, Map<String, OptionSpec> known) {
        int end = argument.indexOf('=') < 0 ? argument.length() : argument.indexOf('=');
        String name = argument.substring(0, end);
        if (known.containsKey(name)) {
            return argument;
        }
        String words = name.substring(2);
        for (String other : new String[] {words.replace('-', '_'), words.replace('_', '-')}) {
            if (known.containsKey("--" + other)) {
                return "--" + other + argument.substring(end);
            }
        }
        return argument;
    }
}
