package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;

/**
 * Opens image files by what they hold, whatever their name: TIFF (ImageJ, OME, BigTIFF), HDF5 datasets, NumPy arrays, PNG.
 *
 * <pre>{@code
 * try (ImageSource stack = Images.open("stack_s2.h5/stack_s2")) {
 *     Block corner = stack.read(Region.of(0, 0, 64, 64));
 * }
 * }</pre>
 */
public final class Images {

    private Images() {}

    /** As {@link #open(String, Optional)} with the axes the file states or suggests. */
    public static ImageSource open(String place) throws IOException {
        return open(place, Optional.empty());
    }

    /** As {@link #open(String)}. */
    public static ImageSource open(Path file) throws IOException {
        return open(file.toString(), Optional.empty());
    }

    /**
     * Opens an image.
     *
     * @param place a file, or an HDF5 file with the path of a dataset in it: {@code "a.h5/group/data"}; without one the file must
     *     hold a single dataset
     * @param axes what the axes of the stored array are, slowest first, e.g. {@code "cyx"}; overrides what the file says
     * @throws UnsupportedFileException when the file or the axes are of a kind we do not know
     * @throws BrokenFileException when the file is damaged
     */
    public static ImageSource open(String place, Optional<String> axes) throws IOException {
        return source(place, axes, false);
    }

    /** As {@link #open(String)}, for an image of numbers: those of a palette's entries stand as they are, not as colours. */
    public static ImageSource openNumbers(String place) throws IOException {
        return source(place, Optional.empty(), true);
    }

