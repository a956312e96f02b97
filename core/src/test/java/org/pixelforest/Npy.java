package org.pixelforest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A NumPy file of unsigned integers or floats, C order, as floats: the form of the reference data. */
public record Npy(int[] shape, float[] values) {

    public static Npy read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int header = bytes.getShort(8);
            String text = new String(bytes.array(), 10, header, StandardCharsets.ISO_8859_1);
            String inside = text.substring(text.indexOf('(') + 1, text.indexOf(')'));
            int[] shape = Arrays.stream(inside.split(","))
                    .map(String::trim)
                    .filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            bytes.position(10 + header);
            for (int i = 0; i < values.length; i++) {
                if (text.contains("'<f4'")) {
                    values[i] = bytes.getFloat();
                } else if (text.contains("'<u2'")) {
                    values[i] = bytes.getShort() & 0xffff;
                } else if (text.contains("'|u1'")) {
                    values[i] = bytes.get() & 0xff;
                } else {
                    throw new IllegalArgumentException("number type of " + file + ": " + text);
                }
            }
            return new Npy(shape, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
