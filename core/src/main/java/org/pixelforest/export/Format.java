package org.pixelforest.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way to store a result, called as ilastik calls it. */
public enum Format {
    TIFF("tiff", "tiff"),
    MULTIPAGE_TIFF("multipage tiff", "tiff"),
    HDF5("hdf5", "h5"),
    COMPRESSED_HDF5("compressed hdf5", "h5"),
    NUMPY("numpy", "npy"),
    PNG("png", "png");

    private final String title;
    private final String extension;

    Format(String title, String extension) {
        this.title = title;
        this.extension = extension;
    }

    public String title() {
        return title;
    }

    /** Ending of a file's name, no dot. */
    public String extension() {
        return extension;
    }

    /** The format with this title; {@code tif} and {@code npy} are understood as well. */
    public static Format of(String title) {
        String wanted = title.strip().replace('_', ' ').replace('-', ' ').toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(f -> f.title.equals(wanted)
                        || f == NUMPY && wanted.equals("npy")
                        || f == TIFF && wanted.equals("tif"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an output format is one of "
                        + Arrays.stream(values()).map(Format::title).collect(Collectors.joining(", ")) + " (got: "
                        + title + ")"));
    }

    @Override
    public String toString() {
        return title;
    }
}
