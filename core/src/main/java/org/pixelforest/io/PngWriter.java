package org.pixelforest.io;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.UnsupportedFileException;

/** A PNG picture of y, x, c: 8 or 16 bits, one channel grey, three RGB; two and four with alpha. Held in memory, at most 1 GiB. */
final class PngWriter implements ArrayWriter {

    private static final long LARGEST = 1L << 30;

    private final PendingFile file;
    private final WritableRaster raster;
    private final ColorModel colours;
    private final int channels;

    private PngWriter(PendingFile file, WritableRaster raster, ColorModel colours, int channels) {
        this.file = file;
        this.raster = raster;
        this.colours = colours;
        this.channels = channels;
    }

    static PngWriter create(Path file, SampleType type, int height, int width, int channels) throws IOException {
        if (type != SampleType.UINT8 && type != SampleType.UINT16) {
            throw new UnsupportedFileException(file, "PNG holds uint8 or uint16, not " + type + "; choose one of them");
        }
        if (channels > 4) {
            throw new UnsupportedFileException(
                    file, "PNG holds at most 4 channels, not " + channels + "; choose tiff or hdf5");
        }
        if ((long) height * width * channels * type.bytes() > LARGEST) {
            throw new UnsupportedFileException(
                    file,
                    "PNG of " + width + " x " + height + " pixels would not fit into memory; choose tiff or hdf5");
        }
        int kind = type == SampleType.UINT8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        boolean alpha = channels == 2 || channels == 4;
        ColorSpace space = ColorSpace.getInstance(channels < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ColorModel colours =
                new ComponentColorModel(space, alpha, false, alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE, kind);
        WritableRaster raster = Raster.createInterleavedRaster(kind, width, height, channels, null);
        return new PngWriter(PendingFile.create(file), raster, colours, channels);
    }

    @Override
    public synchronized void write(long[] offset, int[] count, float[] samples) {
        int row = count[1] * channels;
        float[] line = new float[row];
        for (int y = 0; y < count[0]; y++) {
            System.arraycopy(samples, y * row, line, 0, row);
            raster.setPixels((int) offset[1], (int) offset[0] + y, count[1], 1, line);
        }
    }

    @Override
    public void commit() throws IOException {
        BufferedImage image = new BufferedImage(colours, raster, false, null);
        ImageWriter writer =
                ImageIO.getImageWriters(new ImageTypeSpecifier(image), "png").next();
        try (OutputStream out = Files.newOutputStream(file.part());
                ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(image);
        } finally {
            writer.dispose();
        }
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
