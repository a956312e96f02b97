package org.pixelforest.hdf5;

import java.io.IOException;

/** An object of a file that has a name. */
public sealed interface Node permits Group, Dataset, NamedType {

    /** The last part of {@link #path}; of the root group, the empty text. */
    String name();

    /** The way from the root group that led to this object, as in "/a/b"; of the root group, "/". */
    String path();

    /** Reads the object's attributes. */
    Attributes attributes() throws IOException;
}
