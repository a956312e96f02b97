package org.pixelforest.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pixelforest.batch.ImageList;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.label.LabelClass;
import org.pixelforest.project.Project;
import org.pixelforest.training.ClassList;
import org.pixelforest.training.FeatureChoice;
import org.pixelforest.training.NewProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        sortOptions = false,
        customSynopsis = {
            "pixelforest train P.ilp [--out NEW.ilp] [OPTIONS]",
            "pixelforest train --images FILE... --labels FILE... --out P.ilp [OPTIONS]%n"
        },
        header = "Train a forest on labels and say how good it is.%n",
        description = {
            "Trains on the labels of a project and saves the forest into it (the file before stays as P.ilp.bak), or makes a project "
                    + "from images and label images. ilastik opens both.",
            "",
            "The quality is judged on strokes and images that a forest never saw.%n"
        },
        footer = {
            "",
            "Examples:",
            "  pixelforest train IMC.ilp --out IMC_new.ilp --seed 1 --report quality.html",
            "  pixelforest train --images crops/*.h5 --labels crops/*_labels.png --out IMC.ilp \\",
            "      --classes 'nucleus=#ff0000,cytoplasm=#00ff00,background=#0000ff' --features 'all sigma>=1'"
        })
final class TrainCommand implements Callable<Integer> {

    private static final double MARGIN = 0.005;

    private final Console console;

    @Parameters(paramLabel = "P.ilp", arity = "0..1", description = "The project whose labels count.")
    private Path project;

    @Option(
            names = "--out",
            paramLabel = "NEW.ilp",
            description = "Where the trained project goes; by default P.ilp itself.")
    private Path out;

    @Option(names = "--overwrite", description = "Let --out replace a file that is there; it stays as NEW.ilp.bak.")
    private boolean overwrite;

    @Option(
            names = "--images",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Images of a new project: as in classify.")
    private List<String> images = new ArrayList<>();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Label images of the same sizes (PNG, TIFF, HDF5, NumPy; 0 = unlabelled, else the class number), or tables (.csv with "
                            + "columns x, y, class). Paired with the images by name, else by order.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--classes",
            paramLabel = "LIST",
            description = "Names and colours in order: name=#rrggbb with commas between; the colours may be left out.")
    private String classes;

    @Option(
            names = "--features",
            paramLabel = "CHOICE",
            description =
                    "\"all sigma>=1\", \"default\" (the same), \"all\", \"suggested\" (as few as do), or filters with sigmas: "
                            + "\"GaussianSmoothing:1,1.6;HessianOfGaussianEigenvalues:3.5\". In stacks, 3D behind a sigma lets it act "
                            + "along z too: \"GaussianSmoothing:1,3.5 3D\". By default those of the project.")
    private String features;

    @Option(
            names = "--channels",
            paramLabel = "NAMES",
            description = "Channels to use, with commas between; by default those that the project uses.")
    private String channels;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(names = "--no-quality", description = "Train only; do not judge.")
    private boolean withoutQuality;

    @Option(names = "--learning-curve", description = "Say too how good a part of the labels would be.")
    private boolean withCurve;

    @Mixin
    private WorkOptions work = new WorkOptions();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Path target = out == null ? project : out;
        if (project == null && (images.isEmpty() || labels.isEmpty() || out == null)) {
            throw new RefusedException("name a project to train, or --images, --labels and --out to make one");
        }
        if (project != null && !(images.isEmpty() && labels.isEmpty())) {
            throw new RefusedException("--images and --labels make a new project; leave out " + project
                    + ", or import labels with 'pixelforest labels import'");
        }
        refuseToReplace(target, project, overwrite);
        boolean suggested = "suggested".equalsIgnoreCase(features == null ? "" : features.strip());
        Optional<FeatureSelection> chosen =
                features == null || suggested ? Optional.empty() : Optional.of(FeatureChoice.parse(features));
        Optional<List<LabelClass>> named = Optional.ofNullable(classes).map(ClassList::parse);
        Project start = project == null ? made(target, named, chosen) : read(named, chosen);
        TrainRun run = new TrainRun(console, work, training, target);
        if (suggested) {
            run.suggest(MARGIN);
        }
        if (!withoutQuality) {
            run.judge(withCurve);
        }
        return run.run(start, project == null ? target : project, Optional.ofNullable(channels));
    }

    /** Another project is never lost by a slip of the tongue. */
    static void refuseToReplace(Path target, Path source, boolean overwrite) throws Exception {
        boolean same =
                source != null && Files.exists(source) && Files.exists(target) && Files.isSameFile(source, target);
        if (Files.exists(target) && !same && !overwrite) {
            throw new RefusedException(
                    target + ": exists already; choose another name, or replace it with --overwrite");
        }
    }

    private Project made(Path target, Optional<List<LabelClass>> named, Optional<FeatureSelection> chosen)
            throws Exception {
        List<DatasetPlace> labelFiles = new ArrayList<>();
        for (String label : labels) {
            labelFiles.addAll(ImageList.of(List.of(label)));
        }
        NewProject made = NewProject.of(
                ImageList.of(images),
                labelFiles,
                named,
                chosen.orElse(FeatureSelection.from(1)),
                target.toAbsolutePath().getParent());
        made.notes().forEach(note -> console.err().println("note: " + note));
        return made.project();
    }

    private Project read(Optional<List<LabelClass>> named, Optional<FeatureSelection> chosen) throws Exception {
        Project read = Project.read(project);
        if (named.isPresent()) {
            int needed = read.lanes().stream()
                    .mapToInt(lane -> lane.labels().highest())
                    .max()
                    .orElse(0);
            if (named.get().size() < needed) {
                throw new RefusedException(project + ": class " + needed + " is labelled, but --classes names "
                        + named.get().size());
            }
            read = read.withClasses(named.get()).withoutForest();
        }
        return chosen.isPresent() ? read.withFeatures(chosen.get()) : read;
    }
}
