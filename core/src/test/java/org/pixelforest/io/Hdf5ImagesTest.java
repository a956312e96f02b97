package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.hdf5.Layout;
import org.pixelforest.image.Block;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/** Images in HDF5 files that hold other things too, and exports into such files. */
class Hdf5ImagesTest {

    private static final Shape SHAPE = new Shape(1, 1, 1, 2, 2);

    @TempDir
    Path folder;

    private interface Contents {
        void write(Hdf5Writer file) throws IOException;
    }

    private Path written(Contents contents) throws IOException {
        Path path = folder.resolve("file.h5");
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            contents.write(file);
            file.finish();
        }
        return path;
    }

    private static void export(Path file, String dataset, SampleType type, ImageMetadata metadata) throws IOException {
        DatasetLayout layout = DatasetLayout.ilastik(dataset, false);
        try (ImageSink sink = Images.createDataset(file, layout, SHAPE, type, "yx", metadata)) {
            sink.write(new Block(Region.of(0, 0, 2, 2), 1, new float[] {9, 9, 9, 9}));
            sink.commit();
        }
    }

    @Test
    void anExportKeepsAttributesAndLinks() throws IOException {
        Path file = written(f -> {
            f.write("g/other", new int[] {1});
            f.write("g/old", new float[4], 2, 2);
            f.attribute("/", "title", "root");
            f.attribute("g", "note", "of the group");
            f.attribute("g/other", "unit", "µm");
            f.softLink("latest", "/g/old");
            f.softLink("nowhere", "/absent");
            f.softLink("short", "/g");
        });
        export(file, "short/old", SampleType.FLOAT32, ImageMetadata.NONE);
        try (Hdf5File kept = Hdf5File.open(file)) {
            Group root = kept.root();
            assertThat(root.names()).containsExactly("g", "latest", "nowhere", "short");
            assertThat(root.attributes().names()).containsExactly("title");
            assertThat(root.group("g").names()).containsExactly("old", "other");
            assertThat(root.group("g").attributes().find("note").orElseThrow().string())
                    .isEqualTo("of the group");
            assertThat(root.dataset("g/other").attributes().names()).containsExactly("unit");
            assertThat(root.dataset("latest").floats()).as("follows").containsOnly(9);
            assertThat(root.find("nowhere")).isEmpty();
        }
    }

    @Test
    void whatStandsInTheWayOfAnExportGoes() throws IOException {
        Path file = written(f -> {
            f.write("g", new int[] {1});
            f.write("h", new int[] {2});
        });
        export(file, "g/new", SampleType.FLOAT32, ImageMetadata.NONE);
        try (Hdf5File kept = Hdf5File.open(file)) {
            assertThat(kept.root().group("g").names()).containsExactly("new");
            assertThat(kept.root().dataset("h").ints()).containsExactly(2);
        }
    }

    @Test
    void aRangeThatIntegersCannotHoldIsStoredAsDoubles() throws IOException {
        for (double[] range : new double[][] {{0, 99.5}, {0, 255}, {0, 256}, {-1, 1}}) {
            Path file = folder.resolve("range.h5");
            ImageMetadata metadata =
                    new ImageMetadata(List.of(), "", Optional.of(new ImageMetadata.ValueRange(range[0], range[1])));
            export(file, "a", SampleType.UINT8, metadata);
            try (Hdf5File written = Hdf5File.open(file)) {
                var drange =
                        written.root().dataset("a").attributes().find("drange").orElseThrow();
                assertThat(drange.doubles()).containsExactly(range);
                assertThat(drange.type()).isEqualTo(range[1] == 255 ? Datatype.UINT8 : Datatype.FLOAT64);
            }
        }
    }

    /** A file whose dataset "other" has a layout of the class of virtual datasets. */
    private Path withVirtual(boolean image) throws IOException {
        Path file = written(f -> {
            if (image) {
                f.write("image", new float[] {1, 2, 3, 4}, 2, 2);
            }
            f.write("other", Data.of(new float[] {0x1.23456p7f}).shaped(1), Layout.compact());
        });
        byte[] all = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 4; i < all.length - 4; i++) {
            // Version 3, class 0 (compact), 4 bytes: these.
            if (bytes.getFloat(i) == 0x1.23456p7f && bytes.getInt(i - 4) == 0x00040003) {
                all[i - 4] = 4;
                all[i - 3] = 3;
            }
        }
        return Files.write(file, all);
    }

    @Test
    void aPartThatCannotBeReadDoesNotHideTheImage() throws IOException {
        try (ImageSource source = Images.open(withVirtual(true))) {
            assertThat(source.read(Region.of(0, 0, 2, 2)).samples()).containsExactly(1, 2, 3, 4);
        }
        Path none = withVirtual(false);
        assertThatThrownBy(() -> Images.open(none))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessage(none + ": not supported: a virtual dataset");
    }

    @Test
    void axisTagsThatAreNoTextCountForNothing() throws IOException {
        Path file = written(f -> {
            f.write("image", new float[6], 2, 3);
            f.attribute("image", "axistags", 5);
        });
        try (ImageSource source = Images.open(file)) {
            assertThat(source.axes()).isEqualTo("yx");
        }
    }

    @Test
    void whatIsWrongIsToldAsOfOtherImages() throws IOException {
        Path file = written(f -> f.write("image", new float[6], 2, 3));
        assertThatThrownBy(() -> Images.open(file + "/absent"))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessage(file + ": has no dataset \"absent\"");
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        all[text.indexOf("SNOD")] = 'X';
        Files.write(file, all);
        assertThatThrownBy(() -> Images.open(file))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageStartingWith(file + ": damaged HDF5: ");
    }
}
