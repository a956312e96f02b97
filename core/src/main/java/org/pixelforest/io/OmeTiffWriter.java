package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/**
 * Begins an OME-TIFF: a page a plane in the order T, Z, C (c fastest), uncompressed, one strip a page, directories before the
 * samples. BigTIFF from 4 GiB on.
 */
final class OmeTiffWriter {

    private static final byte[] SOFTWARE = "PixelForest".getBytes(StandardCharsets.US_ASCII);

    private OmeTiffWriter() {}

    static ArrayWriter create(Path file, SampleType type, Shape shape, ImageMetadata metadata) throws IOException {
        return create(file, type, shape, xml(file, type, shape, metadata).getBytes(StandardCharsets.UTF_8));
    }

    /** The same pages with any description in the first. */
    static ArrayWriter create(Path file, SampleType type, Shape shape, byte[] description) throws IOException {
        long samples = shape.samples() * type.bytes();
        int planes = Math.multiplyExact(Math.multiplyExact(shape.t(), shape.z()), shape.c());
        boolean big = samples + description.length + 512L * planes > TiffWriter.CLASSIC_LIMIT;
        byte[] head = TiffDirectoryWriter.header(big, big ? 16 : 8);
        // Lengths of directories do not depend on the numbers in them, so the first pass finds where everything stands.
        long[] positions = new long[planes + 1];
        positions[0] = head.length;
        for (int i = 0; i < planes; i++) {
            positions[i + 1] = positions[i]
                    + directory(shape, type, big, i == 0 ? description : null, 0)
                            .length();
        }
        long start = positions[planes] + 15 & ~15L;
        long plane = (long) shape.y() * shape.x() * type.bytes();
        PendingFile pending = PendingFile.create(file);
        try {
            pending.write(0, head, 0, head.length);
            for (int i = 0; i < planes; i++) {
                byte[] directory = directory(shape, type, big, i == 0 ? description : null, start + i * plane)
                        .bytes(positions[i], i == planes - 1 ? 0 : positions[i + 1]);
                pending.write(positions[i], directory, 0, directory.length);
            }
            long[] sizes = {shape.t(), shape.z(), shape.c(), shape.y(), shape.x()};
            return new BoxWriter(pending, start, type, sizes);
        } catch (IOException | RuntimeException e) {
            pending.close();
            throw e;
        }
    }

    private static TiffDirectoryWriter directory(
            Shape shape, SampleType type, boolean big, byte[] description, long start) {
        TiffDirectoryWriter tags = new TiffDirectoryWriter(big);
        tags.number(TiffTag.NEW_SUBFILE_TYPE, TiffDirectoryWriter.LONG, 0);
        tags.number(TiffTag.IMAGE_WIDTH, TiffDirectoryWriter.LONG, shape.x());
        tags.number(TiffTag.IMAGE_LENGTH, TiffDirectoryWriter.LONG, shape.y());
        tags.number(TiffTag.BITS_PER_SAMPLE, TiffDirectoryWriter.SHORT, 8L * type.bytes());
        tags.number(TiffTag.COMPRESSION, TiffDirectoryWriter.SHORT, 1);
        tags.number(TiffTag.PHOTOMETRIC, TiffDirectoryWriter.SHORT, 1);
        tags.offsets(TiffTag.STRIP_OFFSETS, start);
        tags.number(TiffTag.SAMPLES_PER_PIXEL, TiffDirectoryWriter.SHORT, 1);
        tags.number(TiffTag.ROWS_PER_STRIP, TiffDirectoryWriter.LONG, shape.y());
        tags.offsets(TiffTag.STRIP_BYTE_COUNTS, (long) shape.y() * shape.x() * type.bytes());
        int format = type.floating() ? 3 : type.signed() ? 2 : 1;
        tags.number(TiffTag.SAMPLE_FORMAT, TiffDirectoryWriter.SHORT, format);
        tags.text(TiffTag.SOFTWARE, SOFTWARE);
        if (description != null) {
            tags.text(TiffTag.IMAGE_DESCRIPTION, description);
        }
        return tags;
    }

    private static String xml(Path file, SampleType type, Shape shape, ImageMetadata metadata) throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:schemaLocation=\"http://www.openmicroscopy.org/Schemas/OME/2016-06"
                + " http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd\" Creator=\"PixelForest\">\n");
        xml.append("<Image ID=\"Image:0\" Name=\"")
                .append(escaped(file.getFileName().toString()))
                .append("\">");
        if (!metadata.description().isEmpty()) {
            xml.append("<Description>").append(escaped(metadata.description())).append("</Description>");
        }
        xml.append("\n<Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"")
                .append(omeType(file, type))
                .append("\" BigEndian=\"false\" SizeX=\"")
                .append(shape.x())
                .append("\" SizeY=\"")
                .append(shape.y())
                .append("\" SizeC=\"")
                .append(shape.c())
                .append("\" SizeZ=\"")
                .append(shape.z())
                .append("\" SizeT=\"")
                .append(shape.t())
                .append("\">\n");
        List<String> names = new ArrayList<>(metadata.channelNames());
        for (int c = 0; c < shape.c(); c++) {
            xml.append("<Channel ID=\"Channel:0:").append(c).append("\" SamplesPerPixel=\"1\"");
            if (names.size() == shape.c()) {
                xml.append(" Name=\"").append(escaped(names.get(c))).append('"');
            }
            xml.append("/>\n");
        }
        int planes = shape.t() * shape.z() * shape.c();
        return xml.append("<TiffData IFD=\"0\" PlaneCount=\"")
                .append(planes)
                .append("\"/>\n</Pixels></Image>\n</OME>")
                .toString();
    }

    private static String omeType(Path file, SampleType type) throws IOException {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case UINT64, INT64 ->
                throw new UnsupportedFileException(
                        file, "OME-TIFF has no 64-bit integers; choose uint32, float64 or another format");
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Text for XML; characters that XML cannot hold are left out. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n', '\t', '\r' -> out.append("&#").append(c).append(';');
                default -> {
                    boolean allowed = c >= 0x20 && c != 0xfffe && c != 0xffff && (c < 0xd800 || c > 0xdfff);
                    if (allowed) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