    private static ArraySource source(String place, Optional<String> axes, boolean numbers) throws IOException {
        DatasetPlace found = DatasetPlace.of(place);
        FileBytes bytes = FileBytes.open(found.file());
        try {
            return open(bytes, found.dataset(), axes, numbers);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * What an image file says of how it came about: the description of {@link ImageMetadata}. Empty when it says nothing.
     *
     * @param place as for {@link #open(String)}
     */
    public static String description(String place) throws IOException {
        try (ArraySource image = source(place, Optional.empty(), false)) {
            return image.description();
        }
    }

    private static ArraySource open(FileBytes bytes, Optional<String> dataset, Optional<String> axes, boolean numbers)
            throws IOException {
        Path file = bytes.file();
        if (bytes.size() == 0) {
            throw new BrokenFileException(file, "is empty");
        }
        byte[] magic = new byte[8];
        bytes.read(0, magic, 0, (int) Math.min(8, bytes.size()), "the header");
        if (isHdf5(bytes, magic)) {
            bytes.close();
            Hdf5Array array = Hdf5Array.open(file, dataset);
            try {
                String named = axes.isPresent() ? Axes.check(file, axes.get(), array.shape()) : array.axes();
                return new ArraySource(array, named, names(file, named, array));
            } catch (IOException | RuntimeException e) {
                array.close();
                throw e;
            }
        }
        if (dataset.isPresent()) {
            throw new UnsupportedFileException(file, "is no HDF5 file, so it holds no '" + dataset.get() + "'");
        }
        if (isTiff(magic)) {
            TiffFile tiff = TiffFile.open(bytes);
            TiffSeries series = TiffSeries.of(tiff);
            String named = axes.isPresent()
                    ? Axes.check(file, axes.get(), series.sizes())
                    : Axes.check(file, series.namedAxes(file), series.sizes());
            List<String> names = series.channelNames().isEmpty() ? ChannelNames.beside(file) : series.channelNames();
            return new ArraySource(new TiffArray(tiff, series), named, names);
        }
        if (starts(magic, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            NpyArray array = NpyArray.open(bytes);
            String named =
                    axes.isPresent() ? Axes.check(file, axes.get(), array.shape()) : Axes.guess(file, array.shape());
            return new ArraySource(array, named, List.of());
        }
        if (starts(magic, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            PngArray array = PngArray.open(bytes, numbers);
            return new ArraySource(array, Axes.check(file, axes.orElse("yxc"), array.shape()), List.of());
        }
        throw new UnsupportedFileException(file, "is not a TIFF, HDF5, NumPy or PNG file");
    }

    /**
     * Begins an image file. Blocks come in any order and from several threads; the memory of each format is bounded and stated
     * at its writer.
     *
     * @param axes order of the axes in the file, slowest first; every axis longer than 1 must be named. TIFF and PNG always have
     *     y, x, c, multipage TIFF always t, z, c, y, x
     * @throws UnsupportedFileException when the format cannot hold such an image
     */
    public static ImageSink create(
            Path file, ImageFormat format, Shape shape, SampleType type, String axes, ImageMetadata metadata)
            throws IOException {
        return switch (format) {
            case TIFF -> {
                checkPlane(file, "tiff", shape);
                String description = ModelDescription.of(metadata.channelNames(), metadata.description());
                ArrayWriter writer = TiffWriter.create(file, type, shape.y(), shape.x(), shape.c(), description);
                yield new ArraySink(shape, type, "yxc", writer);
            }
            case MULTIPAGE_TIFF ->
                new ArraySink(shape, type, "tzcyx", OmeTiffWriter.create(file, type, shape, metadata));
            case IMAGEJ_TIFF -> {
                checkPlane(file, "ImageJ tiff", shape);
                byte[] description = ImageJDescription.ofChannels(shape.c()).getBytes(StandardCharsets.US_ASCII);
                yield new ArraySink(shape, type, "tzcyx", OmeTiffWriter.create(file, type, shape, description));
            }
            case NUMPY -> {
                long[] sizes = Axes.sizes(file, axes, shape);
                yield new ArraySink(shape, type, axes, NpyWriter.create(file, type, sizes));
            }
            case PNG -> {
                checkPlane(file, "png", shape);
                ArrayWriter writer = PngWriter.create(file, type, shape.y(), shape.x(), shape.c());
                yield new ArraySink(shape, type, "yxc", writer);
            }
            case HDF5, COMPRESSED_HDF5 -> {
                boolean compressed = format == ImageFormat.COMPRESSED_HDF5;
                DatasetLayout layout = DatasetLayout.ilastik("exported_data", compressed);
                yield createDataset(file, layout, shape, type, axes, metadata);
            }
        };
    }

    /**
     * Begins an HDF5 file, or a dataset of one; otherwise as {@link #create}. The file's axes are {@code axes}, with those of a
     * single position if they are named.
     */
    public static ImageSink createDataset(
            Path file, DatasetLayout layout, Shape shape, SampleType type, String axes, ImageMetadata metadata)
            throws IOException {
        long[] sizes = Axes.sizes(file, axes, shape);
        ArrayWriter writer = Hdf5Writing.create(file, layout, type, axes, sizes, metadata);
        return new ArraySink(shape, type, axes, writer);
    }

    private static List<String> names(Path file, String axes, Hdf5Array array) throws IOException {
        List<String> own = array.channelNames();
        int c = axes.indexOf('c');
        return own.isEmpty() && c >= 0 ? ChannelNames.ofPrepared(file, (int) array.shape()[c]) : own;
    }

    private static void checkPlane(Path file, String format, Shape shape) throws IOException {
        if (shape.t() > 1 || shape.z() > 1) {
            throw new UnsupportedFileException(
                    file,
                    format + " holds one plane, not " + shape.t() + " times and " + shape.z()
                            + " slices; choose multipage tiff or hdf5");
        }
    }

    /** The signature stands at the start or, behind a block of the user's, at 512, 1024, 2048 … */
    private static boolean isHdf5(FileBytes bytes, byte[] magic) throws IOException {
        byte[] signature = magic;
        for (long at = 512; ; at *= 2) {
            if (starts(signature, 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n')) {
                return true;
            }
            if (at + 8 > bytes.size()) {
                return false;
            }
            signature = bytes.read(at, 8, "the header");
        }
    }

    private static boolean isTiff(byte[] magic) {
        return starts(magic, 'I', 'I', 42, 0)
                || starts(magic, 'M', 'M', 0, 42)
                || starts(magic, 'I', 'I', 43, 0)
                || starts(magic, 'M', 'M', 0, 43);
    }

    private static boolean starts(byte[] magic, int... with) {
        for (int i = 0; i < with.length; i++) {
            if ((magic[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
