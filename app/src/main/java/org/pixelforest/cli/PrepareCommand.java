package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pixelforest.batch.RawFiles;
import org.pixelforest.batch.StackWriter;
import org.pixelforest.prepare.Preparation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prepare",
        sortOptions = false,
        header = "Prepare raw stacks for labelling and classification: mean channel, enlarged, and a crop of each.%n",
        description = {
            "Each X_ilastik.tiff gets an X_ilastik_s2.h5 beside it: the mean of its channels times 100, then the channels, all "
                    + "at twice the size, 16 bit; and a random crop of it in the sibling folder 'crops'. The numbers, names and "
                    + "crop positions are those of the IMC Segmentation Pipeline, to the last bit.%n"
        },
        footer = {
            "",
            "Examples:",
            "  pixelforest prepare analysis/ilastik",
            "  pixelforest prepare --channels Ir191,Ir193,Nd148 --no-crops analysis/ilastik/*.tiff",
            "  pixelforest prepare --format steinbock --seed 123 img",
            "",
            "Exit status: 0 all written, 1 at least one image failed, 2 the command line was not understood."
        })
final class PrepareCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Raw stacks, patterns such as 'img/*.tiff', or folders of which all *_ilastik.tiff are taken (with --format steinbock all TIFF files); "
                            + "hidden files and folders are not.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private PrepareOptions options = new PrepareOptions();

    @Option(names = "--crops", paramLabel = "DIR", description = "Folder for the crops.")
    private Path crops;

    @Option(names = "--no-crops", description = "Write no crops.")
    private boolean noCrops;

    @Option(
            names = "--crop-size",
            paramLabel = "N",
            description = "Largest height and width of a crop in enlarged pixels, default 500 (steinbock: 512).")
    private Integer cropSize;

    @Option(names = "--stacks", paramLabel = "DIR", description = "Folder for the prepared stacks.")
    private Path stacks;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "For steinbock: where its crops lie, default 0. Otherwise the names of the files decide.")
    private String seed = "0";

    @Mixin
    private WorkOptions work = new WorkOptions();

    PrepareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedException {
        Preparation preparation = options.preparation(Optional.ofNullable(cropSize));
        if (noCrops && crops != null) {
            throw new RefusedException("--crops and --no-crops exclude each other");
        }
        List<RawFiles> raws = RawFiles.named(files, preparation.format());
        StackWriter.Folders folders =
                new StackWriter.Folders(Optional.ofNullable(stacks), Optional.ofNullable(crops), !noCrops);
        StackWriter writer =
                new StackWriter(preparation, options.panel(preparation, raws), folders, seed(), work.threads());
        return new PrepareRun(console, work).run(writer, raws);
    }

    private long seed() throws RefusedException {
        try {
            return Long.parseUnsignedLong(seed);
        } catch (NumberFormatException e) {
            throw new RefusedException("--seed must be a whole number, 0 or more (got: " + seed + ")", e);
        }
    }
}
