package org.pixelforest.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.RawFiles;
import org.pixelforest.batch.StackWriter;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.prepare.Preparation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        sortOptions = false,
        customSynopsis = "pixelforest run --project P.ilp [OPTIONS] FILE...%n",
        header = "Prepare raw stacks and classify them, in one go.%n",
        description = {
            "Does what 'prepare' and then 'classify' do, and gives the same numbers; options are theirs. No crops are cut.%n"
        },
        footer = {
            "",
            "Examples:",
            "  pixelforest run --project IMC.ilp analysis/ilastik",
            "  pixelforest run --project IMC.ilp --no-keep --resume analysis/ilastik",
            "",
            "Exit status: 0 all written, 1 at least one image failed, 2 the command line was not understood."
        })
final class RunCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--project",
            paramLabel = "P.ilp",
            required = true,
            description = "The trained project. It is only read.")
    private Path project;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Raw stacks, patterns such as 'img/*.tiff', or folders of which all *_ilastik.tiff are taken (with --format steinbock all TIFF files).")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--no-keep",
            description = "Do not write the prepared stacks: compute what is needed of them on the way.")
    private boolean noKeep;

    @Option(names = "--stacks", paramLabel = "DIR", description = "Folder for the prepared stacks.")
    private Path stacks;

    @Mixin
    private PrepareOptions prepare = new PrepareOptions();

    @Mixin
    private ExportOptions export = new ExportOptions();

    @Option(
            names = "--resume",
            description =
                    "Leave out images whose output exists, was made with the same project and options, and is newer.")
    private boolean resume;

    @Mixin
    private WorkOptions work = new WorkOptions();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Preparation preparation = prepare.preparation(Optional.empty());
        ClassifyRun classify = new ClassifyRun(console, work, project, export.settings(), ExportSettings.IMC, resume);
        classify.requireClassifier();
        List<RawFiles> raws = RawFiles.named(files, preparation.format());
        StackWriter writer = new StackWriter(
                preparation,
                prepare.panel(preparation, raws),
                new StackWriter.Folders(Optional.ofNullable(stacks), Optional.empty(), false),
                0,
                work.threads());
        if (noKeep) {
            return classify.run(raws.stream().map(writer::view).toList(), Optional.empty(), true);
        }
        List<BatchImage> images = new ArrayList<>();
        List<RawFiles> stale = new ArrayList<>();
        for (RawFiles raw : raws) {
            Optional<Path> stack = resume ? writer.upToDate(raw) : Optional.empty();
            stack.ifPresentOrElse(file -> images.add(image(file)), () -> stale.add(raw));
        }
        PrepareRun prepared = new PrepareRun(console, work);
        int status = stale.isEmpty() ? 0 : prepared.run(writer, stale);
        prepared.outcomes().stream()
                .filter(o -> o.status() == Outcome.Status.WRITTEN)
                .forEach(o -> images.add(image(o.output().orElseThrow())));
        return Math.max(status, classify.run(images, Optional.empty(), true));
    }

    private static BatchImage image(Path stack) {
        return BatchImage.of(new DatasetPlace(stack, Optional.empty()));
    }
}
