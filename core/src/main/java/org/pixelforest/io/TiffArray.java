package org.pixelforest.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.pixelforest.image.SampleType;

/** A TIFF series as an array. Memory of a read: one segment (see {@link SegmentCache}) and a few rows. */
final class TiffArray implements StoredArray {

    private final TiffFile file;
    private final TiffSeries series;
    private final TiffPage first;

    TiffArray(TiffFile file, TiffSeries series) {
        this.file = file;
        this.series = series;
        this.first = series.planes().get(0);
    }

    @Override
    public Path file() {
        return file.bytes().file();
    }

    @Override
    public SampleType type() {
        return first.type();
    }

    @Override
    public long[] shape() {
        return series.sizes().clone();
    }

    @Override
    public String description() throws IOException {
        String text = file.description();
        return text.strip().endsWith("OME>")
                ? OmeDescription.description(file, text)
                : ModelDescription.description(text);
    }

    @Override
    public void read(long[] offset, int[] count, float[] out) throws IOException {
        long[] shape = series.sizes();
        int[] from = new int[3];
        int[] size = {1, 1, 1};
        int outer = pagePart(shape, offset, count, from, size);
        int planeSamples = size[0] * size[1] * size[2];
        // Where sample, row and column step in the result: as they stand in the page.
        boolean separate = first.separate();
        int sampleStep = separate ? size[1] * size[2] : 1;
        int rowStep = separate ? size[2] : size[2] * size[0];
        int columnStep = separate ? 1 : size[0];
        int[] index = new int[outer];
        for (int to = 0; ; to += planeSamples) {
            long plane = 0;
            for (int i = 0; i < outer; i++) {
                plane = plane * shape[i] + offset[i] + index[i];
            }
            TiffPage page = series.planes().get((int) plane);
            page.read(
                    from[0],
                    from[0] + size[0],
                    from[1],
                    from[1] + size[1],
                    from[2],
                    from[2] + size[2],
                    out,
                    to,
                    sampleStep,
                    rowStep,
                    columnStep);
            int i = outer - 1;
            while (i >= 0 && ++index[i] == count[i]) {
                index[i--] = 0;
            }
            if (i < 0) {
                return;
            }
        }
    }

    /**
     * Finds sample, row and column ranges ({@code from}, {@code size}) and returns the number of axes before those of a page.
     * Axes of one position may stand anywhere, so they are skipped on both sides.
     */
    private int pagePart(long[] shape, long[] offset, int[] count, int[] from, int[] size) {
        long[] page = TiffSeries.pageSizes(first);
        String axes = TiffSeries.pageAxes(first);
        int at = shape.length;
        for (int i = page.length - 1; i >= 0; i--) {
            if (page[i] == 1) {
                continue;
            }
            do {
                at--;
            } while (shape[at] == 1);
            int k = "SYX".indexOf(axes.charAt(i));
            from[k] = (int) offset[at];
            size[k] = count[at];
        }
        return at;
    }

    /** Whether an array of these sizes holds, C order, the planes of {@code page}. */
    static boolean endsWith(long[] sizes, TiffPage page) {
        long[] longer = withoutOnes(sizes);
        long[] end = withoutOnes(TiffSeries.pageSizes(page));
        int from = longer.length - end.length;
        return from >= 0 && Arrays.equals(longer, from, longer.length, end, 0, end.length);
    }

    private static long[] withoutOnes(long[] sizes) {
        return Arrays.stream(sizes).filter(s -> s != 1).toArray();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
