package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file or a value of it cannot be used. This class itself: the file contradicts the HDF5 format (cut short, damaged, no
 * HDF5 at all), lacks what was asked for (no such group or dataset), or holds values that the Java type asked for or the
 * memory cannot take. {@link UnsupportedHdf5Exception}: it uses what is not known here. The message names the file.
 */
public class Hdf5Exception extends IOException {

    private static final long serialVersionUID = 1L;

    public Hdf5Exception(String message) {
        super(message);
    }

    static Hdf5Exception corrupt(Path file, String problem) {
        return new Hdf5Exception(file + ": damaged HDF5: " + problem);
    }
}
