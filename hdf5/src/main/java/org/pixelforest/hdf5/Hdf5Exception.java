package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.file.Path;

/** The file contradicts the HDF5 format: cut short, damaged, or no HDF5 at all. */
public class Hdf5Exception extends IOException {

    private static final long serialVersionUID = 1L;

    public Hdf5Exception(String message) {
        super(message);
    }

    public Hdf5Exception(String message, Throwable cause) {
        super(message, cause);
    }

    static Hdf5Exception corrupt(Path file, String problem) {
        return new Hdf5Exception(file + ": damaged HDF5: " + problem);
    }
}
