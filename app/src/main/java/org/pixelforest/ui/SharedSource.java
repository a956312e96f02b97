package org.pixelforest.ui;

import org.pixelforest.image.ForwardedSource;
import org.pixelforest.image.ImageSource;

/** An image that somebody else closes. */
final class SharedSource extends ForwardedSource {

    SharedSource(ImageSource image) {
        super(image);
    }

    @Override
    public void close() {
        // Stays open for its owner.
    }
}
