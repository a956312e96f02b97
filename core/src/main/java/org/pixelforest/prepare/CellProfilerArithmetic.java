package org.pixelforest.prepare;

import java.util.Locale;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;

/**
 * What CellProfiler 4.2 computes in the pipeline "1_prepare_ilastik" of the IMC Segmentation Pipeline: samples scaled to
 * 0..1, mean times factor, bilinear enlargement by scikit-image, 16 bit.
 */
record CellProfilerArithmetic(SampleType raw, boolean mean, float meanFactor) implements Arithmetic {

    CellProfilerArithmetic {
        switch (raw) {
            case UINT8, UINT16, UINT32, INT16, FLOAT32, FLOAT64 -> {}
            default ->
                throw new IllegalArgumentException("samples of type "
                        + raw.name().toLowerCase(Locale.ROOT) + " cannot be prepared; save the image as uint16");
        }
    }

    @Override
    public SampleType sampleType() {
        return SampleType.UINT16;
    }

    @Override
    public String axes() {
        return "zyxc";
    }

    @Override
    public boolean needsRange() {
        return true;
    }

    @Override
    public Taps taps(int from, int to) {
        return Taps.scikitImage(from, to);
    }

    @Override
    public Block stack(Block in) {
        int pixels = Math.toIntExact(in.region().pixels());
        int first = mean ? 1 : 0;
        Block out = Block.zeros(in.region(), in.channels() + first);
        scale(in.samples(), in.channels() * pixels, out.samples(), first * pixels);
        if (mean) {
            Mean.pairwise(out.samples(), 1, in.channels(), pixels, out.samples());
            finishMean(out.samples(), pixels, in.channels());
        }
        return out;
    }

    /** To CellProfiler's 0..1, one rounded division a sample. */
    private void scale(float[] in, int count, float[] out, int offset) {
        switch (raw) {
            case UINT8 -> divide(in, count, 0, 255, out, offset);
            case UINT16 -> divide(in, count, 0, 65535, out, offset);
            case INT16 -> divide(in, count, 32768, 65535, out, offset);
            case UINT32 -> divide(in, count, 0, 4294967296f, out, offset);
            default -> copyChecked(in, count, out, offset);
        }
    }

    private static void divide(float[] in, int count, float shift, float by, float[] out, int offset) {
        for (int i = 0; i < count; i++) {
            out[offset + i] = (in[i] + shift) / by;
        }
    }

    private static void copyChecked(float[] in, int count, float[] out, int offset) {
        for (int i = 0; i < count; i++) {
            if (!(in[i] >= -1 && in[i] <= 1)) {
                throw new IllegalArgumentException("a float sample is " + in[i]
                        + "; for 16-bit stacks floats must lie within -1 .. 1 (counts: save them as uint16)");
            }
            out[offset + i] = in[i];
        }
    }

    private void finishMean(float[] samples, int pixels, int channels) {
        for (int i = 0; i < pixels; i++) {
            float m = samples[i] / channels * meanFactor;
            samples[i] = m > 1 ? 1 : m >= 0 ? m : 0;
        }
    }

    /**
     * NB: of the two products of an interpolation only that with the fraction is rounded to float. This asymmetry decides many
     * ties of the conversion to 16 bit.
     */
    @Override
    public Block enlarge(Block stack, Taps rows, Taps columns, Region region, Range range) {
        Block out = Block.zeros(region, stack.channels());
        int width = region.width();
        double[] top = new double[width];
        double[] bottom = new double[width];
        for (int c = 0; c < stack.channels(); c++) {
            int topRow = -1;
            int bottomRow = -1;
            for (int y = 0; y < region.height(); y++) {
                int lower = rows.lower()[region.minY() + y];
                int upper = rows.upper()[region.minY() + y];
                if (lower == bottomRow) {
                    double[] swap = top;
                    top = bottom;
                    bottom = swap;
                    bottomRow = topRow;
                } else if (lower != topRow) {
                    stretch(stack, c, lower, columns, region, top);
                }
                topRow = lower;
                if (upper != bottomRow) {
                    stretch(stack, c, upper, columns, region, bottom);
                    bottomRow = upper;
                }
                float fraction = rows.fraction()[region.minY() + y];
                blend(top, bottom, fraction, range, out.samples(), out.index(c, 0, y, 0), width);
            }
        }
        return out;
    }

    /** One source row at the enlarged columns. */
    private static void stretch(Block stack, int c, int row, Taps columns, Region region, double[] out) {
        int start = stack.index(c, 0, row - stack.region().minY(), 0)
                - stack.region().minX();
        float[] samples = stack.samples();
        int[] lower = columns.lower();
        int[] upper = columns.upper();
        float[] fraction = columns.fraction();
        for (int x = 0, i = region.minX(); x < out.length; x++, i++) {
            float t = fraction[i];
            float right = t * samples[start + upper[i]];
            out[x] = (1.0 - t) * samples[start + lower[i]] + right;
        }
    }

    private static void blend(
            double[] top, double[] bottom, float fraction, Range range, float[] out, int offset, int width) {
        double t = fraction;
        double s = 1.0 - t;
        float low = range.low();
        float high = range.high();
        for (int x = 0; x < width; x++) {
            float v = (float) (s * top[x] + t * bottom[x]);
            v = Math.min(Math.max(v, low), high);
            double z = Math.rint(v * 65535f);
            out[offset + x] = (float) Math.min(Math.max(z, 0.0), 65535.0);
        }
    }
}
