package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/**
 * What the pages of a TIFF file mean together: axes with their letters (as tifffile names them, upper case), and the page of
 * every position along the axes before those of a page.
 *
 * @param axes letters of {@link #sizes}, slowest first; the last ones are those of a page: YX, YXS or SYX
 * @param planes one for each position along the leading axes, C order
 * @param channelNames from the file's own description; empty when it has none
 */
record TiffSeries(String axes, long[] sizes, List<TiffPage> planes, List<String> channelNames) {

    static TiffSeries of(TiffFile file) throws IOException {
        String description = file.description();
        if (description.startsWith("{") && description.contains("\"shape\"")) {
            return ShapedDescription.series(file, description);
        }
        if (description.strip().endsWith("OME>")) {
            return OmeDescription.series(file, description);
        }
        if (description.startsWith("ImageJ=") || description.startsWith("SCIFIO=")) {
            return ImageJDescription.series(file, description);
        }
        return plain(file, ModelDescription.channelNames(description));
    }

    /** Pages without a description that says what they are: axis I. */
    private static TiffSeries plain(TiffFile file, List<String> channelNames) throws IOException {
        List<TiffPage> pages = alike(file, file.pages());
        return of(file, "I", new long[] {pages.size()}, pages, channelNames);
    }

    /** Checks that all pages have one size and type. */
    static List<TiffPage> alike(TiffFile file, List<TiffPage> pages) throws IOException {
        for (TiffPage page : pages) {
            if (!page.isLike(pages.get(0))) {
                throw new UnsupportedFileException(
                        file.bytes().file(), "holds images of different size or type; save the one you mean alone");
            }
        }
        return pages;
    }

    /** A series of {@code outerSizes} pages; axes of a single position are dropped. */
    static TiffSeries of(
            TiffFile file, String outerAxes, long[] outerSizes, List<TiffPage> planes, List<String> channelNames)
            throws IOException {
        StringBuilder axes = new StringBuilder();
        long[] sizes = new long[outerSizes.length + 3];
        int n = 0;
        long product = 1;
        for (int i = 0; i < outerSizes.length; i++) {
            product *= outerSizes[i];
            if (outerSizes[i] > 1) {
                axes.append(outerAxes.charAt(i));
                sizes[n++] = outerSizes[i];
            }
        }
        if (product != planes.size()) {
            throw new BrokenFileException(
                    file.bytes().file(),
                    "describes " + product + " planes (" + Axes.sizes(outerSizes) + ") but holds " + planes.size());
        }
        TiffPage page = planes.get(0);
        axes.append(pageAxes(page));
        for (long size : pageSizes(page)) {
            sizes[n++] = size;
        }
        return new TiffSeries(axes.toString(), Arrays.copyOf(sizes, n), planes, channelNames);
    }

    static String pageAxes(TiffPage page) {
        return page.samples() == 1 ? "YX" : page.separate() ? "SYX" : "YXS";
    }

    static long[] pageSizes(TiffPage page) {
        if (page.samples() == 1) {
            return new long[] {page.height(), page.width()};
        }
        return page.separate()
                ? new long[] {page.samples(), page.height(), page.width()}
                : new long[] {page.height(), page.width(), page.samples()};
    }

    /**
     * The axes by our letters: S (samples of a pixel) are channels, I (images) are times, else z, else channels; where an axis
     * is of unknown kind the shape decides.
     */
    String namedAxes(Path file) throws IOException {
        if (axes.indexOf('Q') >= 0) {
            return Axes.guess(file, sizes);
        }
        String named = axes.toLowerCase(Locale.ROOT).replace('s', 'c');
        for (String free : new String[] {"t", "z", "c"}) {
            if (named.indexOf('i') >= 0 && !named.contains(free)) {
                named = named.replaceFirst("i", free);
            }
        }
        if (!Axes.areKnown(named)) {
            throw new UnsupportedFileException(
                    file, "has axes " + axes + " (" + Axes.sizes(sizes) + "); say which of t, z, y, x, c they are");
        }
        return named;
    }
}
