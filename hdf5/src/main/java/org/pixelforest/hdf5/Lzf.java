package org.pixelforest.hdf5;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Decompresses LZF. A control byte below 32 is followed by that many plain bytes and one more; any other holds a
 * length of a repetition in its upper three bits (7: one more byte of length follows) and the upper five bits of its
 * distance, whose lower eight follow.
 */
final class Lzf {

    private Lzf() {}

    static byte[] decode(Path file, byte[] in, int room) throws Hdf5Exception {
        byte[] out = new byte[room];
        int o = 0;
        int i = 0;
        while (i < in.length) {
            int control = in[i++] & 0xFF;
            if (control < 32) {
                int n = control + 1;
                if (n > in.length - i || n > room - o) {
                    throw broken(file);
                }
                System.arraycopy(in, i, out, o, n);
                i += n;
                o += n;
            } else {
                int n = control >> 5;
                if (i + (n == 7 ? 2 : 1) > in.length) {
                    throw broken(file);
                }
                if (n == 7) {
                    n += in[i++] & 0xFF;
                }
                n += 2;
                int from = o - ((control & 31) << 8) - (in[i++] & 0xFF) - 1;
                if (from < 0 || n > room - o) {
                    throw broken(file);
                }
                // A repetition may overlap what it makes, so byte by byte.
                for (int end = o + n; o < end; ) {
                    out[o++] = out[from++];
                }
            }
        }
        return o == room ? out : Arrays.copyOf(out, o);
    }

    private static Hdf5Exception broken(Path file) {
        return Hdf5Exception.corrupt(file, "a chunk that cannot be decompressed (lzf)");
    }
}
