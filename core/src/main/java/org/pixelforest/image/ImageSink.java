package org.pixelforest.image;

import java.io.Closeable;
import java.io.IOException;

/**
 * An image to write by region, each pixel once, in any order, from several threads at a time. Samples are already numbers that
 * the sink's type can hold. Nothing is seen under the final name before {@link #commit}; closing without it leaves no trace.
 */
public interface ImageSink extends Closeable {

    Shape shape();

    SampleType sampleType();

    void write(Block block) throws IOException;

    /** Puts the finished file under its final name, replacing an older one at once (atomically where the file system can). */
    void commit() throws IOException;
}
