package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/** What every source promises, for every kind of file: samples as the original program reads them, regions as crops. */
class ImagesTest {

    @TempDir
    static Path folder;

    private static List<Path> files;

    @BeforeAll
    static void write() throws IOException {
        Python.run("write_images.py", folder);
        files = new ArrayList<>();
        try (var all = Files.list(folder)) {
            all.filter(f -> !f.toString().endsWith(".axes") && !f.toString().endsWith(".expected.npy"))
                    .sorted()
                    .forEach(files::add);
        }
    }

    @AfterAll
    static void forget() {
        files = null;
    }

    private static Path beside(Path file, String ending) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
    }

    @Test
    void everyFileHoldsWhatTheOriginalProgramReads() throws IOException {
        assertThat(files).hasSizeGreaterThan(500);
        for (Path file : files) {
            try (ImageSource source = Images.open(file);
                    ImageSource expected =
                            Images.open(beside(file, ".expected.npy").toString(), Optional.of("tczyx"))) {
                assertThat(source.axes()).as("%s", file).isEqualTo(Files.readString(beside(file, ".axes")));
                assertThat(source.shape()).as("%s", file).isEqualTo(expected.shape());
                for (int t = 0; t < source.shape().t(); t++) {
                    Region whole = source.shape().whole(t);
                    assertThat(source.read(whole).samples())
                            .as("%s at time %d", file, t)
                            .isEqualTo(expected.read(whole).samples());
                }
            }
        }
    }

    @Test
    void aRegionIsTheCropOfTheWholeFromAnyThread() throws Exception {
        Random random = new Random(11);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (Path file : files) {
                try (ImageSource source = Images.open(file)) {
                    List<Block> whole = Pictures.read(source);
                    List<Future<?>> checks = new ArrayList<>();
                    for (int i = 0; i < 8; i++) {
                        Region region = Pictures.region(source.shape(), random);
                        checks.add(pool.submit(() -> {
                            Block block = source.read(region);
                            assertThat(block.region()).isEqualTo(region);
                            assertThat(block.samples())
                                    .as("%s %s", file, region)
                                    .isEqualTo(Pictures.crop(whole.get(region.t()), region)
                                            .samples());
                            return null;
                        }));
                    }
                    for (Future<?> check : checks) {
                        check.get();
                    }
                }
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void axesGivenByTheUserOverrideTheFile() throws IOException {
        Path file = folder.resolve("npy_u1_yxc.npy");
        try (ImageSource asChannelsFirst = Images.open(file.toString(), Optional.of("cyx"))) {
            assertThat(asChannelsFirst.shape()).isEqualTo(new Shape(1, 31, 1, 33, 4));
        }
        Path plain = folder.resolve("plain_u2_CYX.tiff");
        try (ImageSource channels = Images.open(plain.toString(), Optional.of("cyx"));
                ImageSource times = Images.open(plain)) {
            assertThat(channels.shape()).isEqualTo(Shape.of(5, 31, 33));
            assertThat(times.shape()).isEqualTo(new Shape(5, 1, 1, 31, 33));
        }
        assertThatThrownBy(() -> Images.open(file.toString(), Optional.of("zyxc")))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("has 3 axes (31 x 33 x 4) but 'zyxc' names 4");
        assertThatThrownBy(() -> Images.open(file.toString(), Optional.of("yyx")))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("axes must be letters of tzyxc");
    }

    @ParameterizedTest
    @CsvSource({
        "500x500x5, yxc", // planes of a panel
        "5x500x500, cyx",
        "60x240x300, cyx",
        "60x239x300, zyx", // not four times as long
        "61x500x500, zyx", // too many for channels
        "240x300x60, yxc",
        "500x5x500, zyx", // nobody writes channels in the middle
        "3x10x4, yxc", // as ilastik guesses
        "20x20x20, zyx",
        "2x40x40, cyx",
        "40x40x2, yxc",
        "1x40x40, cyx",
        "40x40, yx",
        "2x3x40x40, zyxc",
        "1x2x3x40x40, tzyxc"
    })
    void anArrayThatDoesNotSayItsAxesIsGuessed(String sizes, String axes) throws IOException {
        long[] shape =
                Arrays.stream(sizes.split("x")).mapToLong(Long::parseLong).toArray();
        assertThat(Axes.guess(Path.of("a.npy"), shape)).isEqualTo(axes);
    }

    @Test
    void channelNamesComeFromTheFileOrTheListBesideIt() throws IOException {
        try (ImageSource ome = Images.open(folder.resolve("ome_names.tiff"))) {
            assertThat(ome.channelNames()).containsExactly("Ir191", "CD3 T", "γ-H2AX");
        }
        Path stack = Shared.path("data/imc-testdata/analysis/ilastik/20210305_NE_mockData1_s0_a2_ac_ilastik.tiff");
        try (ImageSource source = Images.open(stack)) {
            assertThat(source.channelNames()).containsExactly("Ag107", "Eu153", "Yb172");
            assertThat(source.axes()).isEqualTo("cyx");
        }
    }

    @Test
    void aDatasetIsNamedBehindItsFile() throws IOException {
        Path file = folder.resolve("h5_lu2_cyx.h5");
        try (ImageSource named = Images.open(file + "/a/b/data");
                ImageSource only = Images.open(file)) {
            assertThat(named.shape()).isEqualTo(Shape.of(6, 31, 33)).isEqualTo(only.shape());
        }
        assertThatThrownBy(() -> Images.open(file + "/a/c"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> Images.open(folder.resolve("npy_u1_yxc.npy") + "/a"))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("is no HDF5 file");
    }

    @Test
    void messagesNameTheFileAndWhatIsWrong() throws IOException {
        Path text = Files.writeString(folder.resolve("text.tiff.txt"), "not an image");
        Path empty = Files.createFile(folder.resolve("empty.bin"));
        assertThatThrownBy(() -> Images.open(text))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessage(text + ": is not a TIFF, HDF5, NumPy or PNG file");
        assertThatThrownBy(() -> Images.open(empty))
                .isInstanceOf(BrokenFileException.class)
                .hasMessage(empty + ": is empty");
        assertThatThrownBy(() -> Images.open(folder.resolve("absent.h5") + "/data"))
                .hasMessage(folder.resolve("absent.h5") + ": no such file");
        assertThatThrownBy(() -> Images.open(folder)).hasMessageContaining("is a folder");
        Files.delete(text);
        Files.delete(empty);
    }
}
