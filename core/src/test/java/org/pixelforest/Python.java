package org.pixelforest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs small scripts in the system's Python with the modules of Debian; skips, loudly, where one is absent. */
public final class Python {

    private static final String PROGRAM = "/usr/bin/python3";

    private Python() {}

    /**
     * What a script prints.
     *
     * @param modules those it imports beyond the standard library
     */
    public static String run(List<String> modules, String script, Object... arguments)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            skip(PROGRAM);
        }
        for (String module : modules) {
            if (start("import " + module).waitFor() != 0) {
                skip("Python's " + module);
            }
        }
        Process process = start(script, arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("the script failed:\n" + printed);
        }
        return printed;
    }

    private static Process start(String script, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-c", script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void skip(String what) {
        System.err.println("SKIPPED: " + what + " is not on this machine.");
        Assumptions.abort(what + " is not on this machine");
    }
}
