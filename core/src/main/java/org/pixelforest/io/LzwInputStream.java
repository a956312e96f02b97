package org.pixelforest.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.UnsupportedFileException;

/**
 * Unpacks TIFF's LZW: codes of 9 to 12 bits, highest bit first, 256 clears the table, 257 ends; the width grows one code early
 * (TIFF 6.0, section 13).
 */
final class LzwInputStream extends InputStream {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int TABLE = 4096;

    private final Path file;
    private final InputStream packed;
    private final byte[] ahead = new byte[1 << 13];
    private int aheadAt;
    private int aheadEnd;
    private int bits;
    private int bitCount;

    private final short[] prefix = new short[TABLE];
    private final byte[] suffix = new byte[TABLE];
    private final byte[] first = new byte[TABLE];
    private final short[] length = new short[TABLE];
    private int next = END + 1;
    private int width = 9;
    private int previous = -1;

    /** The latest string, of which the caller has had {@code given} bytes. */
    private final byte[] string = new byte[TABLE];

    private int stringLength;
    private int given;
    private boolean ended;

    LzwInputStream(Path file, InputStream packed) throws IOException {
        this.file = file;
        this.packed = packed;
        for (int i = 0; i < 256; i++) {
            suffix[i] = (byte) i;
            first[i] = (byte) i;
            length[i] = 1;
        }
        aheadEnd = Math.max(0, packed.readNBytes(ahead, 0, ahead.length));
        if (aheadEnd >= 2 && ahead[0] == 0 && (ahead[1] & 1) != 0) {
            throw new UnsupportedFileException(file, "uses the LZW of TIFF 5; save it again with a newer program");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (given == stringLength && !nextString()) {
                break;
            }
            int n = Math.min(count - done, stringLength - given);
            System.arraycopy(string, given, out, from + done, n);
            given += n;
            done += n;
        }
        return done == 0 && count > 0 ? -1 : done;
    }

    private boolean nextString() throws IOException {
        int code = ended ? END : nextCode();
        while (code == CLEAR) {
            next = END + 1;
            width = 9;
            previous = -1;
            code = nextCode();
        }
        if (code == END) {
            ended = true;
            return false;
        }
        if (code > next || (code == next && previous < 0)) {
            throw new BrokenFileException(file, "has damaged LZW data");
        }
        if (previous >= 0 && next < TABLE) {
            // The new entry is the previous string and the first byte of this one (or of itself).
            prefix[next] = (short) previous;
            length[next] = (short) (length[previous] + 1);
            first[next] = first[previous];
            suffix[next] = first[code];
            next++;
            if (next == (1 << width) - 1 && width < 12) {
                width++;
            }
        } else if (code >= next) {
            throw new BrokenFileException(file, "has damaged LZW data");
        }
        previous = code;
        spell(code);
        return true;
    }

    private void spell(int code) {
        stringLength = length[code];
        given = 0;
        int c = code;
        for (int i = stringLength - 1; i >= 0; i--) {
            string[i] = suffix[c];
            c = prefix[c];
        }
    }

    /** The next code; the end of the bytes counts as the end code. */
    private int nextCode() throws IOException {
        while (bitCount < width) {
            if (aheadAt == aheadEnd) {
                aheadEnd = packed.read(ahead, 0, ahead.length);
                aheadAt = 0;
                if (aheadEnd <= 0) {
                    aheadEnd = 0;
                    return END;
                }
            }
            bits = bits << 8 | ahead[aheadAt++] & 0xff;
            bitCount += 8;
        }
        bitCount -= width;
        return bits >>> bitCount & (1 << width) - 1;
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }
}
