package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void helpNamesEveryCommand() {
        CommandLineRun run = CommandLineRun.of("--help");
        assertThat(run.status()).isZero();
        for (String command :
                CommandTree.all(new Console(null, null, 0)).getSubcommands().keySet()) {
            assertThat(run.out()).contains("\n  " + command);
            CommandLineRun help = CommandLineRun.of(command, "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out()).contains("Usage: pixelforest " + command);
            assertThat(help.out().lines()).as(command).allMatch(l -> l.length() <= 80);
        }
    }

    @Test
    void everyOptionIsExplained() {
        CommandTree.all(new Console(null, null, 0))
                .getSubcommands()
                .forEach((name, command) -> command.getCommandSpec().options().stream()
                        .filter(o -> !o.hidden())
                        .forEach(o -> assertThat(String.join("", o.description()))
                                .as(name + " " + o.longestName())
                                .isNotBlank()
                                .endsWith(o.longestName().equals("--pipeline_result_drange") ? "," : ".")));
    }

    @Test
    void lackOfMemoryIsSaidInOneLine() {
        Writer full = new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(full, true), new PrintWriter(err, true), 0);
        assertThat(CommandTree.run(console, "completion")).isEqualTo(CommandTree.FAILED);
        assertThat(err.toString()).hasLineCount(1).contains("not enough memory", "--memory");
    }

    @Test
    void progressTakesNoMoreThanALine() {
        StringWriter err = new StringWriter();
        Console console = new Console(null, new PrintWriter(err, true), 20);
        console.rewrite("training " + "#".repeat(40));
        console.rewrite("");
        assertThat(err.toString()).isEqualTo("\rtraining ##########\033[K\r\033[K");
        StringWriter file = new StringWriter();
        new Console(null, new PrintWriter(file, true), 0).rewrite("training");
        assertThat(file.toString()).isEmpty();
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(CommandLineRun.of("--version").out()).matches("PixelForest \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        String script = CommandLineRun.of("completion").out();
        assertThat(script).contains("classify").contains("--output_filename_format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clasify | no command clasify; did you mean classify?",
                "classify --projct=x y.h5 | no option --projct",
                "classify y.h5 | --project",
                "classify --project= | no images were named",
                "classify --project x.ilp --threads two y.h5 | two",
            })
    void whatIsNotUnderstoodIsSaidInOneLine(String line, String message) {
        CommandLineRun run = CommandLineRun.of((Object[]) line.split(" "));
        assertThat(run.status()).isPositive();
        assertThat(run.errors()).singleElement().asString().contains(message);
        assertThat(run.err()).doesNotContain("\tat ").hasLineCount(run.status() == CommandTree.MISUSED ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--export_source=Objects",
                "--output_format=dicom",
                "--export_dtype=uint7",
                "--pipeline_result_drange=1",
                "--export_drange=(0,x)",
                "--cutout_subregion=[1]",
                "--rounding=up",
                "--memory=lots",
                "--threads=0"
            })
    void valuesThatMakeNoSenseNameTheirOption(String option) {
        CommandLineRun run = CommandLineRun.of("classify", "--project=x.ilp", option, "a.h5");
        assertThat(run.status()).isEqualTo(CommandTree.FAILED);
        assertThat(run.errors()).singleElement().asString().contains(option.substring(0, option.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "describe x", "merge a b --out=c.ilp"})
    void everyCommandThatHoldsImagesTakesMemory(String line) {
        CommandLineRun run = CommandLineRun.of((Object[]) (line + " --memory=lots").split(" "));
        assertThat(run.errors()).singleElement().asString().contains("--memory is a number");
    }

    @ParameterizedTest
    @CsvSource({
        "--output-axis-order=yxc, --output_axis_order=yxc",
        "--output_axis_order=a-b, --output_axis_order=a-b",
        "--as-ilastik, --as_ilastik",
        "--tree_count=3, --tree-count=3",
        "--no-such-thing, --no-such-thing",
    })
    void hyphensAndUnderscoresAreTheSame(String typed, String understood) {
        var tree = CommandTree.all(new Console(null, null, 0));
        assertThat(OptionSpelling.normalised(tree.getCommandSpec(), "classify", typed))
                .containsExactly("classify", understood);
    }

    @Test
    void readonlyTakesATruthValueOrNone() {
        assertThat(IlastikOptions.withValues("--readonly", "a.h5", "--readonly", "0", "--readonly=1", "--readonly"))
                .containsExactly("--readonly=true", "a.h5", "--readonly=0", "--readonly=1", "--readonly=true");
    }
}
