package org.pixelforest.hdf5;

/** A name in a group and what it stands for. */
sealed interface Link {

    String name();

    /** An object of the file. */
    record Hard(String name, long address) implements Link {}

    /** A path in the same file. */
    record Soft(String name, String target) implements Link {}

    /** A path in another file, or a kind of link of someone's own; kept as bytes. */
    record Foreign(String name, int kind, byte[] content) implements Link {}
}
