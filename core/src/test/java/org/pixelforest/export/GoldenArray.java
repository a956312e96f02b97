package org.pixelforest.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A little-endian .npy file beside the tests, as floats in its own order. */
record GoldenArray(int[] shape, float[] values) {

    static GoldenArray read(String name) throws IOException {
        byte[] bytes;
        try (InputStream in = GoldenArray.class.getResourceAsStream("/golden/synthetic/" + name)) {
            bytes = in.readAllBytes();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = buffer.getShort(8);
        String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
        String[] sizes = text.replaceAll(".*\\(([^)]*)\\).*\\s*", "$1").split("[, ]+");
        int[] shape = new int[sizes.length];
        int count = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Integer.parseInt(sizes[i]);
            count *= shape[i];
        }
        buffer.position(10 + header);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = text.contains("f4")
                    ? buffer.getFloat()
                    : text.contains("u2") ? buffer.getShort() & 0xffff : buffer.get() & 0xff;
        }
        return new GoldenArray(shape, values);
    }

    /** Channel last to planar. */
    float[] planar() {
        int channels = shape[2];
        int pixels = shape[0] * shape[1];
        float[] planar = new float[values.length];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < channels; c++) {
                planar[c * pixels + i] = values[i * channels + c];
            }
        }
        return planar;
    }
}
