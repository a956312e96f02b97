package org.pixelforest.hdf5;

/** The file may be sound, but it uses a part of HDF5 that this library does not know. */
public class UnsupportedHdf5Exception extends Hdf5Exception {

    private static final long serialVersionUID = 1L;

    public UnsupportedHdf5Exception(String message) {
        super(message);
    }
}
