package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.project.Project;
import org.pixelforest.training.LabelExport;
import org.pixelforest.training.LabelImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "labels",
        sortOptions = false,
        synopsisSubcommandLabel = "export|import",
        header = "Take the labels out of a project as images, or bring them in.%n",
        footer = {
            "",
            "Examples:",
            "  pixelforest labels export IMC.ilp labels/ --format tiff",
            "  pixelforest labels import IMC.ilp --image crop1 crop1_labels.png --out IMC_new.ilp"
        })
final class LabelsCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    LabelsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return CommandTree.MISUSED;
    }

    @Command(
            name = "export",
            header = "Write NICKNAME_labels.png and the like for each labelled image, and classes.csv.",
            mixinStandardHelpOptions = true)
    int export(
            @Parameters(paramLabel = "P.ilp", description = "The project; it is only read.") Path project,
            @Parameters(paramLabel = "DIR", description = "Folder for the label images.") Path folder,
            @Option(
                            names = "--format",
                            defaultValue = "png",
                            paramLabel = "FORMAT",
                            description = "png (the default), tiff or hdf5; 0 = unlabelled, else the class number.")
                    LabelExport.Kind format)
            throws IOException {
        for (Path written : LabelExport.write(Project.read(project), project, folder, format)) {
            console.out().println(written);
        }
        return 0;
    }

    @Command(
            name = "import",
            header = "Paint the labels of a label image or table over those of an image of the project.",
            mixinStandardHelpOptions = true)
    int bringIn(
            @Parameters(paramLabel = "P.ilp", description = "The project.") Path project,
            @Option(names = "--image", required = true, paramLabel = "NICKNAME", description = "Which of its images.")
                    String image,
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "Label image (PNG, TIFF, HDF5, NumPy; 0 leaves a pixel as it is) or table (.csv).")
                    String labels,
            @Option(
                            names = "--out",
                            paramLabel = "NEW.ilp",
                            description = "Where the project goes; by default P.ilp itself, kept as P.ilp.bak.")
                    Path out,
            @Option(names = "--overwrite", description = "Let --out replace a file that is there.") boolean overwrite,
            @Option(names = "--replace", description = "Take off the labels that the image has.") boolean replace)
            throws Exception {
        Path target = out == null ? project : out;
        TrainCommand.refuseToReplace(target, project, overwrite);
        Project changed = LabelImport.of(Project.read(project), project, image, DatasetPlace.of(labels), replace)
                .write(target);
        long count = changed.lanes().stream()
                .filter(lane -> lane.nickname().equals(image))
                .mapToLong(lane -> lane.labels().count())
                .sum();
        console.out().println(target + ": " + image + " has " + count + " labelled pixels");
        console.err()
                .println("note: the forest was made from other labels and is gone; train again: pixelforest train "
                        + target);
        return 0;
    }
}
