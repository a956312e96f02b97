package org.pixelforest.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the scripts beside these tests with the system's Python, whose libraries are the judges. */
final class Python {

    private static final Path INTERPRETER = Path.of("/usr/bin/python3");

    private Python() {}

    /** What the script printed. Skips the test, loudly, where Python or a module is absent. */
    static String run(String script, Object... arguments) throws IOException {
        if (!Files.isExecutable(INTERPRETER)) {
            System.err.println("SKIPPED: there is no " + INTERPRETER);
            Assumptions.abort("there is no " + INTERPRETER);
        }
        Path file = Files.createTempFile("pixelforest", ".py");
        Path output = Files.createTempFile("pixelforest", ".out");
        try (InputStream in = Python.class.getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
            List<String> command = new ArrayList<>(List.of(INTERPRETER.toString(), file.toString()));
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(script + " does not end");
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (text.contains("ModuleNotFoundError")) {
                System.err.println("SKIPPED: " + text);
                Assumptions.abort("a Python module is not on this machine");
            }
            if (process.exitValue() != 0) {
                throw new IOException(script + " failed:\n" + text);
            }
            return text;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(output);
        }
    }
}
