package org.pixelforest.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pixelforest.image.SampleType;

/** Undoes the differences between neighbouring samples, row by row (TIFF 6.0, section 14, and Technote 3 for floats). */
final class TiffPredictor extends InputStream {

    private final InputStream differences;
    private final byte[] row;
    private final byte[] shuffled;
    private final int samples;
    private final SampleType type;
    private final ByteOrder order;
    private int at;
    private int filled;

    private TiffPredictor(
            InputStream differences, boolean floating, int rowBytes, int samples, SampleType type, ByteOrder order) {
        this.differences = differences;
        this.row = new byte[rowBytes];
        this.shuffled = floating ? new byte[rowBytes] : null;
        this.samples = samples;
        this.type = type;
        this.order = order;
    }

    /** {@code predictor}: 1 none, 2 horizontal differences, 3 differences of the bytes of floats. */
    static InputStream of(
            int predictor, InputStream differences, int rowBytes, int samples, SampleType type, ByteOrder order) {
        return predictor == 1
                ? differences
                : new TiffPredictor(differences, predictor == 3, rowBytes, samples, type, order);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int from, int count) throws IOException {
        if (at == filled) {
            filled = differences.readNBytes(row, 0, row.length);
            at = 0;
            if (filled < row.length) {
                filled = 0;
                return -1;
            }
            if (shuffled == null) {
                addUp();
            } else {
                addUpFloats();
            }
        }
        int n = Math.min(count, filled - at);
        System.arraycopy(row, at, out, from, n);
        at += n;
        return n;
    }

    private void addUp() {
        ByteBuffer b = ByteBuffer.wrap(row).order(order);
        int size = type.bytes();
        int step = samples * size;
        for (int p = step; p < row.length; p += size) {
            switch (size) {
                case 1 -> row[p] += row[p - step];
                case 2 -> b.putShort(p, (short) (b.getShort(p) + b.getShort(p - step)));
                case 4 -> b.putInt(p, b.getInt(p) + b.getInt(p - step));
                default -> b.putLong(p, b.getLong(p) + b.getLong(p - step));
            }
        }
    }

    /** The row holds all highest bytes, then all second ones …, as one row of differences. */
    private void addUpFloats() {
        for (int p = samples; p < row.length; p++) {
            row[p] += row[p - samples];
        }
        int size = type.bytes();
        int n = row.length / size;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < size; k++) {
                int to = order == ByteOrder.BIG_ENDIAN ? k : size - 1 - k;
                shuffled[i * size + to] = row[k * n + i];
            }
        }
        System.arraycopy(shuffled, 0, row, 0, row.length);
    }

    @Override
    public void close() throws IOException {
        differences.close();
    }
}
