package org.pixelforest.ui;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/**
 * Keeps only the files open that were read last: an open file holds a handle and what it has unpacked, and a project may have
 * thousands of images. The others are opened again when they are read. Safe for several threads.
 */
final class RecentSources {

    private static final Logger LOG = Logger.getLogger(RecentSources.class.getName());

    /** Opens a file, each time anew. */
    @FunctionalInterface
    interface Opener {
        ImageSource open() throws IOException;
    }

    private final int bound;
    private final Set<Reopened> open = new LinkedHashSet<>(); // the one read last is the last; guarded by itself

    /** Keeps {@code bound} files open; more only while more than that are read at the same time. */
    RecentSources(int bound) {
        this.bound = bound;
    }

    /** A file holds at most 64 MiB of what it unpacked: these take a quarter of the heap, but are never fewer than 4. */
    static RecentSources ofHeap() {
        return new RecentSources(
                (int) Math.max(4, Math.min(64, Runtime.getRuntime().maxMemory() / 4 / (64L << 20))));
    }

    /**
     * What {@code opener} opens, as long as it is needed.
     *
     * @throws IOException as the opener does
     */
    ImageSource of(Opener opener) throws IOException {
        ImageSource first = opener.open();
        Reopened source = new Reopened(opener, first);
        used(source);
        return source;
    }

    /** How many files are open. */
    int open() {
        synchronized (open) {
            return open.size();
        }
    }

    private void used(Reopened source) {
        synchronized (open) {
            open.remove(source);
            open.add(source);
            Iterator<Reopened> oldest = open.iterator();
            while (open.size() > bound && oldest.hasNext()) {
                if (oldest.next().closeIdle()) {
                    oldest.remove();
                }
            }
        }
    }

    private void closed(Reopened source) {
        synchronized (open) {
            open.remove(source);
        }
    }

    private final class Reopened implements ImageSource {

        private final Opener opener;
        private final Shape shape;
        private final SampleType sampleType;
        private final String axes;
        private final List<String> channelNames;
        private ImageSource file; // this and the next two are guarded by this
        private int readers;
        private boolean closed;

        private Reopened(Opener opener, ImageSource first) {
            this.opener = opener;
            shape = first.shape();
            sampleType = first.sampleType();
            axes = first.axes();
            channelNames = first.channelNames();
            file = first;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        @Override
        public SampleType sampleType() {
            return sampleType;
        }

        @Override
        public String axes() {
            return axes;
        }

        @Override
        public List<String> channelNames() {
            return channelNames;
        }

        @Override
        public Block read(Region region) throws IOException {
            ImageSource source = begin();
            try {
                used(this);
                return source.read(region);
            } finally {
                end();
            }
        }

        private synchronized ImageSource begin() throws IOException {
            if (closed) {
                throw new IOException("the image was closed");
            }
            if (file == null) {
                ImageSource again = opener.open();
                if (!again.shape().equals(shape) || again.sampleType() != sampleType) {
                    again.close();
                    throw new IOException(
                            "the image was " + shape + " " + sampleType + " when the project was opened, and is "
                                    + again.shape() + " " + again.sampleType() + " now; open the project again");
                }
                file = again;
            }
            readers++;
            return file;
        }

        private synchronized void end() {
            readers--;
            if (closed && readers == 0) {
                closeFile();
            }
        }

        /** Closes the file unless somebody reads it. */
        private synchronized boolean closeIdle() {
            if (readers > 0) {
                return false;
            }
            closeFile();
            return true;
        }

        private void closeFile() {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException onlyReadFrom) {
                    LOG.log(Level.FINE, "closing an image", onlyReadFrom);
                }
                file = null;
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                closed = true;
                if (readers == 0) {
                    closeFile();
                }
            }
            closed(this);
        }
    }
}
