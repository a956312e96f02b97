package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/** Files made to fill the memory, to loop, or to reach out: refused with a reason before anything large is allocated. */
@Timeout(60)
class HostileImagesTest {

    @TempDir
    Path folder;

    /** A page of uint8 with what the test wants to be special about it; samples, if any, stand behind the directory. */
    private Path tiff(int width, int height, int compression, int rows, String description, byte[] samples)
            throws IOException {
        TiffDirectoryWriter tags = new TiffDirectoryWriter(false);
        tags.number(TiffTag.IMAGE_WIDTH, TiffDirectoryWriter.LONG, width);
        tags.number(TiffTag.IMAGE_LENGTH, TiffDirectoryWriter.LONG, height);
        tags.number(TiffTag.BITS_PER_SAMPLE, TiffDirectoryWriter.SHORT, 8);
        tags.number(TiffTag.COMPRESSION, TiffDirectoryWriter.SHORT, compression);
        tags.number(TiffTag.ROWS_PER_STRIP, TiffDirectoryWriter.LONG, rows);
        if (!description.isEmpty()) {
            tags.text(TiffTag.IMAGE_DESCRIPTION, description.getBytes(StandardCharsets.UTF_8));
        }
        tags.number(TiffTag.STRIP_BYTE_COUNTS, TiffDirectoryWriter.LONG, samples.length);
        // The number of this tag has as many bytes as that of any other, so the length is known before it.
        int start = 8 + tags.length() + 12;
        tags.number(TiffTag.STRIP_OFFSETS, TiffDirectoryWriter.LONG, start);
        byte[] directory = tags.bytes(8, 0);
        ByteBuffer file = ByteBuffer.allocate(8 + directory.length + samples.length);
        file.put(TiffDirectoryWriter.header(false, 8)).put(directory).put(samples);
        return Files.write(folder.resolve("hostile.tiff"), file.array());
    }

