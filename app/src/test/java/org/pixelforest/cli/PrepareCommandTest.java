package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/** The command as a user gives it; h5py looks at what was written. */
class PrepareCommandTest {

    /** Compares every .h5 of two folders: names, and of the dataset everything but our own attribute. */
    private static final String COMPARE =
            """
            import sys, os, glob, json
            import h5py, numpy as np
            theirs, ours = sys.argv[1:]
            names = lambda d: sorted(os.path.basename(p) for p in glob.glob(os.path.join(d, "*.h5")))
            assert names(theirs) == names(ours), (names(theirs), names(ours))
            for n in names(theirs):
                with h5py.File(os.path.join(theirs, n)) as f, h5py.File(os.path.join(ours, n)) as g:
                    assert list(f) == list(g), n
                    a, b = f[list(f)[0]], g[list(g)[0]]
                    assert (a.shape, a.dtype, a.chunks, a.compression) == (b.shape, b.dtype, b.chunks, b.compression), n
                    assert not b.shuffle and not b.fletcher32
                    assert np.array_equal(a[...], b[...]), n
                    assert json.loads(a.attrs["axistags"]) == json.loads(b.attrs["axistags"]), n
                    assert set(b.attrs) - set(a.attrs) <= {"channel_names"}, n
                    print(n)
            """;

    private static final String LOOK =
            """
            import sys, json
            import h5py, numpy as np
            with h5py.File(sys.argv[1]) as f:
                (name,) = list(f)
                d = f[name]
                assert d.chunks is None and d.dtype == "<f4"
                assert json.loads(d.attrs["axistags"])["axes"][0] == {"key": "c", "typeFlags": 1}
                assert d.attrs["display_mode"] == "grayscale" and bool(d.attrs["steinbock"]) is True
                assert d.attrs["steinbock"].dtype == bool
                print(name, *d.shape, *d[:, 0, 0], *d.attrs["channel_names"])
            """;

    @TempDir
    private Path work;

    private Path ilastik;

    @BeforeEach
    void makeFolder() throws IOException {
        ilastik = Files.createDirectories(work.resolve("analysis").resolve("ilastik"));
    }

