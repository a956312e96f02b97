package org.pixelforest.prepare;

import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;

/**
 * What steinbock computes in {@code classify ilastik prepare}: sums from left to right, no scaling, no clipping, bilinear
 * enlargement by OpenCV, all in float.
 *
 * <p>Doubling follows the numbers in files that steinbock wrote: fused multiply-add, except in a few columns near the right
 * edge. Other scales follow OpenCV's portable code, scale 1 is a copy.
 */
record SteinbockArithmetic(boolean mean, float meanFactor, int scale) implements Arithmetic {

    @Override
    public SampleType sampleType() {
        return SampleType.FLOAT32;
    }

    @Override
    public String axes() {
        return "cyx";
    }

    @Override
    public boolean needsRange() {
        return false;
    }

    @Override
    public Taps taps(int from, int to) {
        return Taps.openCv(from, to);
    }

    @Override
    public Block stack(Block in) {
        int pixels = Math.toIntExact(in.region().pixels());
        int first = mean ? 1 : 0;
        Block out = Block.zeros(in.region(), in.channels() + first);
        System.arraycopy(in.samples(), 0, out.samples(), first * pixels, in.channels() * pixels);
        if (mean) {
            float[] sum = out.samples();
            System.arraycopy(in.samples(), 0, sum, 0, pixels);
            for (int c = 1; c < in.channels(); c++) {
                for (int i = 0; i < pixels; i++) {
                    sum[i] += in.samples()[c * pixels + i];
                }
            }
            for (int i = 0; i < pixels; i++) {
                sum[i] = sum[i] / in.channels() * meanFactor;
            }
        }
        return out;
    }

    /** Columns first, then rows; a row of the source is stretched once and used by the rows of the result around it. */
    @Override
    public Block enlarge(Block stack, Taps rows, Taps columns, Region region, Range range) {
        if (scale == 1) {
            return part(stack, region);
        }
        Block out = Block.zeros(region, stack.channels());
        int wide = columns.lower().length;
        int last = rows.lower().length - 1;
        float[] top = new float[region.width()];
        float[] bottom = new float[region.width()];
        for (int c = 0; c < stack.channels(); c++) {
            int topRow = -1;
            int bottomRow = -1;
            for (int y = 0; y < region.height(); y++) {
                int row = region.minY() + y;
                boolean edge = row == 0 || row == last;
                int tail = doubled() && !edge ? wide - 1 - (wide - 2) % 4 : wide - 1;
                int from = Math.min(Math.max(tail - region.minX(), 0), region.width());
                int to = Math.min(Math.max(wide - 1 - region.minX(), 0), region.width());
                if (edge || row == 1) {
                    topRow = -1;
                    bottomRow = -1;
                }
                if (rows.lower()[row] != topRow) {
                    topRow = rows.lower()[row];
                    stretch(stack, c, topRow, columns, region, from, to, top);
                }
                if (rows.upper()[row] != bottomRow) {
                    bottomRow = rows.upper()[row];
                    stretch(stack, c, bottomRow, columns, region, from, to, bottom);
                }
                blend(top, bottom, rows.fraction()[row], from, to, out.samples(), out.index(c, 0, y, 0));
            }
        }
        return out;
    }

    private static Block part(Block stack, Region region) {
        Block out = Block.zeros(region, stack.channels());
        int top = region.minY() - stack.region().minY();
        int left = region.minX() - stack.region().minX();
        for (int c = 0; c < stack.channels(); c++) {
            for (int y = 0; y < region.height(); y++) {
                int from = stack.index(c, 0, top + y, left);
                System.arraycopy(stack.samples(), from, out.samples(), out.index(c, 0, y, 0), region.width());
            }
        }
        return out;
    }

    private boolean doubled() {
        return scale == 2;
    }

    /** One source row at the enlarged columns; columns {@code from .. to - 1} of the region are not fused. */
    private void stretch(Block stack, int c, int row, Taps columns, Region region, int from, int to, float[] out) {
        int start = stack.index(c, 0, row - stack.region().minY(), 0)
                - stack.region().minX();
        float[] samples = stack.samples();
        for (int x = 0; x < out.length; x++) {
            int i = region.minX() + x;
            float left = samples[start + columns.lower()[i]];
            float right = samples[start + columns.upper()[i]];
            out[x] = between(left, right, columns.fraction()[i], x >= from && x < to);
        }
    }

    private void blend(float[] top, float[] bottom, float fraction, int from, int to, float[] out, int offset) {
        for (int x = 0; x < top.length; x++) {
            out[offset + x] = between(top[x], bottom[x], fraction, x >= from && x < to);
        }
    }

    private float between(float a, float b, float t, boolean unfused) {
        if (!doubled()) {
            return a * (1 - t) + b * t;
        }
        return unfused ? a + (b - a) * t : Math.fma(b - a, t, a);
    }
}
