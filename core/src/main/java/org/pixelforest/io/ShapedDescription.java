package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/** The description that tifffile writes: JSON with the array's "shape" and perhaps its "axes". */
final class ShapedDescription {

    private ShapedDescription() {}

    static TiffSeries series(TiffFile file, String description) throws IOException {
        Path path = file.bytes().file();
        JsonText.Node json;
        long[] shape;
        try {
            json = JsonText.parse(description);
            shape = json.get("shape").numbers();
        } catch (IllegalArgumentException e) {
            throw new BrokenFileException(path, "has a description that is no sound JSON", e);
        }
        TiffPage first = file.pages().get(0);
        long samples = 1;
        for (long size : shape) {
            if (size < 1 || samples > (1L << 48) / size) {
                throw new BrokenFileException(path, "describes an impossible shape (" + Axes.sizes(shape) + ")");
            }
            samples *= size;
        }
        long inPage = (long) first.width() * first.height() * first.samples();
        if (samples % inPage != 0 || !TiffArray.endsWith(shape, first)) {
            throw new BrokenFileException(
                    path, "describes " + Axes.sizes(shape) + " samples, which its pages cannot make up");
        }
        long planes = samples / inPage;
        List<TiffPage> pages = file.pages();
        if (pages.size() > planes) {
            throw new UnsupportedFileException(path, "holds several images; save the one you mean alone");
        }
        if (pages.size() < planes) {
            if (pages.size() > 1) {
                throw new BrokenFileException(path, "describes " + planes + " planes but holds " + pages.size());
            }
            pages = first.stackBehind(planes);
        }
        TiffSeries.alike(file, pages);
        String axes = json.has("axes") ? json.get("axes").text().toUpperCase(Locale.ROOT) : "";
        if (axes.length() != shape.length) {
            axes = unnamed(shape, first);
        }
        return new TiffSeries(axes, shape, List.copyOf(pages), List.of());
    }

    /** Axes as far as the page tells them, Q for the others. */
    private static String unnamed(long[] shape, TiffPage page) {
        char[] axes = "Q".repeat(shape.length).toCharArray();
        String pageAxes = TiffSeries.pageAxes(page);
        long[] pageSizes = TiffSeries.pageSizes(page);
        int at = shape.length - 1;
        for (int i = pageSizes.length - 1; i >= 0 && at >= 0; i--) {
            while (at > 0 && shape[at] == 1 && pageSizes[i] != 1) {
                at--;
            }
            if (shape[at] == pageSizes[i]) {
                axes[at--] = pageAxes.charAt(i);
            }
        }
        return new String(axes);
    }
}
