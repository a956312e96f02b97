package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.ImageList;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.io.DatasetPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "classify",
        sortOptions = false,
        customSynopsis = "pixelforest classify --project P.ilp [OPTIONS] FILE...%n",
        header = "Apply a trained project to images and write probabilities.%n",
        description = {
            "Without further options each FILE gets a FILE_Probabilities.tiff beside it: y x c, uint16, 0 to 65535, as the IMC "
                    + "segmentation pipeline reads it. Settings stored in the project come before that, options before both.",
            "",
            "All options of 'ilastik --headless' that concern pixel classification are understood, as --option=value or "
                    + "--option value, with hyphens or underscores.%n"
        },
        footer = {
            "",
            "Examples:",
            "  pixelforest classify --project IMC.ilp analysis/ilastik/*_s2.h5",
            "  pixelforest classify --project IMC.ilp --input_axes cyx --output_axis_order yxc \\",
            "      --output_filename_format 'probabilities/{nickname}.tiff' 'img/*.h5/img'",
            "",
            "Exit status: 0 all written, 1 at least one image failed, 2 the command line was not understood."
        })
final class ClassifyCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--project",
            paramLabel = "P.ilp",
            required = true,
            description = "The trained project. It is only read, except with --retrain --readonly=false.")
    private Path project;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Images: HDF5 (file.h5 or file.h5/dataset), TIFF, OME-TIFF, NumPy, PNG; patterns such as '*_s2.h5'; or a "
                            + "folder, whose prepared stacks (*_s2.h5) are taken.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--raw_data", paramLabel = "FILE", arity = "1..*", description = "Images as well.")
    private List<String> rawData = new ArrayList<>();

    @Option(
            names = "--prediction_mask",
            paramLabel = "FILE",
            arity = "1..*",
            description = "A mask for each image, in the same order: where it is 0, probabilities are 0.")
    private List<String> masks = new ArrayList<>();

    @Option(
            names = "--input_axes",
            paramLabel = "AXES",
            description =
                    "Axes of the arrays in the files, slowest first, e.g. cyx; by default what the file says, or else the axes "
                            + "of the project's last image.")
    private String inputAxes;

    @Mixin
    private ExportOptions export = new ExportOptions();

    @Option(
            names = "--resume",
            description =
                    "Leave out images whose output exists, was made with the same project and options, and is newer than the "
                            + "image.")
    private boolean resume;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private IlastikOptions ilastik = new IlastikOptions();

    @Spec
    private CommandSpec spec;

    ClassifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (ilastik.asksForTheImpossible()) {
            throw new RefusedException(
                    "distributed runs and made-up labels are not supported; name several files instead, they run side by side");
        }
        spec.commandLine()
                .getUnmatchedArguments()
                .forEach(a -> console.warn("unknown option " + a + " is passed over"));
        List<String> names = new ArrayList<>(rawData);
        names.addAll(files);
        if (names.isEmpty()) {
            throw new RefusedException("no images were named; give at least one file, pattern or folder");
        }
        ExportSettings contract = ilastik.asIlastik() ? ExportSettings.ILASTIK : ExportSettings.IMC;
        return new ClassifyRun(console, work, project, export.settings(), contract, resume)
                .retrained(ilastik.retraining())
                .run(images(names), axes(), ilastik.ignoresTrainingAxes());
    }

    private List<BatchImage> images(List<String> names) throws IOException, RefusedException {
        List<BatchImage> images =
                ImageList.of(names).stream().map(BatchImage::of).toList();
        List<DatasetPlace> places = ImageList.of(masks);
        if (places.isEmpty()) {
            return images;
        }
        if (places.size() != images.size()) {
            throw new RefusedException("--prediction_mask needs a mask for each image (got " + places.size() + " for "
                    + images.size() + ")");
        }
        Optional<String> axes =
                Optional.ofNullable(inputAxes).filter(a -> a.contains(",")).map(a -> a.split(",")[1].strip());
        List<BatchImage> masked = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            masked.add(images.get(i).withMask(places.get(i), axes));
        }
        return masked;
    }

    /** ilastik takes axes for each role of an image, raw data first. */
    private Optional<String> axes() {
        return Optional.ofNullable(inputAxes).map(axes -> axes.split(",")[0].strip());
    }
}