    /** As GDAL writes strips of nothing but zeros. */
    @Test
    void stripsThatWereLeftOutAreZeros() throws IOException {
        for (int compression : new int[] {1, 5}) {
            byte[] file = Files.readAllBytes(tiff(4, 3, compression, 3, "", new byte[0]));
            int offset = file.length;
            ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i <= file.length - 4; i++) {
                if (bytes.getInt(i) == offset) {
                    bytes.putInt(i, 0);
                }
            }
            Path sparse = Files.write(folder.resolve("sparse.tiff"), file);
            try (ImageSource source = Images.open(sparse)) {
                assertThat(source.read(Region.of(0, 0, 3, 4)).samples()).containsOnly(0);
            }
        }
    }

    @Test
    void aCompanionFileAndAnEmptyArrayAreNotDamaged() throws IOException {
        String companion =
                "<?xml version=\"1.0\"?><OME><BinaryOnly MetadataFile=\"a.companion.ome\" UUID=\"u\"/></OME>";
        refuses(tiff(4, 3, 1, 3, companion, new byte[12]), UnsupportedFileException.class, "a.companion.ome");
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }\n";
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        npy.put(header.getBytes(StandardCharsets.US_ASCII));
        Path empty = Files.write(folder.resolve("empty.npy"), npy.array());
        refuses(empty, UnsupportedFileException.class, "empty array");
    }

    private static void refuses(Path file, Class<? extends IOException> kind, String reason) {
        assertThatThrownBy(() -> {
                    try (ImageSource source = Images.open(file)) {
                        Shape shape = source.shape();
                        source.read(Region.of(0, 0, Math.min(9, shape.y()), Math.min(9, shape.x())));
                    }
                })
                .isInstanceOf(kind)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void theRecipeItselfIsSound() throws IOException {
        Path file = tiff(4, 3, 1, 3, "", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
        try (ImageSource source = Images.open(file)) {
            assertThat(source.read(Region.of(1, 1, 2, 3)).samples()).containsExactly(5, 6);
        }
    }

    @Test
    void sizesThatTheFileCannotHold() throws IOException {
        byte[] little = new byte[5000];
        refuses(tiff(2_000_000_000, 2_000_000_000, 1, 1, "", little), UnsupportedFileException.class, "rows longer");
        refuses(tiff(100_000, 100_000, 1, 100_000, "", little), BrokenFileException.class, "where 10000000000 bytes");
        refuses(tiff(100_000, 100_000, 8, 100_000, "", little), BrokenFileException.class, "where 10000000000 bytes");
        refuses(tiff(100_000, 100_000, 5, 100_000, "", little), BrokenFileException.class, "where 10000000000 bytes");
        refuses(tiff(1, 2_000_000_000, 1, 1, "", little), UnsupportedFileException.class, "too many strips");
        refuses(tiff(1, 1_000_000, 1, 1, "", little), BrokenFileException.class, "no usable value for tag 273");
        refuses(tiff(1000, 1000, 8, 1000, "", little), BrokenFileException.class, "packed samples are damaged");
    }

    @Test
    void descriptionsThatPromiseTooMuch() throws IOException {
        byte[] one = {1};
        String imagej = "ImageJ=1.11a\nimages=1000000\nchannels=1000000\nslices=1000000\nhyperstack=true\n";
        refuses(tiff(1, 1, 1, 1, imagej, one), UnsupportedFileException.class, "too many planes");
        refuses(tiff(1, 1, 1, 1, "ImageJ=1.11a\nimages=9\n", one), BrokenFileException.class, "describes 9 planes");
        refuses(
                tiff(1, 1, 1, 1, "{\"shape\": [1000000000, 1000000000, 1, 1]}", one),
                BrokenFileException.class,
                "impossible shape");
        refuses(tiff(1, 1, 1, 1, "{\"shape\": [" + "[".repeat(5000), one), BrokenFileException.class, "no sound JSON");
        refuses(
                tiff(1, 1, 1, 1, ome("SizeT=\"2000000000\""), one),
                BrokenFileException.class,
                "describes at least 2000000000 planes");
    }

    private static String ome(String size) {
        return "<OME><Image ID=\"I\"><Pixels DimensionOrder=\"XYCZT\" SizeX=\"1\" SizeY=\"1\" " + size
                + "><Channel Name=\"a\"/><TiffData/></Pixels></Image></OME>";
    }

    @Test
    void xmlThatReachesOutOrUnfolds() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        String outside = "<!DOCTYPE OME [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                + ome("").replace("\"a\"/>", "\"a\"/>&x;");
        refuses(tiff(1, 1, 1, 1, outside, new byte[1]), BrokenFileException.class, "OME-XML");
        String laughs = "<!DOCTYPE OME [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                + ome("").replace("\"a\"/>", "\"&b;\"/>");
        refuses(tiff(1, 1, 1, 1, laughs, new byte[1]), BrokenFileException.class, "OME-XML");
    }

    @Test
    void directoriesThatLeadInACircleOrOverlap() throws IOException {
        Path file = tiff(1, 1, 1, 1, "", new byte[1]);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int next = 8 + 2 + 12 * bytes.getShort(8);
        bytes.putInt(next, 8);
        Files.write(file, bytes.array());
        refuses(file, BrokenFileException.class, "lead in a circle");
        bytes.putInt(next, 0x7fffffff);
        Files.write(file, bytes.array());
        refuses(file, BrokenFileException.class, "an image directory lies beyond the end");
    }

    @Test
    void headersOfOtherFormatsThatPromiseTooMuch() throws IOException {
        String header = "{'descr': '<u2', 'fortran_order': False, 'shape': (1000000000, 1000000000, 9), }";
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer npy = ByteBuffer.allocate(10 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text);
        refuses(
                Files.write(folder.resolve("a.npy"), npy.array()),
                BrokenFileException.class,
                "claims 1000000000 x 1000000000 x 9 samples");
        ByteBuffer png = ByteBuffer.allocate(60);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'});
        png.putInt(10_000).putInt(10_000).put(new byte[] {8, 2});
        refuses(
                Files.write(folder.resolve("a.png"), png.array()),
                BrokenFileException.class,
                "claims 10000 x 10000 pixels");
        png.putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
        refuses(
                Files.write(folder.resolve("b.png"), png.array()),
                UnsupportedFileException.class,
                "more than can be held");
    }

    @Test
    void anInterruptedReaderDoesNotDisturbTheOthers() throws Exception {
        Path file = tiff(4, 3, 1, 3, "", new byte[12]);
        try (ImageSource source = Images.open(file)) {
            Thread interrupted = new Thread(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> source.read(Region.of(0, 0, 3, 4))).isInstanceOf(IOException.class);
            });
            interrupted.start();
            interrupted.join();
            assertThat(source.read(Region.of(0, 0, 3, 4)).samples()).hasSize(12);
        }
    }
}
