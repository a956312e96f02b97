package org.pixelforest.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.forest.Progress;
import org.pixelforest.io.TextFile;
import org.pixelforest.project.Project;
import org.pixelforest.training.ClassifierCost;
import org.pixelforest.training.FeaturePruning;
import org.pixelforest.training.ProjectTraining;
import org.pixelforest.training.TrainingImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "suggest",
        sortOptions = false,
        header = "Say which features and channels a project could do without, and what that saves.%n",
        description = {
            "Leaves out the least important ones step by step and judges each choice on images (or strokes) that the forest never saw. "
                    + "With --out a project trained on the suggested ones is written.%n"
        },
        footer = {"", "Example:", "  pixelforest suggest IMC.ilp --margin 0.01 --out IMC_small.ilp"})
final class SuggestCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "P.ilp", description = "The project; it is only read.")
    private Path project;

    @Option(
            names = "--margin",
            paramLabel = "M",
            defaultValue = "0.005",
            description = "How much of the mean F1 may be lost, 0 to 1; by default 0.005.")
    private double margin;

    @Option(names = "--out", paramLabel = "NEW.ilp", description = "Write a project with the suggested features.")
    private Path out;

    @Option(names = "--overwrite", description = "Let --out replace a file that is there.")
    private boolean overwrite;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private WorkOptions work = new WorkOptions();

    SuggestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (out != null) {
            TrainCommand.refuseToReplace(out, project, overwrite);
        }
        Project read = Project.read(project);
        StepProgress progress = new StepProgress(console);
        try (TrainingImages images = TrainingImages.open(read, project, training.skipMissing())) {
            images.notes().forEach(note -> console.err().println("note: " + note));
            ProjectTraining engine =
                    new ProjectTraining(images, training.forest(read), work.threads(), "PixelForest " + Main.version());
            TrainingSet set = engine.gather(images.project());
            FeaturePruning pruning = engine.prune(images.project(), set, margin, progress.of("trying"));
            progress.clear();
            pruning.summary(images.project()).forEach(console.out()::println);
            Project pruned = pruning.applied(
                    images.project(), images.images().get(0).stack().shape().c());
            ProjectTraining.Result small = engine.train(pruned, engine.gather(pruned), 1, Progress.NONE);
            ProjectTraining.Result large = engine.train(images.project(), set, 1, Progress.NONE);
            List<ClassifierCost> costs = ClassifierCost.of(
                    List.of(large.classifier(), small.classifier()),
                    images.images().get(0));
            ClassifierCost.saving(costs.get(0), costs.get(1)).forEach(console.out()::println);
            if (out != null) {
                small.project().write(out);
                console.err().println("written to " + out);
            }
            if (work.report().isPresent()) {
                String json = pruning.json(
                        "PixelForest " + Main.version(),
                        project.toString(),
                        images.project(),
                        costs.get(0),
                        costs.get(1));
                TextFile.write(work.report().get(), json);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(project + ": " + e.getMessage(), e);
        } finally {
            progress.clear();
        }
    }
}
