package org.pixelforest.hdf5;

import java.io.IOException;

/** What every named object is made of. */
record ObjectNode(Hdf5File file, String path, ObjectHeader header) {

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Attributes attributes() throws IOException {
        return Attributes.read(file, header, path);
    }

    Node open() throws IOException {
        if (Links.in(header)) {
            return new Group(this);
        }
        if (header.has(ObjectHeader.LAYOUT) || header.has(ObjectHeader.DATASPACE)) {
            return new Dataset(this);
        }
        if (header.has(ObjectHeader.DATATYPE)) {
            return new NamedType(this);
        }
        throw header.cursor(new ObjectHeader.Message(0, new byte[0], 0), path)
                .corrupt("is neither a group nor a dataset nor a type");
    }
}
