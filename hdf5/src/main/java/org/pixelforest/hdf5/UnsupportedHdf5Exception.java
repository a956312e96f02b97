package org.pixelforest.hdf5;

import java.nio.file.Path;

/** The file may be sound, but it uses a part of HDF5 that this library does not know. */
public class UnsupportedHdf5Exception extends Hdf5Exception {

    private static final long serialVersionUID = 1L;

    public UnsupportedHdf5Exception(String message) {
        super(message);
    }

    static UnsupportedHdf5Exception of(Path file, String what) {
        return new UnsupportedHdf5Exception(file + ": not supported: " + what);
    }
}
