package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Path;
import org.pixelforest.hdf5.Hdf5Exception;
import org.pixelforest.hdf5.UnsupportedHdf5Exception;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/** Something that is asked of an HDF5 file; what is wrong with it is told as of any other image file. */
interface Hdf5Reading<T> {

    T read() throws IOException;

    static <T> T of(Path file, Hdf5Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (UnsupportedHdf5Exception e) {
            throw (IOException) new UnsupportedFileException(file, clause(file, e)).initCause(e);
        } catch (Hdf5Exception e) {
            throw new BrokenFileException(file, clause(file, e), e);
        }
    }

    /** The message without the name of the file. */
    private static String clause(Path file, Hdf5Exception e) {
        String start = file + ": ";
        return e.getMessage().startsWith(start) ? e.getMessage().substring(start.length()) : e.getMessage();
    }
}
