package org.pixelforest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pixelforest.batch.ImageList;
import org.pixelforest.batch.Problem;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        sortOptions = false,
        header = "Say what a project or an image holds.%n",
        footer = {"", "Examples:", "  pixelforest describe IMC.ilp", "  pixelforest describe 'analysis/ilastik/*_s2.h5'"
        })
final class DescribeCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Projects (.ilp) and images; patterns and file.h5/dataset as in classify.")
    private List<String> files;

    @Option(names = "--verbose", description = "Show where in the program an error came from.")
    private boolean verbose;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedException {
        memory.check();
        int status = 0;
        for (DatasetPlace place : ImageList.of(files)) {
            try {
                if (place.dataset().isEmpty()
                        && place.file().toString().toLowerCase(Locale.ROOT).endsWith(".ilp")) {
                    describe(place.file(), Project.read(place.file()));
                } else {
                    describeImage(place);
                }
            } catch (IOException | RuntimeException e) {
                String text = Problem.message(e);
                boolean named = text.contains(place.file().toString());
                console.err().println("error: " + (named ? text : place.file() + ": " + text));
                if (verbose) {
                    e.printStackTrace(console.err());
                }
                status = CommandTree.FAILED;
            }
        }
        return status;
    }

    private void describeImage(DatasetPlace place) throws IOException {
        String name = place.file() + place.dataset().map(d -> "/" + d).orElse("");
        try (ImageSource image = Images.open(name)) {
            console.out().println(name);
            line("size", size(image.shape()));
            line("samples", image.sampleType().name().toLowerCase(Locale.ROOT) + ", stored as " + image.axes());
            line(
                    "channels",
                    image.channelNames().isEmpty()
                            ? image.shape().c() + ", without names"
                            : String.join(", ", image.channelNames()));
        }
        String description = Images.description(name);
        Optional<ModelCard> card = card(description);
        card.ifPresent(this::describe);
        if (card.isPresent()) {
            line("forest", "SHA-256 " + card.get().forest());
            line("classes", String.join(", ", card.get().classes()));
            if (!card.get().channelNames().isEmpty()) {
                line("trained on", String.join(", ", card.get().channelNames()));
            }
            line(
                    "features",
                    card.get().features().size() + ": "
                            + String.join(", ", card.get().features()));
            ModelCard.appliedBy(description).ifPresent(program -> line("applied by", program));
        } else if (!description.isBlank()) {
            line("says", Problem.oneLine(description));
        }
    }

    private static Optional<ModelCard> card(String description) {
        try {
            return Optional.of(ModelCard.fromJson(description));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void describe(Path file, Project project) throws IOException {
        console.out().println(file);
        line("project", "of ilastik " + project.version() + ", " + Files.size(file) / 1024 + " KiB");
        line("classes", project.classes().stream().map(c -> c.name()).collect(Collectors.joining(", ")));
        line("features", project.features().map(DescribeCommand::features).orElse("none chosen"));
        line(
                "forest",
                project.forest()
                        .map(f -> f.trees() + " trees on " + f.features() + " feature channels, SHA-256 " + f.sha256())
                        .orElse("not trained"));
        List<String> channels = project.additions().channelNames();
        line(
                "channels",
                channels.isEmpty()
                        ? project.channels().map(c -> c + ", without names").orElse("unknown")
                        : String.join(", ", channels));
        project.modelCard().ifPresent(this::describe);
        line("export", export(project.export()));
        line("images", Integer.toString(project.lanes().size()));
        for (Lane lane : project.lanes()) {
            String size = lane.shape().map(DescribeCommand::size).orElse("size unknown");
            String missing = lane.location().isFile()
                            && lane.location()
                                    .file(file.toAbsolutePath().getParent())
                                    .filter(Files::exists)
                                    .isEmpty()
                    ? ", file is missing"
                    : "";
            console.out()
                    .println("    " + lane.nickname() + ": " + size + ", "
                            + String.format(Locale.ROOT, "%,d", lane.labels().count()) + " labelled pixels" + missing);
        }
        project.remarks().forEach(remark -> line("note", remark));
    }

    private void describe(ModelCard card) {
        line("trained by", card.program() + (card.created().isEmpty() ? "" : ", " + card.created()));
        card.seed().ifPresent(seed -> line("seed", Long.toString(seed)));
        card.labels().ifPresent(hash -> line("labels", "SHA-256 " + hash));
    }

    private void line(String name, String text) {
        console.out().println(String.format(Locale.ROOT, "  %-11s %s", name, text));
    }

    private static String size(Shape shape) {
        StringBuilder size = new StringBuilder();
        if (shape.t() > 1) {
            size.append(shape.t()).append(" times, ");
        }
        if (shape.z() > 1) {
            size.append(shape.z()).append(" slices, ");
        }
        return size.append(shape.x())
                .append(" x ")
                .append(shape.y())
                .append(" pixels (x, y), ")
                .append(shape.c())
                .append(shape.c() == 1 ? " channel" : " channels")
                .toString();
    }

    private static String features(FeatureSelection selection) {
        String scales = selection.features().stream()
                .map(f -> f.sigma() + (f.in2d() ? "" : " (3D)"))
                .distinct()
                .collect(Collectors.joining(", "));
        String filters = selection.features().stream()
                .map(f -> f.filter().longName())
                .distinct()
                .collect(Collectors.joining(", "));
        return selection.features().size() + ": " + filters + " at sigma " + scales;
    }

    private static String export(ExportSettings export) {
        if (export.equals(ExportSettings.NONE)) {
            return "nothing stored";
        }
        StringBuilder text = new StringBuilder(export.format().orElse("format open"));
        export.type().ifPresent(t -> text.append(", ").append(t.name().toLowerCase(Locale.ROOT)));
        export.axes().ifPresent(a -> text.append(", ").append(a));
        export.outputRange()
                .ifPresent(r -> text.append(", ").append(r.min()).append(" to ").append(r.max()));
        export.fileName().ifPresent(n -> text.append(", ").append(n));
        return text.toString();
    }
}
