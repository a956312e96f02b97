package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.project.Project;

/** From labels to a trained project, as a user types it, on a small image of two textures. */
class TrainCommandTest {

    private static final Shape SHAPE = Shape.of(2, 48, 64);
    private static final String FEATURES = "GaussianSmoothing:1,1.6;LaplacianOfGaussian:1";

    @TempDir
    private Path work;

    private Path image;
    private Path labels;

    @BeforeEach
    void imageAndLabels() throws Exception {
        image = work.resolve("a.h5");
        labels = work.resolve("a_labels.png");
        Block pixels = Block.zeros(SHAPE.whole(0), 2);
        Block painted = Block.zeros(SHAPE.whole(0), 1);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                pixels.samples()[pixels.index(0, 0, y, x)] = (x < 32 ? 100 : 20) + (x * 7 + y * 13) % 11;
                pixels.samples()[pixels.index(1, 0, y, x)] = (x * 5 + y * 3) % 17;
                boolean stroke = y % 16 == 4 && (x > 4 && x < 20 || x > 40 && x < 60);
                painted.samples()[painted.index(0, 0, y, x)] = !stroke ? 0 : x < 32 ? 1 : 2;
            }
        }
        write(image, ImageFormat.HDF5, SHAPE, SampleType.FLOAT32, "cyx", pixels);
        write(labels, ImageFormat.PNG, SHAPE.withChannels(1), SampleType.UINT8, "yxc", painted);
    }

    private static void write(Path file, ImageFormat format, Shape shape, SampleType type, String axes, Block block)
            throws Exception {
        try (ImageSink sink = Images.create(file, format, shape, type, axes, ImageMetadata.NONE)) {
            sink.write(block);
            sink.commit();
        }
    }

    private CommandLineRun make(Path out, Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--images", image, "--labels", labels, "--out", out));
        all.addAll(List.of("--trees", 20, "--no-quality"));
        List<Object> asked = List.of(more);
        if (!asked.contains("--classes")) {
            all.addAll(List.of("--classes", "left=#ff0000,right=#0000ff"));
        }
        if (!asked.contains("--features")) {
            all.addAll(List.of("--features", FEATURES));
        }
        all.addAll(asked);
        return CommandLineRun.of(all.toArray());
    }

    private static String forest(Path project) throws Exception {
        return Project.read(project).forest().orElseThrow().sha256();
    }

    @Test
    void sameSeedSameForestOnAnyNumberOfThreads() throws Exception {
        Path one = work.resolve("one.ilp");
        Path two = work.resolve("two.ilp");
        Path other = work.resolve("other.ilp");
        CommandLineRun run = make(one, "--seed", 5, "--threads", 1);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(make(two, "--seed", 5, "--threads", 2).status()).isZero();
        assertThat(make(other, "--seed", 6).status()).isZero();
        assertThat(forest(one)).isEqualTo(forest(two)).isNotEqualTo(forest(other));
        Project project = Project.read(one);
        assertThat(project.labelsSha256())
                .isEqualTo(project.modelCard().orElseThrow().labels().orElseThrow());
        assertThat(project.modelCard().orElseThrow().seed()).contains(5L);

        CommandLineRun again = CommandLineRun.of("train", one, "--trees", 20, "--report", work.resolve("report.json"));
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(forest(one)).isEqualTo(forest(two));
        assertThat(again.out()).contains("by stroke", "precision", "channel 1");
        assertThat(Files.readString(work.resolve("report.json"))).contains("\"outOfBag\"", "\"gapToOutOfBag\"");
        assertThat(work.resolve("one.ilp.bak")).exists();

        CommandLineRun applied = CommandLineRun.of("classify", "--project", one, image);
        assertThat(applied.status()).as(applied.err()).isZero();
    }

    @Test
    void labelsGoOutAndComeBack() throws Exception {
        Path project = work.resolve("p.ilp");
        assertThat(make(project).status()).isZero();
        String hash = Project.read(project).labelsSha256();
        for (String format : List.of("png", "tiff", "hdf5")) {
            Path folder = work.resolve(format);
            assertThat(CommandLineRun.of("labels", "export", project, folder, "--format", format)
                            .status())
                    .isZero();
            Path file = folder.resolve("a_labels." + (format.equals("hdf5") ? "h5" : format));
            Path back = work.resolve(format + ".ilp");
            CommandLineRun run =
                    CommandLineRun.of("labels", "import", project, "--image", "a", file, "--replace", "--out", back);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(Project.read(back).labelsSha256()).isEqualTo(hash);
            assertThat(Project.read(back).forest()).isEmpty();
        }
    }

    /** Of 4 pixels labelled by both, 3 agree; kappa by hand: observed 3/4, expected 1/2, hence 1/2. */
    @Test
    void mergingSaysHowFarTwoPeopleAgree() throws Exception {
        Path first = table("first", "x,y,class\n1,1,1\n3,1,1\n5,1,2\n7,1,2\n9,9,1\n");
        Path second = table("second", "x,y,class\n1,1,1\n3,1,2\n5,1,2\n7,1,2\n20,20,2\n");
        Path out = work.resolve("merged.ilp");
        CommandLineRun run = CommandLineRun.of("merge", first, second, "--out", out);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("1 in both, 0 only in", "75.0 % of 4 pixels", "left: kappa 0.500", "right: kappa 0.500")
                .contains("a x 3, y 1: 1 pixels left in the first, right in the second");
        var labels = Project.read(out).lanes().get(0).labels();
        assertThat(labels.count()).isEqualTo(5);
        assertThat(labels.get(0, 0, 1, 3)).isZero();
        assertThat(labels.get(0, 0, 20, 20)).isEqualTo(2);
    }

    private Path table(String name, String text) throws Exception {
        Path table = Files.writeString(work.resolve(name + ".csv"), text);
        labels = table;
        Path project = work.resolve(name + ".ilp");
        CommandLineRun run = make(project);
        assertThat(run.status()).as(run.err()).isZero();
        return project;
    }

    @Test
    void whatCannotBeTrainedIsSaidInOneLine() throws Exception {
        Path out = work.resolve("out.ilp");
        refused(make(out, "--classes", "a,a"), "two classes are called 'a'");
        refused(
                make(out, "--features", "GaussianSmoothing:40"),
                "a: the image has 64 x 48 pixels",
                "sigma 40.0",
                "leave out");
        refused(make(out, "--channels", "3"), "1 to 2");
        Path png = labels;
        labels = Files.writeString(work.resolve("one.csv"), "x,y,class\n1,1,1\n2,2,1\n");
        refused(make(out), "only the class 'left' is labelled");
        labels = Files.writeString(work.resolve("far.csv"), "x,y,class\n64,1,1\n");
        refused(make(out), "line 2: x 64 is outside the image");
        labels = Files.writeString(work.resolve("none.csv"), "x,y,class\n");
        refused(make(out), "nothing is labelled");
        labels = work.resolve("small.png");
        Shape small = Shape.of(1, 8, 8);
        write(labels, ImageFormat.PNG, small, SampleType.UINT8, "yxc", Block.zeros(Region.of(0, 0, 8, 8), 1));
        refused(make(out), "small.png: has 8 x 8 pixels", "64 x 48");
        assertThat(out).doesNotExist();
        labels = png;
        assertThat(make(out).status()).isZero();
        refused(make(out), "exists already");
        Files.delete(image);
        refused(CommandLineRun.of("train", out), "image a: a.h5 is not there");
    }

    /** vigra's features differ in the last digits, so that a pixel at a threshold may lose a vote; hardly any may. */
    @Test
    void vigraPredictsTheSameWithAProjectMadeFromScratch() throws Exception {
        Path script = Shared.path("tools/ilastik_reference.py").toAbsolutePath();
        Path project = work.resolve("p.ilp");
        assertThat(make(project).status()).isZero();
        Python.run(
                List.of("h5py", "vigra", "tifffile"),
                "import subprocess, sys; subprocess.run([sys.executable] + sys.argv[1:], check=True)",
                script,
                "predict",
                project,
                image + "/exported_data",
                "-d",
                work);
        Path theirs = work.resolve("a_prob.npy");
        PixelClassifier classifier = Project.read(project).classifier().orElseThrow();
        try (ImageSource ours = Images.open(image);
                ImageSource reference = Images.open(theirs.toString(), Optional.of("tzyxc"))) {
            float[] a = classifier.probabilities(ours, SHAPE.whole(0)).samples();
            float[] b = reference.read(SHAPE.whole(0)).samples();
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += Math.abs(a[i] - b[i]);
            }
            // A vote of 20 trees is 0.05.
            assertThat(sum / a.length).isLessThan(0.05 / 20);
        }
    }

    private static void refused(CommandLineRun run, String... words) {
        assertThat(run.status()).isNotZero();
        assertThat(run.errors()).as(run.err()).hasSize(1);
        assertThat(run.errors().get(0)).contains(words).doesNotContain("unexpected");
    }
}
