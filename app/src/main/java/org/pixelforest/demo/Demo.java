package org.pixelforest.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.pixelforest.batch.Batch;
import org.pixelforest.batch.BatchListener;
import org.pixelforest.batch.BatchPlan;
import org.pixelforest.batch.BatchSettings;
import org.pixelforest.batch.ClassifyBatch;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.OutputCard;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.batch.RawFiles;
import org.pixelforest.batch.ResultSource;
import org.pixelforest.batch.StackWriter;
import org.pixelforest.classify.LabeledImage;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.TrainingSet;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.forest.CrossValidation;
import org.pixelforest.forest.ForestOptions;
import org.pixelforest.forest.Progress;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.TrainedForest;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;
import org.pixelforest.prepare.Crop;
import org.pixelforest.prepare.Preparation;
import org.pixelforest.project.Additions;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * A small study from raw stacks to figures against the truth: cohort, preparation, strokes, training, classification, contact
 * sheet. Everything goes through the same files and calls as a real study.
 */
public final class Demo {

    private static final String READ_ME = "README.txt";
    private static final String PROJECT = "demo.ilp";
    private static final long SEED = 7;

    private final Path folder;
    private final int threads;
    private final String program;
    private final Consumer<String> say;

    /** What is known of an image on the way. */
    private static final class Item {
        private final Tissue tissue;
        private final Path raw;
        private Path stack;
        private Path cropFile;
        private Crop crop;
        private List<Stroke> strokes = List.of();
        private Labels labels;

        Item(Tissue tissue, Path raw) {
            this.tissue = tissue;
            this.raw = raw;
        }
    }

    private Demo(Path folder, int threads, String program, Consumer<String> say) {
        this.folder = folder;
        this.threads = threads;
        this.program = program;
        this.say = say;
    }

    /**
     * Makes the study in a folder, which must be empty, absent, or hold an earlier demo.
     *
     * @param program name and version, for the model card
     * @param say told in one line what happens
     * @return the true classes and the given ones, all images together
     */
    public static ConfusionMatrix run(Path folder, int threads, String program, Consumer<String> say)
            throws IOException {
        System.setProperty("java.awt.headless", "true");
        return new Demo(folder, threads, program, say).run();
    }

    private ConfusionMatrix run() throws IOException {
        claimFolder();
        List<Item> items = cohort();
        prepare(items);
        paint(items);
        Project project = train(items);
        classify(project, items);
        return show(items);
    }

