package org.pixelforest.io;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/** The OME-XML of an OME-TIFF file: order and sizes of the axes, which page holds which plane, names of channels. */
final class OmeDescription {

    private static final Pattern ORDER = Pattern.compile("XY[ZCT]{3}");

    /** Planes from page {@code page} on; {@code count} 0 = as many as there are pages. */
    private record Planes(int page, int z, int c, int t, int count, String uuid) {}

    private final Path file;
    private String uuid = "";
    private String companion = "";
    private int images;
    private String order = "";
    private int sizeZ;
    private int sizeC;
    private int sizeT;
    private int samples = 1;
    private String description = "";
    private final List<String> names = new ArrayList<>();
    private final List<Planes> planes = new ArrayList<>();

    private OmeDescription(Path file) {
        this.file = file;
    }

    static TiffSeries series(TiffFile file, String xml) throws IOException {
        return of(file, xml).series(file);
    }

    /** The text of the element Description. */
    static String description(TiffFile file, String xml) throws IOException {
        return of(file, xml).description;
    }

    private static OmeDescription of(TiffFile file, String xml) throws IOException {
        OmeDescription ome = new OmeDescription(file.bytes().file());
        try {
            ome.parse(xml);
        } catch (XMLStreamException | RuntimeException e) {
            throw new BrokenFileException(ome.file, "has an OME-XML description that cannot be read", e);
        }
        return ome;
    }

    private void parse(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        // Images come from anywhere: no document types, no entities, nothing fetched.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader in = factory.createXMLStreamReader(new StringReader(xml));
        try {
            while (in.hasNext()) {
                if (in.next() == XMLStreamConstants.START_ELEMENT) {
                    element(in);
                }
            }
        } finally {
            in.close();
        }
    }

    private void element(XMLStreamReader in) throws XMLStreamException {
        switch (in.getLocalName()) {
            case "OME" -> uuid = text(in, "UUID", "");
            case "BinaryOnly" -> companion = text(in, "MetadataFile", "another file");
            case "Description" -> {
                // Further ones are of parts of the image.
                if (description.isEmpty()) {
                    description = in.getElementText();
                }
            }
            case "Pixels" -> {
                images++;
                order = text(in, "DimensionOrder", "");
                sizeZ = number(in, "SizeZ", 1);
                sizeC = number(in, "SizeC", 1);
                sizeT = number(in, "SizeT", 1);
            }
            case "Channel" -> {
                samples = number(in, "SamplesPerPixel", 1);
                names.add(text(in, "Name", ""));
            }
            case "TiffData" -> {
                boolean one = in.getAttributeValue(null, "IFD") != null;
                planes.add(new Planes(
                        number(in, "IFD", 0),
                        number(in, "FirstZ", 0),
                        number(in, "FirstC", 0),
                        number(in, "FirstT", 0),
                        number(in, "PlaneCount", number(in, "NumPlanes", one ? 1 : 0)),
                        ""));
            }
            case "UUID" -> {
                if (!planes.isEmpty()) {
                    Planes p = planes.get(planes.size() - 1);
                    planes.set(
                            planes.size() - 1,
                            new Planes(
                                    p.page,
                                    p.z,
                                    p.c,
                                    p.t,
                                    p.count,
                                    in.getElementText().strip()));
                }
            }
            default -> {
                // Instruments, annotations and the rest say nothing about the array.
            }
        }
    }

    private static String text(XMLStreamReader in, String name, String otherwise) {
        String value = in.getAttributeValue(null, name);
        return value == null ? otherwise : value;
    }

    private static int number(XMLStreamReader in, String name, int otherwise) {
        String value = in.getAttributeValue(null, name);
        int number = value == null ? otherwise : Integer.parseInt(value.strip());
        if (number < 0) {
            throw new IllegalArgumentException(name + "=" + value);
        }
        return number;
    }

    private TiffSeries series(TiffFile tiff) throws IOException {
        if (images == 0 && !companion.isEmpty()) {
            throw new UnsupportedFileException(
                    file, "is described by " + companion + ", which is not read; save the image as one OME-TIFF");
        }
        if (images != 1) {
            throw new UnsupportedFileException(
                    file, "describes " + images + " OME images; save the one you mean alone");
        }
        if (!ORDER.matcher(order).matches() || order.chars().distinct().count() != 5) {
            throw new BrokenFileException(file, "has an OME-XML description with dimension order '" + order + "'");
        }
        int channels = sizeC / Math.max(1, samples);
        String axes = new StringBuilder(order.substring(2)).reverse().toString();
        long[] sizes = new long[3];
        long count = 1;
        for (int i = 0; i < 3; i++) {
            sizes[i] = size(axes.charAt(i), sizeZ, channels, sizeT);
            if (sizes[i] < 1) {
                throw new BrokenFileException(file, "has an OME-XML description with an axis of size " + sizes[i]);
            }
            count *= sizes[i];
            if (count > tiff.pages().size()) {
                if (!planes.isEmpty()) {
                    refuseOtherFiles();
                }
                throw new BrokenFileException(
                        file,
                        "describes at least " + count + " planes but holds "
                                + tiff.pages().size());
            }
        }
        List<TiffPage> found = place(tiff, axes, sizes, (int) count);
        List<String> known = names.stream().anyMatch(String::isBlank) ? List.of() : List.copyOf(names);
        return TiffSeries.of(tiff, axes, sizes, TiffSeries.alike(tiff, found), known);
    }

    private static int size(char axis, int z, int c, int t) {
        return switch (axis) {
            case 'Z' -> z;
            case 'C' -> c;
            default -> t;
        };
    }

    /** The page of every plane; planes without a word about their page take the pages in order. */
    private List<TiffPage> place(TiffFile tiff, String axes, long[] sizes, int count) throws IOException {
        if (planes.isEmpty()) {
            return tiff.pages().subList(0, count);
        }
        refuseOtherFiles();
        TiffPage[] placed = new TiffPage[count];
        for (Planes p : planes) {
            long first = 0;
            for (int i = 0; i < 3; i++) {
                int at = size(axes.charAt(i), p.z, p.c, p.t);
                if (at >= sizes[i]) {
                    throw new BrokenFileException(file, "places a plane outside of the image");
                }
                first = first * sizes[i] + at;
            }
            int n = p.count > 0 ? p.count : Math.min(count, tiff.pages().size());
            for (int i = 0;
                    i < n
                            && first + i < count
                            && (long) p.page + i < tiff.pages().size();
                    i++) {
                placed[(int) first + i] = tiff.pages().get(p.page + i);
            }
        }
        for (int i = 0; i < count; i++) {
            if (placed[i] == null) {
                throw new BrokenFileException(file, "lacks plane " + (i + 1) + " of " + count);
            }
        }
        return Arrays.asList(placed);
    }

    /** A file that was renamed still names one other file; several names mean an image spread over several files. */
    private void refuseOtherFiles() throws IOException {
        Set<String> others = new HashSet<>();
        for (Planes p : planes) {
            others.add(p.uuid);
        }
        if (others.size() > 1 || (!uuid.isEmpty() && !others.contains(uuid) && !others.contains(""))) {
            throw new UnsupportedFileException(
                    file, "is one of several files of an OME image; save the image as one file");
        }
    }
}
