package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.Shared;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;

/** Nine real acquisitions and the project that was trained on them, judged by the files that ilastik 1.4.0 wrote. */
class RealCohortTest {

    private static final String FOLDER = "data/imc-testdata/analysis/ilastik";

    @TempDir
    private Path work;

    private final Path project = Shared.path("data/imc-testdata/TestData.ilp");

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void truncatedProbabilitiesHaveTheBytesOfTheOriginals(int threads) throws Exception {
        List<Path> images = copies("_s2.h5");
        CommandLineRun run = CommandLineRun.of(
                "classify", "--project", project, "--rounding", "truncate", "--threads", threads, work);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(images).hasSize(9);
        for (Path image : images) {
            Path output = probabilities(image);
            assertThat(output).hasSameBinaryContentAs(Shared.path(FOLDER).resolve(output.getFileName()));
        }
        assertThat(filesIn(work)).hasSize(18);
    }

    @Test
    void roundedProbabilitiesAreNeverMoreThanOneAway() throws Exception {
        List<Path> images = copies("_s2.h5");
        CommandLineRun run = CommandLineRun.of("classify", "--project=" + project, work.resolve("*_s2.h5"));
        assertThat(run.status()).as(run.err()).isZero();
        long up = 0;
        for (Path image : images) {
            Path output = probabilities(image);
            try (ImageSource ours = Images.open(output);
                    ImageSource theirs = Images.open(Shared.path(FOLDER).resolve(output.getFileName()))) {
                assertThat(ours.shape()).isEqualTo(theirs.shape());
                assertThat(ours.sampleType()).isEqualTo(SampleType.UINT16);
                float[] a = ours.read(ours.shape().whole(0)).samples();
                float[] b = theirs.read(theirs.shape().whole(0)).samples();
                for (int i = 0; i < a.length; i++) {
                    assertThat(a[i] - b[i]).isBetween(0f, 1f);
                    up += a[i] > b[i] ? 1 : 0;
                }
            }
        }
        // Two of a hundred votes are 1310.7: rounding must have changed something.
        assertThat(up).isPositive();
    }

    /** The very command line of steinbock 0.16, on the stacks in its own format. */
    @Test
    void steinbocksCommandLine() throws Exception {
        Path image = copies("_s2.h5").get(2);
        Path folder = Files.createDirectory(work.resolve("ilastik_probabilities"));
        CommandLineRun run = CommandLineRun.of(
                "classify",
                "--as_ilastik",
                "--headless",
                "--project=" + project,
                "--readonly",
                "--input_axes=zyxc",
                "--export_source=Probabilities",
                "--output_format=tiff",
                "--output_filename_format=" + folder + "/{nickname}.tiff",
                "--export_dtype=uint16",
                "--output_axis_order=yxc",
                "--pipeline_result_drange=(0.0,1.0)",
                "--export_drange=(0,65535)",
                image + "/" + stem(image));
        assertThat(run.status()).as(run.err()).isZero();
        Path expected = folder.resolve(stem(image) + "-" + stem(image) + ".tiff");
        assertThat(filesIn(folder)).containsExactly(expected);
        compareWithinOne(expected, probabilities(image));
    }

    /** MCMICRO's module leaves everything to the project. */
    @Test
    void mcmicrosCommandLine() throws Exception {
        Path image = copies("_s2.h5").get(2);
        CommandLineRun run = CommandLineRun.of("classify", "--as_ilastik", "--headless", "--project", project, image);
        assertThat(run.status()).as(run.err()).isZero();
        compareWithinOne(probabilities(image), probabilities(image));
    }

    /** The Fiji plug-in asks for five axes and reads floats from the data set it names. */
    @Test
    void fijisCommandLine() throws Exception {
        Path image = copies("_s2.h5").get(2);
        Path output = work.resolve("predictions.h5");
        CommandLineRun run = CommandLineRun.of(
                "classify",
                "--as_ilastik",
                "--headless",
                "--project=" + project,
                "--output_format=hdf5",
                "--output_axis_order=tzyxc",
                "--readonly=1",
                "--output_internal_path=volume/data",
                "--export_dtype=float32",
                "--pipeline_result_drange=(0,1)",
                "--export_drange=(0,1)",
                "--unknown-option=3",
                "--raw_data=" + image,
                "--output_filename_format=" + output);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("warning: unknown option --unknown-option=3");
        try (ImageSource floats = Images.open(output + "/volume/data");
                ImageSource theirs = Images.open(
                        Shared.path(FOLDER).resolve(probabilities(image).getFileName()))) {
            assertThat(floats.axes()).isEqualTo("tzyxc");
            assertThat(floats.sampleType()).isEqualTo(SampleType.FLOAT32);
            float[] a = floats.read(floats.shape().whole(0)).samples();
            float[] b = theirs.read(theirs.shape().whole(0)).samples();
            for (int i = 0; i < a.length; i++) {
                assertThat((float) (int) (a[i] * 65535f)).isEqualTo(b[i]);
            }
        }
    }

