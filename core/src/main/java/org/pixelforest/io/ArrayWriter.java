package org.pixelforest.io;

import java.io.Closeable;
import java.io.IOException;

/** Takes the numbers of an array box by box, each once, in any order, from several threads at a time. */
interface ArrayWriter extends Closeable {

    /** Writes a box, C order. The box lies in the array and the numbers fit its type. */
    void write(long[] offset, int[] count, float[] samples) throws IOException;

    /** All boxes have been written: finishes the file and puts it under its name. */
    void commit() throws IOException;

    /** Deletes what was written unless {@link #commit} has succeeded. */
    @Override
    void close() throws IOException;
}