    private void claimFolder() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent() && !Files.exists(folder.resolve(READ_ME))) {
                    throw new IOException(
                            folder + ": is not empty; name another folder, e.g. 'pixelforest demo mydemo'");
                }
            }
        }
        Files.createDirectories(folder);
        write(READ_ME, DemoText.README);
    }

    private void write(String name, String text) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Item> cohort() throws IOException {
        say.accept("tissue: " + Cohort.TISSUES.size() + " images of " + Marker.values().length + " channels");
        write("panel.csv", DemoText.panel());
        Stream<TissueRecipe> recipes = threads > 1 ? Cohort.TISSUES.parallelStream() : Cohort.TISSUES.stream();
        List<Tissue> tissues = recipes.map(Tissue::grow).toList();
        List<Item> items = new ArrayList<>();
        for (Tissue tissue : tissues) {
            items.add(new Item(tissue, CohortFiles.write(tissue, folder)));
        }
        return items;
    }

    private void prepare(List<Item> items) throws IOException {
        say.accept("prepare: mean channel, twice the size, a crop of each");
        StackWriter writer = new StackWriter(
                Preparation.IMC,
                Optional.empty(),
                new StackWriter.Folders(Optional.empty(), Optional.empty(), true),
                0,
                threads);
        for (Item item : items) {
            StackWriter.Written written = writer.write(new RawFiles(item.raw, item.raw.getParent()), pixels -> {});
            item.stack = written.stack();
            item.cropFile = written.crop().orElseThrow();
            String name = item.raw.getFileName().toString();
            item.crop = Crop.of(name, written.shape().y(), written.shape().x(), Preparation.IMC.cropSize());
        }
    }

    private void paint(List<Item> items) {
        int strokes = 0;
        for (Item item : items.subList(0, Cohort.LABELLED)) {
            item.strokes =
                    Scribbles.paint(item.tissue, item.crop, item.tissue.recipe().seed() + SEED);
            strokes += item.strokes.size();
        }
        say.accept("label: " + strokes + " strokes on " + Cohort.LABELLED + " crops, as a person paints them");
    }

    private Project train(List<Item> items) throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>();
        try {
            for (Item item : items) {
                ImageSource crop = Images.open(item.cropFile);
                item.labels = Labels.empty(crop.shape());
                for (Stroke stroke : item.strokes) {
                    item.labels = item.labels.with(stroke);
                }
                String name = stem(item.cropFile);
                images.add(new LabeledImage(name, crop, item.labels));
                ImageLocation place = ImageLocation.of(item.cropFile, Optional.of(name), folder);
                lanes.add(Lane.of(name, place, crop.axes(), crop.shape(), name).withLabels(item.labels));
            }
            FeatureSelection features = FeatureSelection.from(1);
            TrainingSet set = TrainingSet.of(features, images, threads, () -> false);
            ForestOptions options = ForestOptions.ILASTIK.withSeed(SEED);
            TrainedForest trained = RandomForest.trainWithReport(set.samples(), options, threads, Progress.NONE);
            CrossValidation heldOut = CrossValidation.run(
                    set.samples(), set.imageGroups(), Cohort.LABELLED, options, threads, Progress.NONE);
            say.accept(String.format(
                    Locale.ROOT,
                    "train: %,d pixels, %d features, %d trees, error %.1f %% out of bag, %.1f %% on images held out",
                    set.count(),
                    set.samples().features(),
                    trained.forest().trees(),
                    100 * trained.report().oobError(),
                    100 * heldOut.error()));
            return save(trained.forest(), features, lanes, images.get(0).stack());
        } finally {
            for (LabeledImage image : images) {
                image.stack().close();
            }
        }
    }

    private Project save(RandomForest forest, FeatureSelection features, List<Lane> lanes, ImageSource example)
            throws IOException {
        List<String> channels = example.channelNames();
        Project project = Project.create()
                .withFeatures(features)
                .withLanes(lanes)
                .withForest(forest)
                .withAdditions(Additions.NONE.withChannelNames(channels).withSeed(Optional.of(SEED)));
        ModelCard card = ModelCard.of(
                program,
                project.classifier().orElseThrow(),
                Optional.of(project.labelsSha256()),
                Optional.of(SEED),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        project = project.withAdditions(project.additions().withModelCard(Optional.of(card)));
        project.write(folder.resolve(PROJECT));
        return Project.read(folder.resolve(PROJECT));
    }

    private void classify(Project project, List<Item> items) throws IOException {
        say.accept("classify: all " + items.size() + " images, one of them never labelled");
        PixelClassifier classifier = project.classifier().orElseThrow();
        BatchSettings settings = new BatchSettings(
                ExportSettings.NONE,
                ExportSettings.IMC,
                Optional.empty(),
                Optional.empty(),
                classifier.channelNames(),
                false,
                threads);
        List<DatasetPlace> places = items.stream()
                .map(item -> new DatasetPlace(item.stack, Optional.empty()))
                .toList();
        BatchPlan plan = BatchPlan.of(places, classifier, project.export(), folder.resolve(PROJECT), settings);
        Batch batch = new ClassifyBatch(ResultSource.of(classifier, image -> Optional.empty()), OutputCard.of(project))
                .batch(plan, threads, new Silent());
        for (Outcome outcome : batch.run()) {
            if (outcome.status() != Outcome.Status.WRITTEN) {
                throw new IOException(outcome.message());
            }
        }
    }

    /** The demo is too quick for a progress bar. */
    private static final class Silent implements BatchListener {
        @Override
        public void started(PlannedImage image) {}

        @Override
        public void advanced(long pixels) {}

        @Override
        public void finished(Outcome outcome) {}
    }

    private ConfusionMatrix show(List<Item> items) throws IOException {
        List<Result> results = new ArrayList<>();
        long[][] counts = new long[LabelClass.TISSUE.size()][LabelClass.TISSUE.size()];
        for (Item item : items) {
            Result result = result(item, counts);
            results.add(result);
            say.accept(
                    String.format(Locale.ROOT, "  %-16s %s", result.name(), ContactSheet.figures(result.agreement())));
        }
        ConfusionMatrix all = matrix(counts);
        say.accept(String.format(Locale.ROOT, "  %-16s %s", "all", ContactSheet.figures(all)));
        String summary = DemoText.summary(results, all);
        ImageIO.setUseCache(false);
        ImageIO.write(
                ContactSheet.draw(results, summary),
                "png",
                folder.resolve("contact-sheet.png").toFile());
        write("contact-sheet.html", ContactPage.html(results, all, summary));
        return all;
    }

    /** @param total counts of true and given classes, to which those of this image are added */
    private Result result(Item item, long[][] total) throws IOException {
        Block stack = read(item.stack);
        Block probabilities = read(item.stack.resolveSibling(stem(item.stack) + "_Probabilities.tiff"));
        float[] samples = probabilities.samples();
        for (int i = 0; i < samples.length; i++) {
            samples[i] /= 65535;
        }
        long[][] counts = new long[total.length][total.length];
        byte[] given = likeliest(probabilities);
        for (int i = 0; i < given.length; i++) {
            counts[item.tissue.truth()[i] - 1][given[i] - 1]++;
            total[item.tissue.truth()[i] - 1][given[i] - 1]++;
        }
        Picture composite = Picture.composite(stack);
        int width = composite.width;
        byte[] painted = item.labels.read(item.labels.shape().whole(0));
        int[] strokes = new int[composite.rgb.length];
        long labelled = 0;
        for (int i = 0; i < painted.length; i++) {
            if (painted[i] != 0) {
                int y = item.crop.y() + i / item.crop.width();
                int x = item.crop.x() + i % item.crop.width();
                strokes[y * width + x] = Picture.STROKES[painted[i] - 1];
                labelled++;
            }
        }
        return new Result(
                item.tissue.recipe().name(),
                item.strokes.size(),
                labelled,
                matrix(counts),
                composite,
                composite.dimmed().with(strokes),
                Picture.probabilities(probabilities),
                Picture.uncertainty(probabilities),
                Picture.classes(item.tissue.truth(), composite.height, width));
    }

    private static ConfusionMatrix matrix(long[][] counts) {
        return new ConfusionMatrix(IntStream.rangeClosed(1, counts.length).toArray(), counts);
    }

    private static Block read(Path file) throws IOException {
        try (ImageSource image = Images.open(file)) {
            return image.read(image.shape().whole(0));
        }
    }

    /** The class of the largest probability, the first among equals. */
    private static byte[] likeliest(Block probabilities) {
        int pixels = Math.toIntExact(probabilities.region().pixels());
        byte[] classes = new byte[pixels];
        for (int i = 0; i < pixels; i++) {
            int best = 0;
            for (int k = 1; k < probabilities.channels(); k++) {
                if (probabilities.samples()[k * pixels + i] > probabilities.samples()[best * pixels + i]) {
                    best = k;
                }
            }
            classes[i] = (byte) (best + 1);
        }
        return classes;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
