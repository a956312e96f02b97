package org.pixelforest.hdf5;

import java.util.List;

/** A committed datatype to be written. */
final class NewType extends NewObject {

    private final Datatype type;

    NewType(Datatype type) {
        this.type = type;
    }

    @Override
    List<Message> messages() {
        return List.of(Message.type(type, null));
    }
}
