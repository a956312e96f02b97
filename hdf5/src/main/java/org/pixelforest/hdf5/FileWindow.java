package org.pixelforest.hdf5;

import java.io.IOException;

/**
 * Writes runs of elements to the file: long ones at once, short ones by way of a buffer of at most 1 MiB that is read
 * first, so that their neighbours stay what they were.
 */
final class FileWindow implements Slab.Run {

    private static final int WINDOW = 1 << 20;
    private static final int LONG = 8192;

    private final Output out;
    private final Supply values;
    private final int size;
    private final long end;
    private byte[] buffer = new byte[0];
    private long start;
    private int length;

    /** {@code end}: where the dataset's bytes end. */
    FileWindow(Output out, Supply values, int size, long end) {
        this.out = out;
        this.values = values;
        this.size = size;
        this.end = end;
    }

    @Override
    public void run(long to, int step, long from, int n) throws IOException {
        boolean direct = step == size && (long) n * size >= LONG;
        int most = step == 0 ? 1 : Math.max(1, (WINDOW - size) / step + 1);
        for (int done = 0; done < n; ) {
            int now = Math.min(most, n - done);
            long at = to + (long) done * step;
            int bytes = (now - 1) * step + size;
            if (direct) {
                flush();
                room(bytes);
                values.put((int) from + done, now, buffer, 0, step);
                out.write(at, buffer, 0, bytes);
            } else {
                if (at < start || at + bytes > start + length) {
                    flush();
                    length = (int) Math.max(bytes, Math.min(LONG * 8L, end - at));
                    start = at;
                    room(length);
                    out.read(start, buffer, 0, length);
                }
                values.put((int) from + done, now, buffer, (int) (at - start), step);
            }
            done += now;
        }
    }

    private void room(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
    }

    void flush() throws IOException {
        if (length > 0) {
            out.write(start, buffer, 0, length);
            length = 0;
        }
    }
}