    @Test
    void segmentationAndUncertaintyFollowFromTheProbabilities() throws Exception {
        Path image = copies("_s2.h5").get(2);
        for (String source : List.of("Simple Segmentation", "uncertainty")) {
            CommandLineRun run = CommandLineRun.of(
                    "classify", "--project", project, "--export_source", source, "--output_format", "numpy", image);
            assertThat(run.status()).as(run.err()).isZero();
        }
        String start = image.toString().replace(".h5", "_");
        try (ImageSource segmentation = Images.open(start + "Simple Segmentation.npy");
                ImageSource uncertainty = Images.open(start + "Uncertainty.npy");
                ImageSource theirs = Images.open(
                        Shared.path(FOLDER).resolve(probabilities(image).getFileName()))) {
            Shape shape = theirs.shape();
            int pixels = (int) shape.pixels();
            float[] p = theirs.read(shape.whole(0)).samples();
            float[] s = segmentation.read(segmentation.shape().whole(0)).samples();
            float[] u = uncertainty.read(uncertainty.shape().whole(0)).samples();
            assertThat(s).hasSize(pixels);
            for (int i = 0; i < pixels; i++) {
                float[] votes = {p[i], p[pixels + i], p[2 * pixels + i]};
                int best = votes[1] > votes[0] ? 1 : 0;
                best = votes[2] > votes[best] ? 2 : best;
                assertThat(s[i]).isEqualTo(best + 1f);
                java.util.Arrays.sort(votes);
                assertThat(u[i]).isBetween(65535 - (votes[2] - votes[1]) - 2, 65535 - (votes[2] - votes[1]) + 2);
            }
        }
    }

    @Test
    void aCutoutIsTheCropOfTheWhole() throws Exception {
        Path image = copies("_s2.h5").get(2);
        CommandLineRun run = CommandLineRun.of(
                "classify",
                "--project",
                project,
                "--rounding=truncate",
                "--cutout_subregion=[(20,30,1),(81,None,3)]",
                "--output_filename_format",
                work + "/{nickname}_{y_start}-{y_stop}.tiff",
                "--output_format=multipage tiff",
                image);
        assertThat(run.status()).as(run.err()).isZero();
        Path cut = work.resolve(stem(image) + "_20-81.tiff");
        try (ImageSource part = Images.open(cut);
                ImageSource theirs = Images.open(
                        Shared.path(FOLDER).resolve(probabilities(image).getFileName()))) {
            Shape whole = theirs.shape();
            assertThat(part.shape()).isEqualTo(Shape.of(2, 61, whole.x() - 30));
            float[] a = part.read(part.shape().whole(0)).samples();
            float[] b = theirs.read(whole.whole(0)).samples();
            int at = 0;
            for (int c = 1; c < 3; c++) {
                for (int y = 20; y < 81; y++) {
                    for (int x = 30; x < whole.x(); x++) {
                        assertThat(a[at++]).isEqualTo(b[(c * whole.y() + y) * whole.x() + x]);
                    }
                }
            }
        }
    }

    @Test
    void resumeLeavesOutWhatIsUpToDate() throws Exception {
        List<Path> images = copies("_s2.h5").subList(0, 3);
        Object[] line = {"classify", "--project", project, "--resume", images.get(0), images.get(1), images.get(2)};
        assertThat(CommandLineRun.of(line).status()).isZero();
        var first = Files.getLastModifiedTime(probabilities(images.get(0)));
        Files.delete(probabilities(images.get(1)));
        Path report = work.resolve("report.json");
        CommandLineRun second = CommandLineRun.of(append(line, "--report", report));
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.err()).contains("1 written, 2 up to date");
        assertThat(Files.getLastModifiedTime(probabilities(images.get(0)))).isEqualTo(first);
        assertThat(probabilities(images.get(1))).exists();
        assertThat(Files.readString(report)).contains("\"kept\": 2").contains("\"written\": 1");
        // A newer image makes its output stale.
        Files.setLastModifiedTime(
                images.get(2), java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 5000));
        assertThat(CommandLineRun.of(line).err()).contains("1 written, 2 up to date");
    }

    @Test
    void severalImagesMustNotShareAnOutput() throws Exception {
        List<Path> images = copies("_s2.h5").subList(0, 3);
        CommandLineRun run = CommandLineRun.of(
                "classify",
                "--project",
                project,
                "--output_filename_format",
                work + "/same.tiff",
                images.get(0),
                images.get(1),
                images.get(2));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).hasSize(2).allMatch(e -> e.contains("would overwrite"));
        assertThat(work.resolve("same.tiff")).exists();
    }

    @Test
    void anImageIsNeverOverwritten() throws Exception {
        Path image = copies("_s2.h5").get(2);
        byte[] before = Files.readAllBytes(image);
        CommandLineRun run = CommandLineRun.of(
                "classify",
                "--project",
                project,
                "--output_format=hdf5",
                "--output_filename_format",
                work + "/{nickname}.h5",
                image);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("would overwrite an image");
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    private static void compareWithinOne(Path ours, Path name) throws Exception {
        try (ImageSource a = Images.open(ours);
                ImageSource b = Images.open(Shared.path(FOLDER).resolve(name.getFileName()))) {
            float[] mine = a.read(a.shape().whole(0)).samples();
            float[] theirs = b.read(b.shape().whole(0)).samples();
            assertThat(mine).hasSameSizeAs(theirs);
            for (int i = 0; i < mine.length; i++) {
                assertThat(Math.abs(mine[i] - theirs[i])).isLessThanOrEqualTo(1);
            }
        }
    }

    private List<Path> copies(String ending) throws Exception {
        List<Path> copies = new ArrayList<>();
        try (Stream<Path> files = Files.list(Shared.path(FOLDER))) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(ending)) {
                    Path copy = work.resolve(file.getFileName());
                    Files.write(copy, Files.readAllBytes(file));
                    copies.add(copy);
                }
            }
        }
        return copies;
    }

    private static Path probabilities(Path image) {
        return image.resolveSibling(stem(image) + "_Probabilities.tiff");
    }

    private static String stem(Path image) {
        return image.getFileName().toString().replace(".h5", "");
    }

    private static List<Path> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Object[] append(Object[] line, Object... more) {
        List<Object> all = new ArrayList<>(List.of(line));
        all.addAll(List.of(more));
        return all.toArray();
    }
}