    private void copyCohort() throws IOException {
        try (Stream<Path> files = Files.list(Shared.path("data/imc-testdata/analysis/ilastik"))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith("_ilastik.tiff") || file.toString().endsWith("_ilastik.csv")) {
                    Files.copy(file, ilastik.resolve(file.getFileName()));
                }
            }
        }
    }

    private static void raw(Path file, int channels, int height, int width) throws IOException {
        Shape shape = Shape.of(channels, height, width);
        float[] samples = new float[channels * height * width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i * 7919 % 311;
        }
        Files.createDirectories(file.getParent());
        try (ImageSink sink =
                Images.create(file, ImageFormat.IMAGEJ_TIFF, shape, SampleType.UINT16, "cyx", ImageMetadata.NONE)) {
            sink.write(new Block(shape.whole(0), channels, samples));
            sink.commit();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theRealCohortIsPreparedAsCellProfilerDidIt() throws Exception {
        copyCohort();
        CommandLineRun run = CommandLineRun.of("prepare", ilastik);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(9);
        Path theirs = Shared.path("data/imc-testdata/analysis");
        assertThat(Python.run(List.of("h5py"), COMPARE, theirs.resolve("ilastik"), ilastik)
                        .lines())
                .hasSize(9);
        assertThat(Python.run(List.of("h5py"), COMPARE, theirs.resolve("crops"), ilastik.resolveSibling("crops"))
                        .lines())
                .hasSize(9);
    }

    @Test
    void threadsDoNotChangeANumber() throws Exception {
        raw(ilastik.resolve("Big_ilastik.tiff"), 30, 300, 333);
        assertThat(CommandLineRun.of("prepare", ilastik, "--threads", 1).status())
                .isZero();
        Path four = work.resolve("four");
        assertThat(CommandLineRun.of(
                                "prepare", ilastik, "--threads", 4, "--stacks", four, "--crops", four.resolve("crops"))
                        .status())
                .isZero();
        assertThat(Python.run(List.of("h5py"), COMPARE, ilastik, four).lines()).containsExactly("Big_ilastik_s2.h5");
        assertThat(Python.run(List.of("h5py"), COMPARE, work.resolve("analysis/crops"), four.resolve("crops"))
                        .lines())
                .hasSize(1);
    }

    @Test
    void channelNamesTravelWithTheFile() throws IOException {
        raw(ilastik.resolve("X_ilastik.tiff"), 3, 5, 6);
        Files.write(ilastik.resolve("X_ilastik.csv"), "Ir191\nµm, \"x\"\nEu153".getBytes(StandardCharsets.UTF_8));
        assertThat(CommandLineRun.of("prepare", "--channels", "Eu153,1", ilastik)
                        .status())
                .isZero();
        try (ImageSource stack = Images.open(ilastik.resolve("X_ilastik_s2.h5"))) {
            assertThat(stack.channelNames()).containsExactly("mean", "Eu153", "Ir191");
            assertThat(stack.shape()).isEqualTo(Shape.of(3, 10, 12));
            assertThat(stack.axes()).isEqualTo("zyxc");
        }
    }

    @Test
    void aBadFileIsNamedAndDoesNotStopTheOthers() throws IOException {
        raw(ilastik.resolve("A_ilastik.tiff"), 2, 6, 5);
        raw(ilastik.resolve("C_ilastik.tiff"), 2, 6, 5);
        byte[] whole = Files.readAllBytes(ilastik.resolve("A_ilastik.tiff"));
        Files.write(ilastik.resolve("B_ilastik.tiff"), Arrays.copyOf(whole, whole.length - 40));
        Path report = work.resolve("report.json");
        CommandLineRun run = CommandLineRun.of("prepare", ilastik, "--report", report);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("B_ilastik.tiff");
        assertThat(run.err()).contains("2 prepared, 1 failed");
        assertThat(names(ilastik))
                .containsExactly(
                        "A_ilastik.tiff", "A_ilastik_s2.h5", "B_ilastik.tiff", "C_ilastik.tiff", "C_ilastik_s2.h5");
        assertThat(names(ilastik.resolveSibling("crops"))).hasSize(2);
        assertThat(new String(Files.readAllBytes(report), StandardCharsets.UTF_8))
                .contains("\"failed\": 1")
                .contains("A_ilastik_x0_y0_w10_h12.h5");
    }

    @Test
    void onlyStacksInSightAreTakenFromAFolder() throws IOException {
        raw(ilastik.resolve("A_ilastik.tiff"), 2, 4, 5);
        raw(ilastik.resolve("inner/B_ilastik.tiff"), 2, 4, 5);
        raw(ilastik.resolve(".hidden/C_ilastik.tiff"), 2, 4, 5);
        raw(ilastik.resolve("._D_ilastik.tiff"), 2, 4, 5);
        raw(ilastik.resolve("E_full.tiff"), 2, 4, 5);
        CommandLineRun run = CommandLineRun.of("prepare", ilastik, ilastik.resolve("A_ilastik.tiff"), "--no-crops");
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).hasSize(2);
        assertThat(names(ilastik)).contains("A_ilastik_s2.h5").doesNotContain("._D_ilastik_s2.h5", "E_full_s2.h5");
        assertThat(names(ilastik.resolve("inner"))).contains("B_ilastik_s2.h5");
        assertThat(work.resolve("analysis/crops")).doesNotExist();
    }

    @Test
    void twoFilesNeverShareAnOutput() throws IOException {
        raw(ilastik.resolve("a/X_ilastik.tiff"), 2, 4, 5);
        raw(ilastik.resolve("b/X_ilastik.tiff"), 2, 4, 5);
        CommandLineRun run = CommandLineRun.of("prepare", ilastik, "--stacks", work.resolve("out"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("output of another file");
    }

    @Test
    void steinbockFilesLookAsSteinbockWritesThem() throws Exception {
        Path img = work.resolve("img");
        raw(img.resolve("P1_001.tiff"), 3, 40, 30);
        raw(img.resolve("P1_002.tiff"), 3, 10, 30);
        Files.write(
                work.resolve("panel.csv"),
                "channel,name,keep,ilastik\nAg107,CK,1,2\nIr191,DNA,1,1\nRu100,,0,\nEu153,CD3,1,2\n"
                        .getBytes(StandardCharsets.UTF_8));
        CommandLineRun run =
                CommandLineRun.of("prepare", "--format", "steinbock", "--crop-size", 50, "--seed", 123, img);
        assertThat(run.status()).as(run.err()).isZero();
        // Corner pixels are copied: groups DNA (channel 1) and the mean of CK and CD3 (0 and 2), mean times 100 in
        // front.
        float[] raw = {0, 1200L * 7919 % 311, 2400L * 7919 % 311};
        float group = (raw[0] + raw[2]) / 2;
        float mean = (raw[1] + group) / 2 * 100;
        assertThat(Python.run(List.of("h5py"), LOOK, work.resolve("ilastik_img/P1_001.h5"))
                        .strip())
                .isEqualTo("img 3 80 60 " + mean + " " + raw[1] + " " + group + " mean DNA CK / CD3");
        assertThat(names(work.resolve("ilastik_img"))).containsExactly("P1_001.h5", "P1_002.h5");
        assertThat(names(work.resolve("ilastik_crops")))
                .singleElement()
                .asString()
                .startsWith("P1_001_x0_y");
    }

    @Test
    void optionsThatCannotBeAreRefusedBeforeAnythingIsWritten() throws IOException {
        raw(ilastik.resolve("A_ilastik.tiff"), 2, 4, 5);
        for (Object[] arguments : new Object[][] {
            {"prepare", ilastik, "--scale", "0.5"},
            {"prepare", ilastik, "--format", "cellpose"},
            {"prepare", ilastik, "--seed", "-1"},
            {"prepare", ilastik, "--crop-size", "0"},
            {"prepare", ilastik, "--no-crops", "--crops", work},
            {"prepare", ilastik, "--panel", work.resolve("panel.csv")},
            {"prepare", work.resolve("nowhere")},
            {"prepare"}
        }) {
            CommandLineRun run = CommandLineRun.of(arguments);
            assertThat(run.status()).isNotZero();
            assertThat(run.errors()).as(run.err()).hasSize(1);
        }
        assertThat(names(ilastik)).containsExactly("A_ilastik.tiff");
    }
}
