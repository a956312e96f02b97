package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written can be read again, and h5py reads the same. */
class WriterTest {

    @TempDir
    Path folder;

    private interface Contents {
        void write(Hdf5Writer file) throws IOException;
    }

    /** Writes a file, checks that h5py lists it as this library does, and opens it. */
    private Hdf5File written(Contents contents) throws IOException {
        Path path = folder.resolve("written.h5");
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            contents.write(file);
            file.finish();
        }
        Map<Path, List<String>> judged = Judges.listings(List.of(path));
        assertThat(Listing.of(path)).isEqualTo(judged.get(path));
        return Hdf5File.open(path);
    }

    @Test
    void valuesOfEveryKind() throws IOException {
        try (Hdf5File file = written(f -> {
            f.write("ints", new int[] {1, -2, 3, 4, 5, 6}, 2, 3);
            f.write("longs", new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
            f.write("floats", new float[] {1.5f, Float.NaN, Float.NEGATIVE_INFINITY});
            f.write("doubles", new double[] {Math.PI}, 1, 1, 1);
            f.write("bytes", new byte[] {0, (byte) 255});
            f.write("text", "µm² σ");
            f.write("texts", List.of("", "a", "ö".repeat(5000)), 3, 1);
            f.write("deep/er/flag", true);
            f.write("flags", Data.of(true, false, true));
            f.write("u32", Data.of(0xFFFFFFFFL, 7).as(Datatype.UINT32));
            f.write("u64", Data.of(Long.MAX_VALUE).as(Datatype.UINT64));
            f.write("big", Data.of(258, -1).as(Datatype.integer(2, true, ByteOrder.BIG_ENDIAN)));
            f.write("bigReal", Data.of(0.1).as(Datatype.floating(8, ByteOrder.BIG_ENDIAN)));
            f.write("half", Data.of(0.1, 65504, 1e-7, -0.0, 1e9).as(Datatype.FLOAT16));
            f.write("fixed", Data.of(List.of("ab", "σ")).as(Datatype.fixedString(3)));
            f.write(
                    "pickle",
                    Data.bytes(Datatype.opaque(6, ""), "cabc\n.".getBytes("UTF-8"))
                            .scalar());
            f.write("nothing", Data.nothing(Datatype.FLOAT32));
            f.write("empty", new int[0], 0, 5);
            f.write("emptyTexts", List.<String>of());
            f.write("small", Data.of(1, 2, 3), Layout.compact());
            f.write(
                    "packed",
                    Data.of(new int[1000]).shaped(10, 100),
                    Layout.chunked(4, 64).shuffle().deflate(9));
            f.softLink("link", "/deep/er/flag");
        })) {
            Group root = file.root();
            assertThat(root.dataset("ints").ints()).containsExactly(1, -2, 3, 4, 5, 6);
            assertThat(root.dataset("ints").shape()).containsExactly(2, 3);
            assertThat(root.dataset("longs").longs()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
            assertThat(root.dataset("floats").floats()).containsExactly(1.5f, Float.NaN, Float.NEGATIVE_INFINITY);
            assertThat(root.dataset("doubles").doubles()).containsExactly(Math.PI);
            assertThat(root.dataset("bytes").ints()).containsExactly(0, 255);
            assertThat(root.dataset("text").string()).isEqualTo("µm² σ");
            assertThat(root.dataset("text").shape()).isEmpty();
            assertThat(root.dataset("texts").strings()).containsExactly("", "a", "ö".repeat(5000));
            assertThat(root.dataset("link").booleans()).containsExactly(true);
            assertThat(root.dataset("flags").booleans()).containsExactly(true, false, true);
            assertThat(root.dataset("flags").type()).isEqualTo(Datatype.BOOLEAN);
            assertThat(root.dataset("u32").longs()).containsExactly(0xFFFFFFFFL, 7);
            assertThat(root.dataset("big").ints()).containsExactly(258, -1);
            assertThat(root.dataset("big").bytes()).containsExactly(2, 1, -1, -1);
            assertThat(root.dataset("bigReal").doubles()).containsExactly(0.1);
            assertThat(root.dataset("half").floats())
                    .containsExactly(0.099975586f, 65504, 1.1920929e-7f, -0f, Float.POSITIVE_INFINITY);
            assertThat(root.dataset("fixed").strings()).containsExactly("ab", "σ");
            assertThat(root.dataset("pickle").type()).isEqualTo(Datatype.opaque(6, ""));
            assertThat(root.dataset("nothing").isEmpty()).isTrue();
            assertThat(root.dataset("empty").shape()).containsExactly(0, 5);
            assertThat(root.dataset("empty").ints()).isEmpty();
            assertThat(root.dataset("emptyTexts").strings()).isEmpty();
            assertThat(root.dataset("packed").chunk()).hasValue(new long[] {4, 64});
        }
    }

    @Test
    void attributesOfEveryKind() throws IOException {
        try (Hdf5File file = written(f -> {
            f.group("g");
            f.attribute("/", "title", "α");
            f.attribute("g", "names", List.of("x", "yy", ""));
            f.attribute("g", "größe", 42);
            f.attribute("g", "ratio", 0.5);
            f.attribute("g", "flag", true);
            f.attribute("g", "none", Data.nothing(Datatype.STRING));
            f.attribute(
                    "g",
                    "raw",
                    Data.bytes(Datatype.opaque(3, "a tag"), new byte[] {1, 2, 3})
                            .scalar());
            f.attribute("g", "matrix", Data.of(new float[] {1, 2, 3, 4}).shaped(2, 2));
            f.attribute("g", "largest", Data.bytes(Datatype.UINT8, new byte[65_000]));
        })) {
            assertThat(file.root().attributes().find("title").orElseThrow().string())
                    .isEqualTo("α");
            Attributes g = file.root().group("g").attributes();
            assertThat(g.names())
                    .containsExactly("flag", "größe", "largest", "matrix", "names", "none", "ratio", "raw");
            assertThat(g.find("names").orElseThrow().strings()).containsExactly("x", "yy", "");
            assertThat(g.find("größe").orElseThrow().longs()).containsExactly(42);
            assertThat(g.find("flag").orElseThrow().booleans()).containsExactly(true);
            assertThat(g.find("none").orElseThrow().isEmpty()).isTrue();
            assertThat(g.find("matrix").orElseThrow().shape()).containsExactly(2, 2);
            assertThat(g.find("absent")).isEmpty();
        }
    }

    @Test
    void attributesLongerThanAHeaderMessage() throws IOException {
        int[] numbers = new int[100_000];
        Arrays.setAll(numbers, i -> i * i);
        try (Hdf5File file = written(f -> {
            for (String path : List.of("/", "group", "data")) {
                if (path.equals("group")) {
                    f.group(path);
                } else if (path.equals("data")) {
                    f.write(path, numbers);
                }
                f.attribute(path, "long", Data.of(numbers));
                for (int i = 0; i < 50; i++) {
                    f.attribute(path, "a" + i, "text " + i);
                }
            }
        })) {
            for (Node node :
                    List.of(file.root(), file.root().group("group"), file.root().dataset("data"))) {
                assertThat(node.attributes().names()).hasSize(51);
                assertThat(node.attributes().find("long").orElseThrow().ints()).isEqualTo(numbers);
                assertThat(node.attributes().find("a7").orElseThrow().string()).isEqualTo("text 7");
            }
        }
    }

    /** Tiles that cross the chunks leave more chunks incomplete than the memory is allowed to hold. */
    @Test
    void chunksFilledBitByBitTakeNoMoreRoomThanThoseFilledAtOnce() throws IOException {
        int channels = 70;
        int side = 512;
        byte[] noise = new byte[channels * side * side * 4];
        new Random(5).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = i % 4 == 3 ? noise[i] : 0;
        }
        long[] sizes = new long[2];
        for (int tiles : new int[] {1, 2}) {
            Path path = folder.resolve(tiles + ".h5");
            try (Hdf5Writer file = Hdf5Writer.create(path)) {
                Layout layout = Layout.chunked(1, side, side).deflate(1);
                DatasetWriter data =
                        file.dataset("data", Datatype.INT32, new long[] {channels, 2 * side, side}, layout);
                for (int tile = 0; tile < tiles; tile++) {
                    int rows = side / tiles;
                    for (int c = 0; c < channels; c++) {
                        byte[] part = Arrays.copyOfRange(
                                noise, (c * side + tile * rows) * side * 4, (c * side + (tile + 1) * rows) * side * 4);
                        data.write(new long[] {c, tile * rows, 0}, new long[] {1, rows, side}, part);
                    }
                }
                data.write(new long[] {3, side + 7, 0}, new long[] {1, 1, 3}, new int[] {1, 2, 3});
                file.finish();
            }
            sizes[tiles - 1] = Files.size(path);
            try (Hdf5File file = Hdf5File.open(path);
                    Stream<Path> files = Files.list(folder)) {
                byte[] read = new byte[noise.length];
                file.root().dataset("data").read(new long[3], new long[] {channels, side, side}, read);
                assertThat(Arrays.equals(read, noise)).isTrue();
                int[] few = new int[4];
                file.root().dataset("data").read(new long[] {3, side + 7, 0}, new long[] {1, 1, 4}, few);
                assertThat(few).containsExactly(1, 2, 3, 0);
                assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
            }
        }
        assertThat(sizes[1]).isEqualTo(sizes[0]);
    }

    @Test
    void groupsWithManyLinks() throws IOException {
        int many = 3000;
        try (Hdf5File file = written(f -> {
            for (int i = 0; i < many; i++) {
                f.write("g/n" + i * 7919 % many, Data.of(i).scalar());
            }
            f.group("g/sub");
        })) {
            assertThat(file.root().group("g").names()).hasSize(many + 1).isSorted();
            assertThat(file.root()
                            .dataset("g/n7919".replace("7919", "" + 7919 % many))
                            .ints())
                    .containsExactly(1);
        }
    }

    @Test
    void anUnfinishedFileIsNotReadable() throws IOException {
        Path path = folder.resolve("unfinished.h5");
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            file.write("a", 1 + "");
        }
        assertThatThrownBy(() -> Hdf5File.open(path))
                .isInstanceOf(Hdf5Exception.class)
                .hasMessageContaining("unfinished.h5");
        assertThat(Files.size(path)).isPositive();
    }

    @Test
    void refusesWhatDoesNotFitIntoAHeader() throws IOException {
        List<Datatype.EnumerationMember> members = IntStream.range(0, 5000)
                .mapToObj(i -> new Datatype.EnumerationMember("a long name of number " + i, i))
                .toList();
        Datatype type = new Datatype.Enumeration((Datatype.FixedPoint) Datatype.INT32, members);
        try (Hdf5Writer file = Hdf5Writer.create(folder.resolve("header.h5"))) {
            file.write("a", Data.bytes(type, new byte[4]));
            assertThatThrownBy(file::finish)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65528");
        }
        assertThatThrownBy(() -> Datatype.fixedString(0)).hasMessageContaining("at least one byte");
        assertThatThrownBy(() -> Datatype.opaque(0, "")).hasMessageContaining("at least one byte");
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        try (Hdf5Writer file = Hdf5Writer.create(folder.resolve("refused.h5"))) {
            file.write("a", new int[] {1});
            assertThatThrownBy(() -> file.write("a", new int[] {1})).hasMessageContaining("there already");
            assertThatThrownBy(() -> file.write("a/b", new int[] {1})).hasMessageContaining("no group");
            assertThatThrownBy(() -> file.write("c", Data.of(256).as(Datatype.UINT8)))
                    .hasMessageContaining("256");
            assertThatThrownBy(() -> file.write("d", Data.of(-1).as(Datatype.UINT32)))
                    .hasMessageContaining("-1");
            assertThatThrownBy(() -> file.write("e", Data.of(1.5).as(Datatype.INT32)))
                    .hasMessageContaining("1.5");
            assertThatThrownBy(() -> file.write("f", new int[] {1, 2}, 3)).hasMessageContaining("[3]");
            assertThatThrownBy(() -> file.attribute("x", "y", 1)).hasMessageContaining("no \"x\"");
            DatasetWriter writer = file.dataset("g", Datatype.UINT8, new long[] {4, 4}, Layout.contiguous());
            assertThatThrownBy(() -> writer.write(new long[] {0, 1}, new long[] {4, 4}, new int[16]))
                    .hasMessageContaining("[4, 4]");
            assertThatThrownBy(() -> writer.write(new long[] {0, 0}, new long[] {4, 4}, new int[15]))
                    .hasMessageContaining("15");
        }
    }
}
