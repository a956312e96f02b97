package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.feature.Feature;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.Images;
import org.pixelforest.project.Project;

/** From labels to a trained project, as a user types it, on a small image of two textures. */
class TrainCommandTest {

    private static final Shape SHAPE = Textures.SHAPE;

    @TempDir
    private Path work;

    private Path image;
    private Path labels;

    @BeforeEach
    void imageAndLabels() throws Exception {
        image = Textures.image(work);
        labels = Textures.labels(work);
    }

    private CommandLineRun make(Path out, Object... more) {
        return Textures.train(image, labels, out, more);
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

    @Test
    void labelsThatDoNotFitAreNotImported() throws Exception {
        Path project = work.resolve("p.ilp");
        assertThat(make(project).status()).isZero();
        byte[] before = Files.readAllBytes(project);
        Path other = Files.writeString(work.resolve("other.csv"), "x,y,class,image\n1,1,1,b\n");
        Path high = Files.writeString(work.resolve("high.csv"), "x,y,class\n1,1,3\n");
        refused(
                CommandLineRun.of("labels", "import", project, "--image", "a", other),
                "other.csv: labels no pixel of image a");
        refused(
                CommandLineRun.of("labels", "import", project, "--image", "a", high),
                "high.csv: holds class 3, but the project has 2 classes");
        refused(
                CommandLineRun.of("labels", "import", project, "--image", "b", other),
                "has no image b; the images are a");
        assertThat(Files.readAllBytes(project)).isEqualTo(before);
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

    /** A tree may be grown on all pixels when there are two: nothing is left to judge by, and JSON knows no NaN. */
    @Test
    void aSinglePixelAClassIsTrainedOn() throws Exception {
        labels = Files.writeString(work.resolve("two.csv"), "x,y,class\n4,3,1\n30,3,2\n");
        int unjudged = 0;
        for (int seed = 0; seed < 8; seed++) {
            Path report = work.resolve(seed + ".json");
            CommandLineRun run = make(work.resolve(seed + ".ilp"), "--trees", 1, "--seed", seed, "--report", report);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).doesNotContain("NaN");
            String json = Files.readString(report);
            assertThat(json).doesNotContain("NaN");
            boolean judged = !run.out().contains("out of bag  cannot be judged");
            assertThat(json.contains("\"outOfBag\": null")).isEqualTo(!judged);
            unjudged += judged ? 0 : 1;
        }
        assertThat(unjudged).isBetween(1, 7);
    }

    @Test
    void whatCannotBeTrainedIsSaidInOneLine() throws Exception {
        Path out = work.resolve("out.ilp");
        refused(make(out, "--classes", "a,a"), "two classes are called 'a'");
        refused(make(out, "--classes", "a"), "a_labels.png: holds class 2, but --classes names 1");
        refused(
                make(out, "--features", "GaussianSmoothing:40"),
                "a: the image has 64 x 48 pixels",
                "sigma 40.0",
                "leave out");
        refused(
                make(out, "--features", "GaussianSmoothing:1;LaplacianOfGaussian:1 3D"),
                "sigma 1 is wanted in 2D and in 3D");
        refused(make(out, "--channels", "3"), "1 to 2");
        Path png = labels;
        refusedTable(out, "x,y,class\n1,1,1\n2,2,1\n", "table.csv: only the class 'left' is labelled");
        refusedTable(out, "x,y,class\n64,1,1\n", "line 2: x 64 is outside the image");
        refusedTable(out, "x,y,class\n", "table.csv: nothing is labelled");
        refusedTable(out, "", "table.csv: the first line must name the columns x, y and class");
        refusedTable(out, "x,y,class,img\n1,1,1,b\n", "the column 'img', which is unknown");
        refusedTable(out, "x,y,class,y\n1,1,1,1\n", "the column 'y' twice");
        refusedTable(out, "x,y,class\n1,1,middle\n", "line 2: there is no class 'middle'");
        refusedTable(out, "x,y,class\n1,1,1\n1,1,2\n", "line 3: pixel x 1, y 1 has two classes");
        refusedTable(out, "x,y,class,image\n1,1,1,b\n1,2,2,b\n", "table.csv: nothing is labelled on these images");
        labels = work.resolve("small.png");
        Shape small = Shape.of(1, 8, 8);
        Textures.write(labels, ImageFormat.PNG, small, SampleType.UINT8, "yxc", Block.zeros(Region.of(0, 0, 8, 8), 1));
        refused(make(out), "small.png: has 8 x 8 pixels", "64 x 48");
        labels = work.resolve("high.png");
        Block high = Block.zeros(SHAPE.whole(0), 1);
        high.samples()[64 + 5] = 100;
        Textures.write(labels, ImageFormat.PNG, SHAPE.withChannels(1), SampleType.UINT8, "yxc", high);
        refused(make(out), "high.png: holds 100 at x 5, y 1; labels are class numbers 1 to 99");
        labels = work.resolve("absent.png");
        CommandLineRun absent = make(out);
        refused(absent, "absent.png: there is no such file");
        assertThat(absent.err()).doesNotContain("no such file: there");
        assertThat(out).doesNotExist();
        labels = png;
        assertThat(make(out).status()).isZero();
        refused(make(out), "exists already");
        Files.delete(image);
        refused(CommandLineRun.of("train", out), "image a: a.h5 is not there");
    }

    private void refusedTable(Path out, String text, String... words) throws Exception {
        labels = Files.writeString(work.resolve("table.csv"), text);
        refused(make(out), words);
        assertThat(out).doesNotExist();
    }

    @Test
    void imagesOfOneTrainingHaveTheSameChannels() throws Exception {
        Path other = work.resolve("b.h5");
        Shape three = SHAPE.withChannels(3);
        Textures.write(other, ImageFormat.HDF5, three, SampleType.FLOAT32, "cyx", Block.zeros(three.whole(0), 3));
        Path more = Files.copy(labels, work.resolve("b_labels.png"));
        Path out = work.resolve("out.ilp");
        refused(
                CommandLineRun.of("train", "--images", image, other, "--labels", labels, more, "--out", out),
                "b.h5",
                "has 3 channels, but the other labelled images have 2");
        refused(
                CommandLineRun.of("train", "--images", image, other, "--labels", labels, labels, more, "--out", out),
                "a_labels.png: is named twice among the label files");
        assertThat(out).doesNotExist();
    }

    @Test
    void labelImagesWithAPaletteAndTablesOfOtherImages() throws Exception {
        Path usual = work.resolve("usual.ilp");
        assertThat(make(usual).status()).isZero();
        BufferedImage grey = ImageIO.read(labels.toFile());
        byte[] colours = {0, (byte) 200, 90};
        BufferedImage coloured = new BufferedImage(
                64, 48, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3, colours, new byte[3], colours));
        coloured.getRaster().setRect(grey.getRaster());
        Path table = work.resolve("table.csv");
        StringBuilder lines = new StringBuilder(",image,x,y,class\n0,other.h5,1,1,1\n");
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                int cls = grey.getRaster().getSample(x, y, 0);
                lines.append(cls == 0 ? "" : "7,a.h5," + x + "," + y + "," + (cls == 1 ? "left" : "right") + "\n");
            }
        }
        ImageIO.write(coloured, "png", labels.toFile());
        Path palette = work.resolve("palette.ilp");
        CommandLineRun run = make(palette);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(forest(palette)).isEqualTo(forest(usual));

        labels = Files.writeString(table, lines);
        run = make(work.resolve("table.ilp"));
        assertThat(run.err()).contains("note: lines of images that are not among --images are passed over: other.h5");
        assertThat(forest(work.resolve("table.ilp"))).isEqualTo(forest(usual));
    }

    /** A stack whose class is to be seen in the slice above only: filters that act along z find it, those in 2D do not. */
    @Test
    void featuresAlongZ() throws Exception {
        Shape stack = new Shape(1, 1, 9, 40, 40);
        Block pixels = Block.zeros(stack.whole(0), 1);
        StringBuilder table = new StringBuilder("x,y,z,class\n");
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                for (int z = 0; z < 9; z++) {
                    int noise = (x * 7 + y * 13 + z * 5) % 11;
                    pixels.samples()[pixels.index(0, z, y, x)] = noise + (z == 5 && x >= 20 ? 200 : 0);
                }
                if (y % 5 == 2 && x % 3 == 1) {
                    table.append(x + "," + y + ",4," + (x < 20 ? 1 : 2) + "\n");
                }
            }
        }
        image = work.resolve("stack.h5");
        Textures.write(image, ImageFormat.HDF5, stack, SampleType.FLOAT32, "zyx", pixels);
        labels = Files.writeString(work.resolve("stack.csv"), table);
        Path deep = work.resolve("deep.ilp");
        Path flat = work.resolve("flat.ilp");
        CommandLineRun inDepth = make(
                deep,
                "--features",
                "GaussianSmoothing:1 3D;LaplacianOfGaussian:1.6",
                "--report",
                work.resolve("d.json"));
        assertThat(inDepth.status()).as(inDepth.err()).isZero();
        CommandLineRun inPlanes = make(
                flat, "--features", "GaussianSmoothing:1;LaplacianOfGaussian:1.6", "--report", work.resolve("f.json"));
        assertThat(inPlanes.status()).as(inPlanes.err()).isZero();
        assertThat(error("d.json")).isLessThan(0.05);
        assertThat(error("f.json")).isGreaterThan(0.3);
        assertThat(Project.read(deep).features().orElseThrow().features())
                .containsExactly(
                        new Feature(Filter.GAUSSIAN_SMOOTHING, 1, false),
                        new Feature(Filter.LAPLACIAN_OF_GAUSSIAN, 1.6, true));
        assertThat(Files.readString(work.resolve("d.json")))
                .contains("\"GaussianSmoothing:1 3D;LaplacianOfGaussian:1.6\"");
        assertThat(CommandLineRun.of("describe", deep).out()).contains("at sigma 1.0 (3D), 1.6");
        assertThat(CommandLineRun.of("classify", "--project", deep, image).out())
                .contains("stack_Probabilities.tiff");
        refused(
                make(work.resolve("o.ilp"), "--features", "all sigma>=1 in 3D"),
                "the image has 9 planes (z), but 3D features");
    }

    private double error(String report) throws Exception {
        return JsonParser.parseString(Files.readString(work.resolve(report)))
                .getAsJsonObject()
                .getAsJsonObject("byStroke")
                .get("error")
                .getAsDouble();
    }

    /** Outputs say what made them, whatever trained the forest; whoever wants the original's bytes gets these alone. */
    @Test
    void outputsCarryTheModelCard() throws Exception {
        Path project = work.resolve("p.ilp");
        assertThat(make(project, "--seed", 9).status()).isZero();
        for (String format : List.of("tiff", "multipage tiff", "hdf5")) {
            Path out = work.resolve(format.replace(' ', '_') + (format.equals("hdf5") ? ".h5" : ".tiff"));
            CommandLineRun run = CommandLineRun.of(
                    "classify",
                    "--project",
                    project,
                    "--output_format",
                    format,
                    "--output_filename_format",
                    out,
                    image);
            assertThat(run.status()).as(run.err()).isZero();
            String said = CommandLineRun.of("describe", out).out();
            assertThat(said)
                    .as(format)
                    .contains("trained by  PixelForest ", "applied by  PixelForest ", "seed        9")
                    .contains(
                            "SHA-256 " + forest(project),
                            "SHA-256 " + Project.read(project).labelsSha256())
                    .contains("classes     left, right", "Gaussian Smoothing (σ=1.6) in 2D");
        }
        Path exact = work.resolve("exact.tiff");
        CommandLineRun.of(
                "classify", "--project", project, "--rounding", "truncate", "--output_filename_format", exact, image);
        assertThat(CommandLineRun.of("describe", exact).out()).doesNotContain("trained by");

        Path golden = Golden.copy("golden.ilp", work);
        Path foreign = work.resolve("foreign.tiff");
        CommandLineRun.of(
                "classify", "--project", golden, "--output_filename_format", foreign, Golden.copy("img2d.h5", work));
        assertThat(CommandLineRun.of("describe", foreign).out())
                .contains("trained by  ilastik ", "applied by  PixelForest ", "SHA-256 " + forest(golden));
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
