package org.pixelforest.hdf5;

import java.io.IOException;

/** A datatype that has a place of its own in the file (a committed datatype). */
public final class NamedType implements Node {

    private final ObjectNode node;
    private final Datatype type;

    NamedType(ObjectNode node) throws IOException {
        this.node = node;
        ObjectHeader.Message message = node.header().find(ObjectHeader.DATATYPE).orElseThrow();
        this.type = DatatypeMessage.read(node.header().cursor(message, "datatype " + node.path()));
    }

    public Datatype type() {
        return type;
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public Attributes attributes() throws IOException {
        return node.attributes();
    }

    Hdf5File file() {
        return node.file();
    }

    ObjectHeader header() {
        return node.header();
    }
}
