package org.pixelforest.batch;

/** Hears how a batch goes on; called from several threads, one call at a time. */
public interface BatchListener {

    /** Work on an image begins. */
    void started(PlannedImage image);

    /** So many more pixels are done. */
    void advanced(long pixels);

    /** An image is done with, for better or worse; also called for images that were settled before any work. */
    void finished(Outcome outcome);
}
