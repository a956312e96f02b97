package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pixelforest.image.SampleType;

/**
 * One plane of y, x, c as ilastik writes it: LZW without predictor, samples side by side, strips of floor(2^20 / (width *
 * channels)) rows, strips before the directory. Equal samples give the bytes that ilastik gives. Beyond that: more than four
 * channels, a description, and BigTIFF when the file passes 4 GiB.
 */
final class TiffWriter implements ArrayWriter {

    /** Where a classic TIFF can no longer point; some room is left for the directory. */
    static final long CLASSIC_LIMIT = (1L << 32) - (1 << 16);

    private static final int HEADER = 8;

    private final PendingFile file;
    private final int height;
    private final int width;
    private final int channels;
    private final SampleType type;
    private final String description;
    private final long classicLimit;
    private final int rowsPerStrip;
    private final TiffStrips strips;
    private final long[] offsets;
    private final long[] lengths;
    private long end = HEADER;

    private TiffWriter(
            PendingFile file,
            SampleType type,
            int height,
            int width,
            int channels,
            String description,
            long classicLimit,
            long memory) {
        this.file = file;
        this.type = type;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.description = description;
        this.classicLimit = classicLimit;
        this.rowsPerStrip = (int) Math.max(1, (1 << 20) / ((long) width * channels));
        int count = (height - 1) / rowsPerStrip + 1;
        this.offsets = new long[count];
        this.lengths = new long[count];
        this.strips = new TiffStrips(
                height,
                width * channels,
                rowsPerStrip,
                type,
                memory,
                file.part().getParent(),
                this::append);
    }

    /** {@code description} empty: none, as ilastik. */
    static TiffWriter create(Path file, SampleType type, int height, int width, int channels, String description)
            throws IOException {
        return create(file, type, height, width, channels, description, CLASSIC_LIMIT, TiffStrips.MEMORY);
    }

    static TiffWriter create(
            Path file,
            SampleType type,
            int height,
            int width,
            int channels,
            String description,
            long classicLimit,
            long memory)
            throws IOException {
        if ((long) width * channels * type.bytes() > 1 << 29) {
            throw new IOException(
                    file + ": a TIFF row of " + width + " x " + channels + " samples is too long; write HDF5 instead");
        }
        return new TiffWriter(
                PendingFile.create(file), type, height, width, channels, description, classicLimit, memory);
    }

    @Override
    public void write(long[] offset, int[] count, float[] samples) throws IOException {
        strips.write((int) offset[0], count[0], (int) offset[1] * channels, count[1] * channels, samples);
    }

    /** Called in order and by one thread at a time. */
    private void append(int strip, byte[] packed) throws IOException {
        file.write(end, packed, 0, packed.length);
        offsets[strip] = end;
        lengths[strip] = packed.length;
        end += packed.length;
    }

    @Override
    public void commit() throws IOException {
        boolean big = end + 16L * offsets.length + description.length() > classicLimit;
        if (big) {
            // The longer header of a BigTIFF takes the place where the first strip begins.
            byte[] first = new byte[(int) lengths[0]];
            file.read(offsets[0], first, first.length);
            append(0, first);
        }
        long directory = end + (end & 1);
        byte[] written = directory(directory, big);
        file.write(directory, written, 0, written.length);
        byte[] header = TiffDirectoryWriter.header(big, directory);
        file.write(0, header, 0, header.length);
        file.commit();
        strips.close();
    }

    private byte[] directory(long position, boolean big) {
        TiffDirectoryWriter tags = new TiffDirectoryWriter(big);
        int shortOrLong = TiffDirectoryWriter.SHORT_OR_LONG;
        tags.number(TiffTag.NEW_SUBFILE_TYPE, TiffDirectoryWriter.LONG, 0);
        tags.number(TiffTag.IMAGE_WIDTH, shortOrLong, width);
        tags.number(TiffTag.IMAGE_LENGTH, shortOrLong, height);
        tags.repeated(TiffTag.BITS_PER_SAMPLE, 8 * type.bytes(), channels);
        tags.number(TiffTag.COMPRESSION, TiffDirectoryWriter.SHORT, 5);
        boolean rgb = channels == 3 || channels == 4;
        tags.number(TiffTag.PHOTOMETRIC, TiffDirectoryWriter.SHORT, rgb ? 2 : 1);
        tags.number(TiffTag.ORIENTATION, TiffDirectoryWriter.SHORT, 1);
        tags.number(TiffTag.SAMPLES_PER_PIXEL, TiffDirectoryWriter.SHORT, channels);
        tags.number(TiffTag.ROWS_PER_STRIP, shortOrLong, rowsPerStrip);
        tags.number(TiffTag.PLANAR_CONFIGURATION, TiffDirectoryWriter.SHORT, 1);
        // Values that do not fit into an entry follow in the order of these calls, lengths before offsets as libtiff
        // has it.
        tags.offsets(TiffTag.STRIP_BYTE_COUNTS, lengths);
        tags.offsets(TiffTag.STRIP_OFFSETS, offsets);
        if (channels == 2 || channels == 4) {
            tags.number(TiffTag.EXTRA_SAMPLES, TiffDirectoryWriter.SHORT, 2);
        } else if (channels > 4) {
            tags.repeated(TiffTag.EXTRA_SAMPLES, 0, channels - 1);
        }
        tags.repeated(TiffTag.SAMPLE_FORMAT, type.floating() ? 3 : type.signed() ? 2 : 1, channels);
        if (!description.isEmpty()) {
            tags.text(TiffTag.IMAGE_DESCRIPTION, description.getBytes(StandardCharsets.UTF_8));
        }
        return tags.bytes(position, 0);
    }

    @Override
    public void close() throws IOException {
        try (strips) {
            file.close();
        }
    }
}
