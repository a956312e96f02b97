package org.pixelforest.classify;

import java.io.IOException;
import java.util.List;

/** An image does not have the channels that a classifier was trained on. */
public final class ChannelMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> missing;
    private final transient List<String> unused;

    ChannelMismatchException(String message, List<String> missing, List<String> unused) {
        super(message);
        this.missing = List.copyOf(missing);
        this.unused = List.copyOf(unused);
    }

    /** Names that the classifier needs and the image lacks. */
    public List<String> missing() {
        return missing;
    }

    /** Names that the image has and the classifier does not know. */
    public List<String> unused() {
        return unused;
    }
}
