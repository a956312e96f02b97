package org.pixelforest.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.io.TextFile;
import org.pixelforest.label.LabelClass;
import org.pixelforest.project.Project;
import org.pixelforest.training.ProjectMerge;
import org.pixelforest.training.ProjectMerge.Conflict;
import org.pixelforest.training.ProjectMerge.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        sortOptions = false,
        header = "Put the labels of two people into one project and say how far they agree.%n",
        description = {
            "Images are told by their files and content, classes by name. Agreement is Cohen's kappa over the pixels that both labelled: 1 is "
                    + "full agreement, 0 chance.%n"
        },
        footer = {"", "Example:", "  pixelforest merge anna.ilp ben.ilp --out both.ilp --report conflicts.json"})
final class MergeCommand implements Callable<Integer> {

    private static final int MOST_CONFLICTS = 40;

    private final Console console;

    @Parameters(index = "0", paramLabel = "A.ilp", description = "The first project; its features are kept.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B.ilp", description = "The second one.")
    private Path second;

    @Option(names = "--out", required = true, paramLabel = "C.ilp", description = "Where the merged project goes.")
    private Path out;

    @Option(names = "--overwrite", description = "Let --out replace a file that is there.")
    private boolean overwrite;

    @Option(
            names = "--conflicts",
            defaultValue = "neither",
            paramLabel = "WHOSE",
            description =
                    "Whose label stands where the two differ: neither (the default: unlabelled), first or second.")
    private ProjectMerge.Winner winner;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write agreement and all conflicts to this JSON file.")
    private Path report;

    @Option(names = "--verbose", description = "Show where in the program an error came from.")
    private boolean verbose;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        memory.check();
        TrainCommand.refuseToReplace(out, null, overwrite);
        Project a = Project.read(first);
        Project b = Project.read(second);
        ProjectMerge merge = ProjectMerge.of(new Source(a, first), new Source(b, second), winner);
        Project written = merge.project().write(out);
        List<LabelClass> classes = written.classes();
        print("images      %d in both, %d only in %s", merge.shared(), merge.added(), second);
        if (!a.features().equals(b.features())) {
            console.err().println("note: the projects have other features; those of " + first + " are kept");
        }
        agreement(merge.agreement(), classes);
        List<Conflict> conflicts = merge.conflicts();
        print("conflicts   %d places, %s", conflicts.size(), says(conflicts.size()));
        for (Conflict conflict : conflicts.subList(0, Math.min(MOST_CONFLICTS, conflicts.size()))) {
            print(
                    "            %s x %d, y %d: %d pixels %s in the first, %s in the second",
                    conflict.image(),
                    conflict.bounds().minX(),
                    conflict.bounds().minY(),
                    conflict.pixels(),
                    classes.get(conflict.first() - 1).name(),
                    classes.get(conflict.second() - 1).name());
        }
        if (conflicts.size() > MOST_CONFLICTS) {
            print("            and %d more; --report lists all", conflicts.size() - MOST_CONFLICTS);
        }
        if (report != null) {
            TextFile.write(report, json(merge, classes));
        }
        console.err().println("written to " + out + ", without a forest; train it: pixelforest train " + out);
        return 0;
    }

    private String says(int places) {
        if (places == 0) {
            return "nothing was labelled differently";
        }
        return switch (winner) {
            case NEITHER -> "left unlabelled";
            case FIRST -> "labelled as in the first";
            case SECOND -> "labelled as in the second";
        };
    }

    private void agreement(ConfusionMatrix matrix, List<LabelClass> classes) {
        if (matrix.size() == 0) {
            print("agreement   unknown: no pixel is labelled in both");
            return;
        }
        print(
                "agreement   %.1f %% of %,d pixels labelled in both, kappa %s",
                100 * matrix.accuracy(), matrix.total(), kappa(matrix.kappa()));
        for (int i = 0; i < matrix.size(); i++) {
            print(
                    "            %s: kappa %s",
                    classes.get(matrix.labels()[i] - 1).name(), kappa(matrix.kappa(i)));
        }
    }

    private static String kappa(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "unknown (one class only)";
    }

    private void print(String format, Object... values) {
        console.out().println(String.format(Locale.ROOT, format, values));
    }

    private static String json(ProjectMerge merge, List<LabelClass> classes) {
        ConfusionMatrix matrix = merge.agreement();
        JsonObject all = new JsonObject();
        all.addProperty("program", "PixelForest " + Main.version());
        all.addProperty("command", "merge");
        all.addProperty("pixelsInBoth", matrix.size() == 0 ? 0 : matrix.total());
        JsonObject kappa = new JsonObject();
        for (int i = 0; i < matrix.size(); i++) {
            double value = matrix.kappa(i);
            kappa.addProperty(classes.get(matrix.labels()[i] - 1).name(), Double.isFinite(value) ? value : null);
        }
        all.add("kappa", kappa);
        JsonArray conflicts = new JsonArray();
        for (Conflict conflict : merge.conflicts()) {
            JsonObject json = new JsonObject();
            json.addProperty("image", conflict.image());
            json.addProperty("x", conflict.bounds().minX());
            json.addProperty("y", conflict.bounds().minY());
            json.addProperty("z", conflict.bounds().minZ());
            json.addProperty("t", conflict.bounds().t());
            json.addProperty("width", conflict.bounds().width());
            json.addProperty("height", conflict.bounds().height());
            json.addProperty("pixels", conflict.pixels());
            json.addProperty("first", classes.get(conflict.first() - 1).name());
            json.addProperty("second", classes.get(conflict.second() - 1).name());
            conflicts.add(json);
        }
        all.add("conflicts", conflicts);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(all) + "\n";
    }
}
