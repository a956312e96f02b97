package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to harm: sound in each part, but with claims that would fill the memory, never end, or overflow. */
class CraftedFilesTest {

    @TempDir
    Path folder;

    private interface Contents {
        void write(Hdf5Writer file) throws IOException;
    }

    private ByteBuffer written(Contents contents) throws IOException {
        Path path = folder.resolve("sound.h5");
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            contents.write(file);
            file.finish();
        }
        return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Path crafted(ByteBuffer bytes) throws IOException {
        return Files.write(folder.resolve("crafted.h5"), bytes.array());
    }

    private static int find(ByteBuffer bytes, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes.array(), i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
    }

    /** One long text gives each of 65,535 entries a long name: 2 GB from 3 MB. */
    @Test
    void namesThatShareTheirBytes() throws IOException {
        int entries = 65_535;
        int text = 60_000;
        ByteBuffer sound = written(f -> f.write("a", new int[1]));
        int size = sound.capacity();
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(sound.array(), size + text + 8 + 8 + entries * 40))
                .order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(bytes.array(), size, size + text, (byte) 'a');
        long object = bytes.getLong(find(bytes, "SNOD") + 16);
        bytes.position(size + text + 8)
                .put("SNOD".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) entries);
        for (int i = 0; i < entries; i++) {
            bytes.putLong(i % text).putLong(object).putLong(0).putLong(0).putLong(0);
        }
        int heap = find(bytes, "HEAP");
        bytes.putLong(heap + 8, text + 8).putLong(heap + 24, size);
        bytes.putLong(find(bytes, "TREE") + 32, size + text + 8);
        try (Hdf5File file = Hdf5File.open(crafted(bytes))) {
            assertThatThrownBy(() -> file.root().names())
                    .isInstanceOf(Hdf5Exception.class)
                    .hasMessageContaining("more bytes than the file");
        }
    }

    @Test
    void aTreeThatNamesANodeTwice() throws IOException {
        ByteBuffer bytes = written(f -> f.write("a", new int[1]));
        int tree = find(bytes, "TREE");
        bytes.putShort(tree + 6, (short) 2).putLong(tree + 48, bytes.getLong(tree + 32));
        try (Hdf5File file = Hdf5File.open(crafted(bytes))) {
            assertThatThrownBy(() -> file.root().names())
                    .isInstanceOf(Hdf5Exception.class)
                    .hasMessageContaining("twice");
        }
    }

    @Test
    void aShapeOfMoreBytesThanANumberHolds() throws IOException {
        long length = 0x123456789L;
        ByteBuffer bytes =
                written(f -> f.dataset("a", Datatype.opaque(4096, ""), new long[] {length}, Layout.contiguous()));
        for (int i = 0; i < bytes.capacity() - 8; i++) {
            if (bytes.getLong(i) == length) {
                bytes.putLong(i, 1L << 52);
            }
        }
        try (Hdf5File file = Hdf5File.open(crafted(bytes))) {
            assertThatThrownBy(() -> file.root().dataset("a"))
                    .isInstanceOf(UnsupportedHdf5Exception.class)
                    .hasMessageContaining("[4503599627370496]");
        }
    }

    @Test
    void aHeapWithBlocksOfNoLength() throws IOException {
        ByteBuffer bytes = written(f -> f.attribute("/", "long", Data.of(new int[20_000])));
        int heap = find(bytes, "FRHP");
        bytes.putLong(heap + 112, Long.MIN_VALUE).putLong(heap + 120, Long.MIN_VALUE);
        byte[] checked = Arrays.copyOfRange(bytes.array(), heap, heap + 142);
        bytes.putInt(heap + 142, Checksum.lookup3(checked, 0, checked.length));
        try (Hdf5File file = Hdf5File.open(crafted(bytes))) {
            assertThatThrownBy(() -> file.root().attributes())
                    .isInstanceOf(Hdf5Exception.class)
                    .hasMessageContaining("blocks of");
        }
    }

    @Test
    void anAttributeOfAnUnknownKindDoesNotHideTheOthers() throws IOException {
        ByteBuffer bytes = written(f -> {
            f.attribute("/", "bad", 1);
            f.attribute("/", "good", 2);
        });
        bytes.put(find(bytes, "bad\0") + 8, (byte) 0x1F);
        try (Hdf5File file = Hdf5File.open(crafted(bytes))) {
            Attributes attributes = file.root().attributes();
            assertThat(attributes.names()).containsExactly("bad", "good");
            assertThat(attributes.find("good").orElseThrow().longs()).containsExactly(2);
            assertThatThrownBy(() -> attributes.find("bad").orElseThrow().longs())
                    .isInstanceOf(UnsupportedHdf5Exception.class);
            Path copy = folder.resolve("copy.h5");
            assertThatThrownBy(() -> CopyTest.clone(file.path(), copy)).isInstanceOf(UnsupportedHdf5Exception.class);
        }
    }
}
