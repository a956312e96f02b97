package org.pixelforest.prepare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pixelforest.image.Region;

/** A random part of a prepared stack, cut for labelling: left column, top row, width and height in prepared pixels. */
public record Crop(int x, int y, int width, int height) {

    /**
     * The crop that CellProfiler cuts, decided by the name of the raw file alone, so that order and threads do not matter.
     *
     * @param fileName bare name of the raw file with its extension, e.g. {@code "X_ilastik.tiff"}
     * @param height rows of the prepared stack
     * @param width columns of the prepared stack
     * @param size largest rows and columns of the crop
     */
    public static Crop of(String fileName, int height, int width, int size) {
        MersenneTwister random = new MersenneTwister(seed(fileName));
        int y = height > size ? random.below(height - size) : 0;
        int x = width > size ? random.below(width - size) : 0;
        return new Crop(x, y, Math.min(width, size), Math.min(height, size));
    }

    /** The last four bytes of the name's MD5. */
    static int seed(String fileName) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(fileName.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest, 12, 4).getInt();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }

    public Region region() {
        return Region.of(y, x, y + height, x + width);
    }

    /** File name of the crop: that of the raw image without extension, then position and size. */
    public String fileName(String stem) {
        return stem + "_x" + x + "_y" + y + "_w" + width + "_h" + height + ".h5";
    }
}
