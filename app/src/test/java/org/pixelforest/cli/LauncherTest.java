package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts at the root, on the program as it was packaged. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "these are the scripts for the other systems")
class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("pixelforest.root", ".."))
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path work;

    private record Result(int status, String out, String err) {}

    @Test
    void classifiesAnImage() throws Exception {
        Path project = Golden.copy("golden.ilp", work);
        Path image = Golden.copy("img2d.h5", work);
        Result result = launch(
                Map.of(), "pixelforest", "classify", "--project", project, "--rounding=truncate", image + "/img");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("WARNING");
        assertThat(work.resolve("img2d-img_Probabilities.tiff"))
                .hasSameBinaryContentAs(Golden.copy("prob_trunc.tiff", work));
    }

    @Test
    void takesIlastiksCommandLineAndEnvironment() throws Exception {
        Path project = Golden.copy("golden.ilp", work);
        Path image = Golden.copy("img2d.h5", work);
        Result result = launch(
                Map.of("LAZYFLOW_THREADS", "1", "LAZYFLOW_TOTAL_RAM_MB", "600"),
                "bin/run_ilastik.sh",
                "--headless",
                "--project=" + project,
                "--readonly",
                "--export_source=Simple Segmentation",
                "--output_format=hdf5",
                "--output_filename_format=" + work + "/{nickname}_{result_type}",
                "--raw_data=" + image + "/img");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(work.resolve("img2d-img_Simple Segmentation.h5")).exists();
    }

    @Test
    void errorsReachStandardErrorAndTheStatus() throws Exception {
        Result result = launch(Map.of(), "pixelforest", "classify", "--project", work.resolve("none.ilp"), "a.h5");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("none.ilp");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void isFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(work.resolve("pf"), ROOT.resolve("pixelforest"));
        Result result = run(Map.of(), List.of(link.toString(), "--version"));
        assertThat(result.out()).startsWith("PixelForest ");
    }

    /** With it, "cd" prints the folder, which scripts that call it take for more of the path. */
    @Test
    void isFoundWhereCdSearches() throws Exception {
        Path above = ROOT.getParent();
        String script = ROOT.getFileName() + "/pixelforest";
        Result result = run(
                Map.of("CDPATH", ".:" + above),
                List.of("sh", "-c", "cd \"$1\" >/dev/null && exec \"$2\" --version", "sh", above.toString(), script));
        assertThat(result.out()).as(result.err()).startsWith("PixelForest ");
    }

    /** Clusters, containers and cron jobs have none. */
    @Test
    void opensFilesOfAnyNameWithoutALocale() throws Exception {
        Path image = Files.move(Golden.copy("img2d.h5", work), work.resolve("Präparat µ.h5"));
        Result result = run(
                Map.of("LC_ALL", "C", "LANG", "C"),
                List.of(ROOT.resolve("pixelforest").toString(), "describe", image.toString()));
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("Präparat µ.h5");
    }

    @Test
    void saysWhatIsWrongWithJava() throws Exception {
        Result none = launch(Map.of("JAVA_HOME", work.toString()), "pixelforest", "--version");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).hasLineCount(1).contains("JAVA_HOME");
        Path old = Files.createDirectories(work.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho '    java.specification.version = 1.8' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        Result eight = launch(Map.of("JAVA_HOME", work.resolve("old").toString()), "pixelforest", "--version");
        assertThat(eight.status()).isEqualTo(1);
        assertThat(eight.err()).hasLineCount(1).contains("version 1.8");
    }

    private Result launch(Map<String, String> environment, String script, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve(script).toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(environment, command);
    }

    private Result run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path out = work.resolve("stdout");
        Path err = work.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // The program under test is the one just packaged.
        builder.environment().put("PIXELFOREST_NO_BUILD", "yes");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
