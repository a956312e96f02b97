package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Our TIFF is, byte for byte, the one that ilastik writes for the same samples. */
class TiffWriterTest {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> filesOfIlastikComeOutAgain() throws IOException {
        Path originals = Shared.path("data/imc-testdata/analysis/ilastik");
        List<Path> files;
        try (Stream<Path> all = Files.list(originals)) {
            files = all.filter(f -> f.toString().endsWith("_Probabilities.tiff"))
                    .toList();
        }
        assertThat(files).hasSize(9);
        return Stream.concat(files.stream(), Stream.of(Shared.path("golden/synthetic/prob_trunc.tiff")))
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> rewrittenEquals(f)));
    }

    /** Types, channel counts, many strips, rows longer than a strip, data that make the table clear: written by the library itself. */
    @TestFactory
    Stream<DynamicTest> filesOfTheLibraryComeOutAgain() throws IOException {
        Path references = Files.createTempDirectory("pixelforest-lzw");
        Python.run("write_lzw_tiffs.py", references);
        List<Path> files;
        try (Stream<Path> all = Files.list(references)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(25);
        return files.stream()
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> {
                    rewrittenEquals(f);
                    Files.delete(f);
                }));
    }

    private void rewrittenEquals(Path file) throws Exception {
        Path copy = folder.resolve("copy.tiff");
        try (ImageSource source = Images.open(file);
                ImageSink sink = Images.create(
                        copy,
                        ImageFormat.TIFF,
                        source.shape(),
                        source.sampleType(),
                        source.axes(),
                        ImageMetadata.NONE)) {
            Pictures.write(sink, Pictures.read(source), 100, 333, 3, 7);
        }
        assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
    }

    @Test
    void manyChannelsAndNamesAreReadByTifffile() throws Exception {
        Shape shape = Shape.of(7, 40, 31);
        Path file = folder.resolve("seven.tiff");
        List<String> names = List.of("Tumour", "β-cell", "\"quoted\"", "a\\b", "e", "f", "g");
        Block whole = Pictures.random(shape, 0, SampleType.UINT16, 3);
        ImageMetadata metadata = new ImageMetadata(names, "model card\nsecond line", java.util.Optional.empty());
        try (ImageSink sink = Images.create(file, ImageFormat.TIFF, shape, SampleType.UINT16, "yxc", metadata)) {
            Pictures.write(sink, List.of(whole), 13, 17, 2, 1);
        }
        try (ImageSource source = Images.open(file)) {
            assertThat(source.channelNames()).isEqualTo(names);
            assertThat(source.axes()).isEqualTo("yxc");
            assertThat(source.read(shape.whole(0)).samples()).isEqualTo(whole.samples());
        }
        assertThat(Python.run("describe_tiff.py", file))
                .contains("YXS (40, 31, 7) uint16")
                .contains("model card");
    }

    @Test
    void aFileBeyondTheClassicLimitBecomesBigTiff() throws Exception {
        Shape shape = Shape.of(3, 1200, 700);
        Path file = folder.resolve("big.tiff");
        Block whole = Pictures.random(shape, 0, SampleType.UINT16, 4);
        ArrayWriter writer = TiffWriter.create(file, SampleType.UINT16, 1200, 700, 3, "", 1_000_000, 1 << 20);
        try (ImageSink sink = new ArraySink(shape, SampleType.UINT16, "yxc", writer)) {
            Pictures.write(sink, List.of(whole), 64, 64, 4, 2);
        }
        assertThat(Files.readAllBytes(file)).startsWith('I', 'I', 43, 0);
        try (ImageSource source = Images.open(file)) {
            assertThat(source.read(shape.whole(0)).samples()).isEqualTo(whole.samples());
        }
        assertThat(Python.run("describe_tiff.py", file)).contains("YXS (1200, 700, 3) uint16 big");
    }

    @Test
    void stripsThatWaitBeyondTheBoundGoToDiskAndNothingChanges() throws Exception {
        Shape shape = Shape.of(3, 2000, 700);
        Path inMemory = folder.resolve("memory.tiff");
        Path onDisk = folder.resolve("disk.tiff");
        Block whole = Pictures.random(shape, 0, SampleType.UINT16, 5);
        for (Path file : List.of(inMemory, onDisk)) {
            long memory = file == onDisk ? 1 : TiffStrips.MEMORY;
            ArrayWriter writer =
                    TiffWriter.create(file, SampleType.UINT16, 2000, 700, 3, "", TiffWriter.CLASSIC_LIMIT, memory);
            try (ImageSink sink = new ArraySink(shape, SampleType.UINT16, "yxc", writer)) {
                Pictures.write(sink, List.of(whole), 90, 100, file == onDisk ? 4 : 1, 6);
            }
        }
        assertThat(Files.mismatch(inMemory, onDisk)).isEqualTo(-1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(inMemory, onDisk);
        }
    }
}
