package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.pixelforest.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "demo",
        sortOptions = false,
        header = "Make a small synthetic study and take it from raw stacks to probabilities.%n",
        description = {
            "Tissue with cells whose truth is known is grown, counted, prepared, labelled with a few strokes, trained and "
                    + "classified; a contact sheet shows it all, and the figures say how close the classes come to the truth. "
                    + "Needs no network and no display, and less than a minute.%n"
        })
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "Where to write, default pixelforest-demo; an earlier demo is written over.")
    private Path folder = Path.of("pixelforest-demo");

    @Mixin
    private WorkOptions work = new WorkOptions();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedException {
        long begun = System.nanoTime();
        Demo.run(folder, work.threads(), "PixelForest " + Main.version(), console.out()::println);
        console.out().println("written to " + folder + "; look at " + folder.resolve("contact-sheet.html"));
        console.err().println("done in " + ProgressLine.seconds((System.nanoTime() - begun) / 1e9));
        return 0;
    }
}
