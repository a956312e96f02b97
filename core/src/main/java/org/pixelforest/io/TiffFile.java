package org.pixelforest.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/** A classic TIFF or BigTIFF file of either byte order: its pages in the order of the directory chain. */
final class TiffFile implements Closeable {

    /** Strips and tiles of all pages together; bounds what their positions take in memory to 64 MiB. */
    private static final long MOST_SEGMENTS = 1 << 22;

    private final FileBytes bytes;
    private final ByteOrder order;
    private final boolean big;
    private final SegmentCache cache;
    private final List<TiffPage> pages = new ArrayList<>();
    private String description = "";

    private TiffFile(FileBytes bytes, ByteOrder order, boolean big) {
        this.bytes = bytes;
        this.order = order;
        this.big = big;
        this.cache = new SegmentCache(bytes.file());
    }

    /** {@code bytes} stays the caller's to close when this throws. */
    static TiffFile open(FileBytes bytes) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(bytes.read(0, 8, "the header"));
        ByteOrder order = head.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        head.order(order);
        boolean big = head.getChar(2) == 43;
        long first = head.getInt(4) & 0xffffffffL;
        if (big) {
            if (head.getChar(4) != 8) {
                throw new UnsupportedFileException(bytes.file(), "is a BigTIFF with offsets of an unknown size");
            }
            first = ByteBuffer.wrap(bytes.read(8, 8, "the header")).order(order).getLong();
        }
        TiffFile file = new TiffFile(bytes, order, big);
        file.readPages(first);
        return file;
    }

    private void readPages(long first) throws IOException {
        Set<Long> seen = new HashSet<>();
        // Directories do not overlap in a sound file, so together they are no longer than it is.
        long room = bytes.size();
        long segmentsLeft = MOST_SEGMENTS;
        for (long at = first; at != 0; ) {
            if (!seen.add(at)) {
                throw new BrokenFileException(bytes.file(), "has image directories that lead in a circle");
            }
            TiffDirectory directory = TiffDirectory.read(bytes, order, big, at);
            room -= directory.length();
            if (room < 0) {
                throw new BrokenFileException(bytes.file(), "has image directories that overlap");
            }
            TiffPage page = TiffPage.of(bytes, order, cache, directory, segmentsLeft);
            segmentsLeft -= page.segments();
            if (pages.isEmpty()) {
                description = directory.text(TiffTag.IMAGE_DESCRIPTION);
            }
            pages.add(page);
            at = directory.next();
        }
        if (pages.isEmpty()) {
            throw new BrokenFileException(bytes.file(), "holds no image");
        }
    }

    FileBytes bytes() {
        return bytes;
    }

    /** What the first page says about the image; may be empty. */
    String description() {
        return description;
    }

    List<TiffPage> pages() {
        return pages;
    }

    @Override
    public void close() throws IOException {
        try (bytes) {
            cache.close();
        }
    }
}
