package org.pixelforest.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pixelforest.image.SampleType;

/** Begins a NumPy {@code .npy} file, version 1.0, little-endian, C order. */
final class NpyWriter {

    private NpyWriter() {}

    static ArrayWriter create(Path file, SampleType type, long[] shape) throws IOException {
        StringBuilder header = new StringBuilder("{'descr': '");
        header.append(type.bytes() == 1 ? '|' : '<')
                .append(type.floating() ? 'f' : type.signed() ? 'i' : 'u')
                .append(type.bytes())
                .append("', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.length; i++) {
            header.append(i == 0 ? "" : " ").append(shape[i]).append(i < shape.length - 1 || i == 0 ? "," : "");
        }
        header.append("), }");
        // The samples begin at a multiple of 64 bytes.
        while ((10 + header.length() + 1) % 64 != 0) {
            header.append(' ');
        }
        byte[] text = header.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        byte[] head = new byte[10 + text.length];
        System.arraycopy(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)},
                0,
                head,
                0,
                10);
        System.arraycopy(text, 0, head, 10, text.length);
        PendingFile pending = PendingFile.create(file);
        try {
            pending.write(0, head, 0, head.length);
            return new BoxWriter(pending, head.length, type, shape);
        } catch (IOException | RuntimeException e) {
            pending.close();
            throw e;
        }
    }
}
