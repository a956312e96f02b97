package org.pixelforest.hdf5;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The programs that judge this library, and the files of others that it must read; tests skip loudly without them. */
final class Judges {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path SCRIPTS =
            Path.of(System.getProperty("pixelforest.root", ".."), "hdf5", "src", "test", "scripts");

    private static Path generated;

    private Judges() {}

    /** All HDF5 files of the reference data that stands beside the repository. */
    static List<Path> realFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("data", "golden")) {
            try (Stream<Path> tree = Files.walk(shared(folder))) {
                tree.filter(f -> f.toString().matches(".*\\.(ilp|h5|hdf5)")).forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }

    /** A file or folder of the reference data. */
    static Path shared(String path) {
        Path file = Path.of(System.getProperty("pixelforest.shared", "../../shared"))
                .resolve(path);
        require(Files.exists(file), "the reference data " + file);
        return file.normalize();
    }

    private static void require(boolean present, String what) {
        if (!present) {
            System.err.println("SKIPPED: " + what + " is not on this machine.");
            Assumptions.abort(what + " is not on this machine");
        }
    }

    /** The folder with the files that {@code make_hdf5.py} makes, made once for all tests; nobody may change it. */
    static synchronized Path generated() throws IOException {
        if (generated == null) {
            Path folder = Files.createTempDirectory("generated");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete generated files"));
            python("make_hdf5.py", folder.toString());
            generated = folder;
        }
        return generated;
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The generated files that must be readable. */
    static List<Path> generatedFiles() throws IOException {
        try (Stream<Path> made = Files.list(generated())) {
            return made.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** What h5py says of files, in the lines of {@link Listing}. */
    static Map<Path, List<String>> listings(List<Path> files) throws IOException {
        List<String> arguments = files.stream().map(Path::toString).toList();
        Map<Path, List<String>> listings = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line :
                python("list_hdf5.py", arguments.toArray(new String[0])).split("\n")) {
            if (line.startsWith("# ")) {
                current = new ArrayList<>();
                listings.put(Path.of(line.substring(2)), current);
            } else if (!line.isEmpty()) {
                current.add(line);
            }
        }
        return listings;
    }

    /** Runs a script of src/test/scripts with Debian's Python and gives its output. */
    static String python(String script, String... arguments) throws IOException {
        require(Files.exists(PYTHON) && run(List.of(PYTHON.toString(), "-c", "import h5py")).code == 0, "h5py");
        List<String> command = new ArrayList<>(
                List.of(PYTHON.toString(), SCRIPTS.resolve(script).toString()));
        command.addAll(Arrays.asList(arguments));
        Result result = run(command);
        if (result.code != 0) {
            throw new AssertionError(command + " failed: " + result.output);
        }
        return result.output;
    }

    /** Runs one of HDF5's own tools; its output and exit code come as text, "" if it has nothing to say. */
    static String tool(String name, String... arguments) throws IOException {
        Path tool = Path.of("/usr/bin", name);
        require(Files.exists(tool), name);
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(Arrays.asList(arguments));
        Result result = run(command);
        return result.code == 0 ? result.output : "exit code " + result.code + "\n" + result.output;
    }

    private record Result(int code, String output) {}

    private static Result run(List<String> command) throws IOException {
        Path output = Files.createTempFile("judge", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            Files.delete(output);
        }
    }
}
