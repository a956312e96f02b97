package org.pixelforest.io;

/** The formats that we write; their exact layouts are in {@code docs/file-formats.md}. */
public enum ImageFormat {
    /** One plane y, x, c with LZW, byte for byte as ilastik; axes of a single position are dropped. */
    TIFF("tiff"),
    /** OME-TIFF, a page a plane. */
    MULTIPAGE_TIFF("tiff"),
    /** A page a channel with ImageJ's description, as the IMC Segmentation Pipeline writes stacks. */
    IMAGEJ_TIFF("tiff"),
    /** A chunked dataset. */
    HDF5("h5"),
    /** A chunked dataset, gzip level 1. */
    COMPRESSED_HDF5("h5"),
    /** NumPy. */
    NUMPY("npy"),
    /** One plane, uint8 or uint16, at most four channels. */
    PNG("png");

    private final String extension;

    ImageFormat(String extension) {
        this.extension = extension;
    }

    /** Usual ending of the file's name, without a dot. */
    public String extension() {
        return extension;
    }
}
