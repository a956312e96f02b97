package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Regions are read and written as crops of the whole, for every layout, order and thread. */
class RegionTest {

    private static final long[] SHAPE = {7, 23, 31, 3};

    @TempDir
    Path folder;

    static Stream<Layout> layouts() {
        return Stream.of(
                Layout.compact(),
                Layout.contiguous(),
                Layout.chunked(1, 8, 16, 3),
                Layout.chunked(3, 5, 7, 2).deflate(1),
                Layout.chunked(7, 23, 31, 3).shuffle(),
                Layout.chunked(2, 10, 10, 1).shuffle().deflate(4).fletcher32(),
                Layout.chunked(1, 1, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void regionsAreCropsOfTheWhole(Layout layout) throws IOException {
        Random random = new Random(5);
        int n = (int) Dataspace.product(SHAPE);
        int[] whole = new int[n];
        Path path = folder.resolve("regions.h5");
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            DatasetWriter writer = file.dataset("a/b", Datatype.UINT16, SHAPE, layout);
            for (int i = 0; i < 60; i++) {
                long[][] box = box(random);
                int[] values = random.ints(Dataspace.product(box[1]), 0, 65536).toArray();
                writer.write(box[0], box[1], values);
                paste(values, box, whole);
            }
            file.finish();
        }
        try (Hdf5File file = Hdf5File.open(path)) {
            Dataset dataset = file.root().dataset("a/b");
            assertThat(dataset.ints()).isEqualTo(whole);
            for (int i = 0; i < 60; i++) {
                long[][] box = box(random);
                int size = (int) Dataspace.product(box[1]);
                int[] expected = crop(whole, box);
                int[] ints = new int[size];
                dataset.read(box[0], box[1], ints);
                assertThat(ints).isEqualTo(expected);
                float[] floats = new float[size];
                dataset.read(box[0], box[1], floats);
                byte[] bytes = new byte[2 * size];
                dataset.read(box[0], box[1], bytes);
                for (int k = 0; k < size; k++) {
                    assertThat(floats[k]).isEqualTo(expected[k]);
                    assertThat(bytes[2 * k] & 0xFF | (bytes[2 * k + 1] & 0xFF) << 8)
                            .isEqualTo(expected[k]);
                }
            }
            assertThatThrownBy(() -> dataset.read(new long[4], new long[] {1, 24, 1, 1}, new int[24]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> dataset.read(new long[4], new long[] {1, 2, 1, 1}, new int[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        if (Files.exists(Path.of("/usr/bin/h5dump"))) {
            assertThat(Judges.tool("h5dump", "-H", path.toString())).contains("DATASET \"b\"");
        }
    }

    private static long[][] box(Random random) {
        long[][] box = new long[2][SHAPE.length];
        for (int d = 0; d < SHAPE.length; d++) {
            box[0][d] = random.nextInt((int) SHAPE[d]);
            box[1][d] = 1 + random.nextInt((int) (SHAPE[d] - box[0][d]));
        }
        return box;
    }

    private interface Pair {
        void at(int inBox, int inWhole);
    }

    /** The slow, obvious way through a box. */
    private static void walk(long[][] box, Pair pair) {
        int k = 0;
        for (long a = 0; a < box[1][0]; a++) {
            for (long b = 0; b < box[1][1]; b++) {
                for (long c = 0; c < box[1][2]; c++) {
                    for (long d = 0; d < box[1][3]; d++) {
                        long i = ((box[0][0] + a) * SHAPE[1] + box[0][1] + b) * SHAPE[2] + box[0][2] + c;
                        pair.at(k++, (int) (i * SHAPE[3] + box[0][3] + d));
                    }
                }
            }
        }
    }

    private static void paste(int[] values, long[][] box, int[] whole) {
        walk(box, (inBox, inWhole) -> whole[inWhole] = values[inBox]);
    }

    private static int[] crop(int[] whole, long[][] box) {
        int[] values = new int[(int) Dataspace.product(box[1])];
        walk(box, (inBox, inWhole) -> values[inBox] = whole[inWhole]);
        return values;
    }

    @Test
    void manyThreadsReadAndWriteAtOnceAndInterruptsDisturbNobody() throws Exception {
        Path path = folder.resolve("threads.h5");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            try (Hdf5Writer file = Hdf5Writer.create(path)) {
                DatasetWriter packed = file.dataset(
                        "packed",
                        Datatype.INT32,
                        new long[] {64, 100},
                        Layout.chunked(10, 30).deflate(1));
                DatasetWriter plain = file.dataset("plain", Datatype.INT32, new long[] {64, 100}, Layout.contiguous());
                List<Future<?>> rows = new ArrayList<>();
                for (int row = 0; row < 64; row++) {
                    int y = row;
                    rows.add(pool.submit(() -> {
                        packed.write(new long[] {y, 0}, new long[] {1, 100}, row(y));
                        plain.write(new long[] {y, 0}, new long[] {1, 100}, row(y));
                        return null;
                    }));
                }
                for (Future<?> row : rows) {
                    row.get();
                }
                file.finish();
            }
            try (Hdf5File file = Hdf5File.open(path)) {
                List<Future<?>> rows = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    int y = i % 64;
                    boolean interrupted = i % 7 == 0;
                    rows.add(pool.submit(() -> {
                        int[] out = new int[100];
                        Dataset dataset = file.root().dataset(y % 2 == 0 ? "packed" : "plain");
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                            try {
                                dataset.read(new long[] {y, 0}, new long[] {1, 100}, out);
                            } catch (IOException e) {
                                return null;
                            } finally {
                                Thread.interrupted();
                            }
                        }
                        dataset.read(new long[] {y, 0}, new long[] {1, 100}, out);
                        assertThat(out).isEqualTo(row(y));
                        return null;
                    }));
                }
                for (Future<?> row : rows) {
                    row.get();
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static int[] row(int y) {
        int[] row = new int[100];
        for (int x = 0; x < 100; x++) {
            row[x] = 1000 * y + x;
        }
        return row;
    }

    @Test
    void hugeSparseDatasetsCostOnlyWhatIsStored() throws IOException {
        Path path = folder.resolve("sparse.h5");
        long[] shape = {20_000, 20_000, 6};
        long[] at = {19_990, 12_345, 1};
        long[] count = {10, 200, 4};
        short[] values = new short[8000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (7 * i);
        }
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            file.dataset(
                            "packed",
                            Datatype.UINT16,
                            shape,
                            Layout.chunked(256, 256, 6).deflate(1).shuffle())
                    .write(at, count, values);
            file.dataset("whole", Datatype.UINT16, shape, Layout.contiguous()).write(at, count, values);
            file.dataset("after", Datatype.UINT8, new long[] {1}, Layout.contiguous())
                    .write(new long[1], new long[] {1}, new int[] {9});
            file.finish();
        }
        assertThat(Files.size(path)).isGreaterThan(4_800_000_000L);
        try (Hdf5File file = Hdf5File.open(path)) {
            assertThat(file.root().dataset("after").ints()).containsExactly(9);
            for (String name : List.of("packed", "whole")) {
                Dataset dataset = file.root().dataset(name);
                int[] out = new int[8000];
                dataset.read(at, count, out);
                for (int i = 0; i < out.length; i++) {
                    assertThat(out[i]).isEqualTo(values[i] & 0xFFFF);
                }
                dataset.read(new long[] {5000, 5000, 0}, new long[] {1, 8000, 1}, out);
                assertThat(out).containsOnly(0);
                assertThatThrownBy(dataset::floats)
                        .isInstanceOf(Hdf5Exception.class)
                        .hasMessageContaining("too many to read at once");
            }
        } finally {
            Files.delete(path);
        }
    }
}
