package org.pixelforest.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.pixelforest.image.UnsupportedFileException;

/** How the segments of a TIFF page are packed. */
enum TiffCompression {
    NONE(1),
    LZW(4096),
    DEFLATE(1040),
    PACKBITS(64);

    private final int mostBytesPerByte;

    TiffCompression(int mostBytesPerByte) {
        this.mostBytesPerByte = mostBytesPerByte;
    }

    /** An upper bound of what one packed byte can unfold to. */
    int mostBytesPerByte() {
        return mostBytesPerByte;
    }

    static TiffCompression of(Path file, long number) throws IOException {
        String name;
        switch ((int) Math.min(number, Integer.MAX_VALUE)) {
            case 1:
                return NONE;
            case 5:
                return LZW;
            case 8, 32946:
                return DEFLATE;
            case 32773:
                return PACKBITS;
            case 2, 3, 4:
                name = "fax";
                break;
            case 6, 7:
                name = "JPEG";
                break;
            case 34712, 33003, 33005:
                name = "JPEG 2000";
                break;
            case 34925:
                name = "LZMA";
                break;
            case 50000, 34926:
                name = "Zstandard";
                break;
            case 50001, 34927:
                name = "WebP";
                break;
            default:
                name = "unknown (" + number + ")";
        }
        throw new UnsupportedFileException(
                file, "uses " + name + " compression; save it with LZW, deflate or no compression");
    }

    /** The unpacked bytes of a segment, still differenced if the page uses a predictor. */
    InputStream decode(FileBytes bytes, long offset, long length, String what) throws IOException {
        InputStream packed = bytes.stream(offset, length, what);
        return switch (this) {
            case NONE -> packed;
            case LZW -> new LzwInputStream(bytes.file(), packed);
            case DEFLATE ->
                new InflaterInputStream(packed, new Inflater(), 1 << 14) {
                    /** NB: an inflater that was given is not ended by the stream, and holds memory outside of Java's. */
                    @Override
                    public void close() throws IOException {
                        super.close();
                        inf.end();
                    }
                };
            case PACKBITS -> new PackBitsInputStream(packed);
        };
    }
}
