package org.pixelforest.io;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.UnsupportedFileException;

/**
 * A PNG picture, 1 to 16 bits, grey (one channel) to RGBA (four); palettes become RGB. Axes yxc. The picture is held in memory,
 * at most 1 GiB or a quarter of what there is, since a PNG can only be unpacked from its start.
 */
final class PngArray implements StoredArray {

    private static final long LARGEST = Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 4);

    private final Path file;
    private final Raster raster;
    private final SampleType type;

    private PngArray(Path file, Raster raster, SampleType type) {
        this.file = file;
        this.raster = raster;
        this.type = type;
    }

    /**
     * Reads everything and closes {@code bytes}.
     *
     * @param numbers take the numbers of a palette's entries as they are, instead of their colours
     */
    static PngArray open(FileBytes bytes, boolean numbers) throws IOException {
        try (bytes) {
            checkSize(bytes);
            boolean grey = bytes.read(0, 33, "the header")[25] == 0;
            BufferedImage image = decode(bytes);
            Raster raster = image.getRaster();
            // Java makes a palette of grey with less than 8 bits, too.
            if (!grey && !numbers && image.getColorModel() instanceof IndexColorModel palette) {
                raster = palette.convertToIntDiscrete(raster, false).getRaster();
            }
            SampleType type = image.getSampleModel().getSampleSize(0) > 8 ? SampleType.UINT16 : SampleType.UINT8;
            return new PngArray(bytes.file(), raster, type);
        }
    }

    /** The picture header states the size; packed samples unfold at most 1040-fold. */
    private static void checkSize(FileBytes bytes) throws IOException {
        byte[] head = bytes.read(0, 33, "the header");
        ByteBuffer header = ByteBuffer.wrap(head);
        long width = header.getInt(16) & 0xffffffffL;
        long height = header.getInt(20) & 0xffffffffL;
        long bits = (head[24] & 0xff) * (long) (head[25] == 2 ? 3 : head[25] == 4 ? 2 : head[25] == 6 ? 4 : 1);
        if (width == 0 || height == 0 || bits == 0) {
            throw new BrokenFileException(bytes.file(), "has a damaged PNG header");
        }
        if (width * bits / 8 > LARGEST / height) {
            throw new UnsupportedFileException(
                    bytes.file(),
                    "is a PNG of " + width + " x " + height + " pixels, more than can be held; save it as TIFF");
        }
        if (width * bits / 8 * height / 1040 > bytes.size()) {
            throw new BrokenFileException(
                    bytes.file(), "claims " + width + " x " + height + " pixels, which it does not hold");
        }
    }

    private static BufferedImage decode(FileBytes bytes) throws IOException {
        try (InputStream in = bytes.stream(0, bytes.size(), "the picture");
                ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
            try {
                reader.setInput(stream, true, true);
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new BrokenFileException(bytes.file(), "is a damaged PNG picture", e);
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public SampleType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return new long[] {raster.getHeight(), raster.getWidth(), raster.getNumBands()};
    }

    @Override
    public void read(long[] offset, int[] count, float[] out) {
        int[] line = new int[count[1]];
        for (int y = 0; y < count[0]; y++) {
            for (int c = 0; c < count[2]; c++) {
                raster.getSamples((int) offset[1], (int) offset[0] + y, line.length, 1, (int) offset[2] + c, line);
                for (int x = 0; x < line.length; x++) {
                    out[(y * count[1] + x) * count[2] + c] = line[x];
                }
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open: the picture is in memory.
    }
}
