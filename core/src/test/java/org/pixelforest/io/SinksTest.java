package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/** What every sink promises: the same file for any order of blocks and any number of threads, all or nothing. */
class SinksTest {

    @TempDir
    Path folder;

    private record Case(ImageFormat format, SampleType type, Shape shape, String axes) {}

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Shape plane = Shape.of(3, 71, 93);
        Shape volume = new Shape(2, 3, 4, 37, 41);
        for (SampleType type : SampleType.values()) {
            for (ImageFormat format : ImageFormat.values()) {
                boolean picture = type == SampleType.UINT8 || type == SampleType.UINT16;
                if (format == ImageFormat.PNG && !picture) {
                    continue;
                }
                boolean wholeOnly = type == SampleType.UINT64 || type == SampleType.INT64;
                if (format == ImageFormat.MULTIPAGE_TIFF && wholeOnly) {
                    continue;
                }
                cases.add(new Case(format, type, plane, "yxc"));
                boolean onePlane =
                        format == ImageFormat.PNG || format == ImageFormat.TIFF || format == ImageFormat.IMAGEJ_TIFF;
                if (!onePlane) {
                    cases.add(new Case(format, type, volume, "tzyxc"));
                    cases.add(new Case(format, type, volume, "tczyx"));
                    cases.add(new Case(format, type, new Shape(1, 2, 1, 50, 60), "zyxc"));
                    cases.add(new Case(format, type, Shape.of(1, 50, 60), "yx"));
                }
            }
        }
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> blocksInAnyOrderFromAnyThreadGiveTheSameFile() {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    List<Block> times = new ArrayList<>();
                    for (int t = 0; t < c.shape.t(); t++) {
                        times.add(Pictures.random(c.shape, t, c.type, 17));
                    }
                    // The same name, for it stands in the file of some formats.
                    Path orderly = folder.resolve("orderly/image." + c.format.extension());
                    Path anyhow = folder.resolve("anyhow/image." + c.format.extension());
                    write(c, orderly, times, 1000, 1);
                    write(c, anyhow, times, 13, 4);
                    for (Path file : List.of(orderly, anyhow)) {
                        boolean given = c.format == ImageFormat.NUMPY;
                        try (ImageSource source =
                                Images.open(file.toString(), given ? Optional.of(c.axes) : Optional.empty())) {
                            assertThat(source.shape()).isEqualTo(c.shape);
                            assertThat(source.sampleType()).isEqualTo(c.type);
                            for (Block time : times) {
                                assertThat(source.read(time.region()).samples()).isEqualTo(time.samples());
                            }
                        }
                    }
                    if (c.format != ImageFormat.HDF5 && c.format != ImageFormat.COMPRESSED_HDF5) {
                        assertThat(Files.mismatch(orderly, anyhow)).isEqualTo(-1);
                    }
                    Files.delete(orderly);
                    Files.delete(anyhow);
                    assertThat(orderly.getParent()).isEmptyDirectory();
                    assertThat(anyhow.getParent()).isEmptyDirectory();
                }));
    }

    private static void write(Case c, Path file, List<Block> times, int tile, int threads) throws Exception {
        try (ImageSink sink = Images.create(file, c.format, c.shape, c.type, c.axes, ImageMetadata.NONE)) {
            Pictures.write(sink, times, tile, tile + 4, threads, 3);
        }
    }

    /** The original programs read the same samples, axes, and names. */
    @TestFactory
    Stream<DynamicTest> theOriginalProgramsReadThem() {
        List<String> names = List.of("Ir191", "a < b & \"c\"", "γ-H2AX");
        ImageMetadata metadata =
                new ImageMetadata(names, "a card", Optional.of(new ImageMetadata.ValueRange(0, 65535)));
        return Stream.of(
                        new Case(ImageFormat.TIFF, SampleType.UINT16, Shape.of(3, 71, 93), "yxc"),
                        new Case(ImageFormat.MULTIPAGE_TIFF, SampleType.UINT16, new Shape(2, 3, 4, 37, 41), "tzcyx"),
                        new Case(ImageFormat.MULTIPAGE_TIFF, SampleType.FLOAT32, Shape.of(3, 71, 93), "cyx"),
                        new Case(ImageFormat.NUMPY, SampleType.INT16, new Shape(1, 3, 1, 71, 93), "zyxc"),
                        new Case(ImageFormat.NUMPY, SampleType.FLOAT64, Shape.of(3, 71, 93), "yxc"),
                        new Case(ImageFormat.PNG, SampleType.UINT16, Shape.of(3, 71, 93), "yxc"),
                        new Case(ImageFormat.HDF5, SampleType.UINT16, Shape.of(3, 710, 930), "yxc"),
                        new Case(ImageFormat.COMPRESSED_HDF5, SampleType.FLOAT32, new Shape(1, 3, 4, 71, 93), "zyxc"))
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    Path file = folder.resolve("written." + c.format.extension());
                    Path read = folder.resolve("read.npy");
                    List<Block> times = new ArrayList<>();
                    for (int t = 0; t < c.shape.t(); t++) {
                        times.add(Pictures.random(c.shape, t, c.type, 18));
                    }
                    try (ImageSink sink = Images.create(file, c.format, c.shape, c.type, c.axes, metadata)) {
                        Pictures.write(sink, times, 300, 200, 2, 4);
                    }
                    String said = Python.run("read_image.py", file, read, "exported_data");
                    try (ImageSource source = Images.open(read.toString(), Optional.of(c.axes))) {
                        for (Block time : times) {
                            assertThat(source.read(time.region()).samples()).isEqualTo(time.samples());
                        }
                    }
                    try (ImageSource source = Images.open(file)) {
                        boolean named = c.format != ImageFormat.NUMPY && c.format != ImageFormat.PNG;
                        assertThat(source.channelNames()).isEqualTo(named ? names : List.of());
                    }
                    check(c, said);
                }));
    }

    private static void check(Case c, String said) {
        switch (c.format) {
            case MULTIPAGE_TIFF ->
                assertThat(said)
                        .contains("ome")
                        .contains("1 series PixelForest")
                        .contains("names ['Ir191', \"a &lt; b &amp; ''c''\", 'γ-H2AX']");
            case HDF5 ->
                assertThat(said)
                        .contains("uint16 (710, 930, 3) (512, 512, 1) None")
                        .contains("drange [0, 65535] uint16")
                        .contains("dims ['y', 'x', 'c']")
                        .contains("channel_names ['Ir191', 'a < b & \"c\"', 'γ-H2AX']");
            case COMPRESSED_HDF5 ->
                assertThat(said)
                        .contains("gzip 1")
                        .contains("drange [0.0, 65535.0] float32")
                        .contains("\"key\":\"z\",\"typeFlags\":2");
            default -> assertThat(said).contains("(");
        }
    }

    @Test
    void anExportKeepsTheOtherDatasetsOfItsFile() throws Exception {
        Path file = folder.resolve("kept.h5");
        Shape shape = Shape.of(2, 20, 30);
        for (String path : List.of("first", "group/second", "group/third", "group/second")) {
            Block block = Pictures.random(shape, 0, SampleType.UINT8, path.length());
            try (ImageSink sink = Images.createDataset(
                    file, DatasetLayout.ilastik(path, true), shape, SampleType.UINT8, "cyx", ImageMetadata.NONE)) {
                Pictures.write(sink, List.of(block), 20, 30, 1, 1);
            }
        }
        for (String path : List.of("first", "group/second", "group/third")) {
            try (ImageSource source = Images.open(file + "/" + path)) {
                assertThat(source.read(shape.whole(0)).samples())
                        .isEqualTo(Pictures.random(shape, 0, SampleType.UINT8, path.length())
                                .samples());
            }
        }
    }

    @Test
    void preparedStacksAreStoredAsCellProfilerAndSteinbockStoreThem() throws Exception {
        Shape shape = Shape.of(4, 102, 128);
        Block block = Pictures.random(shape, 0, SampleType.UINT16, 5);
        Path prepared = folder.resolve("X_ilastik_s2.h5");
        try (ImageSink sink = Images.createDataset(
                prepared,
                DatasetLayout.prepared("X_ilastik_s2"),
                shape,
                SampleType.UINT16,
                "zyxc",
                ImageMetadata.ofChannels(List.of("mean", "a", "b", "c")))) {
            Pictures.write(sink, List.of(block), 50, 60, 2, 1);
        }
        assertThat(Python.run("read_image.py", prepared, folder.resolve("read.npy"), "X_ilastik_s2"))
                .contains("uint16 (1, 102, 128, 4) (1, 26, 64, 2) None None");
        Path steinbock = folder.resolve("X.h5");
        try (ImageSink sink = Images.createDataset(
                steinbock, DatasetLayout.steinbock("img"), shape, SampleType.FLOAT32, "cyx", ImageMetadata.NONE)) {
            Pictures.write(sink, List.of(block), 50, 60, 2, 1);
        }
        assertThat(Python.run("read_image.py", steinbock, folder.resolve("read.npy"), "img"))
                .contains("float32 (4, 102, 128) None None None")
                .contains("axistags {\"axes\": [{\"key\": \"c\", \"typeFlags\": 1}, {\"key\": \"y\"")
                .contains("display_mode grayscale")
                .contains("steinbock True bool");
    }

    @Test
    void closingWithoutCommitLeavesTheOldFileAndNothingElse() throws Exception {
        Shape shape = Shape.of(1, 40, 40);
        for (ImageFormat format : ImageFormat.values()) {
            Path file = Files.writeString(folder.resolve("old." + format.extension()), "old");
            if (file.toString().endsWith(".h5")) {
                Files.delete(file);
            }
            try (ImageSink sink = Images.create(file, format, shape, SampleType.UINT8, "yxc", ImageMetadata.NONE)) {
                sink.write(Pictures.crop(Pictures.random(shape, 0, SampleType.UINT8, 1), Region.of(3, 3, 9, 40)));
                assertThatThrownBy(sink::commit)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("pixels have not been written");
            }
            if (!file.toString().endsWith(".h5")) {
                assertThat(file).hasContent("old");
                Files.delete(file);
            }
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void formatsSayWhatTheyCannotHold() {
        Shape volume = new Shape(1, 1, 3, 10, 10);
        assertThatThrownBy(() -> create("a.tiff", ImageFormat.TIFF, volume, SampleType.UINT8, "zyx"))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("tiff holds one plane, not 1 times and 3 slices");
        assertThatThrownBy(() -> create("a.png", ImageFormat.PNG, Shape.of(3, 9, 9), SampleType.FLOAT32, "yxc"))
                .isInstanceOf(UnsupportedFileException.class);
        assertThatThrownBy(() -> create("a.png", ImageFormat.PNG, Shape.of(5, 9, 9), SampleType.UINT8, "yxc"))
                .hasMessageContaining("at most 4 channels");
        assertThatThrownBy(() -> create("a.npy", ImageFormat.NUMPY, volume, SampleType.UINT8, "yxc"))
                .hasMessageContaining("axes yxc lack z, along which the image has 3 samples");
        assertThatThrownBy(() -> create("a.tiff", ImageFormat.MULTIPAGE_TIFF, volume, SampleType.INT64, "zyx"))
                .hasMessageContaining("64-bit");
        assertThat(folder).isEmptyDirectory();
    }

    private void create(String name, ImageFormat format, Shape shape, SampleType type, String axes) throws IOException {
        Images.create(folder.resolve(name), format, shape, type, axes, ImageMetadata.NONE)
                .close();
    }

    /** Writes some rows and then waits to be killed. */
    public static final class Killed {
        public static void main(String[] arguments) throws Exception {
            Shape shape = Shape.of(3, 4000, 1000);
            try (ImageSink sink = Images.create(
                    Path.of(arguments[0]), ImageFormat.TIFF, shape, SampleType.UINT16, "yxc", ImageMetadata.NONE)) {
                sink.write(Block.zeros(Region.of(0, 0, 3000, 1000), 3));
                System.out.println("written");
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void aProgramThatIsKilledLeavesNothingUnderTheFinalName() throws Exception {
        for (boolean outright : new boolean[] {true, false}) {
            Path file = folder.resolve("killed.tiff");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Killed.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                assertThat(process.inputReader().readLine()).isEqualTo("written");
            } finally {
                if (outright) {
                    process.destroyForcibly();
                } else {
                    process.destroy();
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(file).doesNotExist();
            if (!outright) {
                try (Stream<Path> left = Files.list(folder)) {
                    // Of the two programs only the one that could not react has left its unfinished file.
                    assertThat(left).hasSize(1).allMatch(f -> f.toString().endsWith(".part"));
                }
            }
        }
    }
}
