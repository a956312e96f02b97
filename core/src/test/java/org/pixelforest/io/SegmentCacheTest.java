package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCacheTest {

    private static final int LENGTH = 2 << 20;

    private static final Path IMAGE = Path.of("image.tiff");
    private static final int LARGE = 17 << 20;

    @TempDir
    Path folder;

    private int unpacked;

    /** Reads the first byte of so many segments; that of segment i is i. */
    private void walk(SegmentCache cache, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[LENGTH];
            bytes[0] = (byte) i;
            SegmentCache.Segment segment = cache.get(100L * i, LENGTH, () -> {
                unpacked++;
                return new ByteArrayInputStream(bytes);
            });
            byte[] first = new byte[1];
            segment.read(0, first, 0, 1);
            assertThat(first[0]).isEqualTo((byte) i);
        }
    }

    @Test
    void keepsWhatFitsIntoTheSharedMemory() throws IOException {
        AtomicLong shared = new AtomicLong(16 << 20);
        try (SegmentCache cache = new SegmentCache(IMAGE, folder, shared, new AtomicLong())) {
            walk(cache, 24);
            walk(cache, 24);
            assertThat(unpacked).as("48 MiB").isEqualTo(24);
            assertThat(shared).hasValue(0);
            walk(cache, 25);
            walk(cache, 25);
            assertThat(unpacked).as("one more does not fit").isGreaterThan(25);
        }
        assertThat(shared).as("given back").hasValue(16 << 20);
    }

    private static void closeAndCheck(SegmentCache cache, AtomicLong disk, long whole) throws IOException {
        cache.close();
        cache.close();
        assertThat(disk).as("given back").hasValue(whole);
    }

    private SegmentCache.Segment large(SegmentCache cache, int number) throws IOException {
        byte[] bytes = new byte[LARGE];
        bytes[LARGE - 1] = (byte) number;
        return cache.get(number, LARGE, () -> {
            unpacked++;
            return new ByteArrayInputStream(bytes);
        });
    }

    private static int last(SegmentCache.Segment segment) throws IOException {
        byte[] read = new byte[1];
        segment.read(LARGE - 1, read, 0, 1);
        return read[0];
    }

    @Test
    void theOldestTemporaryFileGoesWhenTheirRoomIsUsedUp() throws IOException {
        AtomicLong disk = new AtomicLong(2 * LARGE);
        SegmentCache cache = new SegmentCache(IMAGE, folder, new AtomicLong(), disk);
        SegmentCache.Segment first = large(cache, 1);
        assertThat(last(first)).isEqualTo(1);
        assertThat(last(large(cache, 2))).isEqualTo(2);
        assertThat(last(first)).isEqualTo(1);
        assertThat(unpacked).isEqualTo(2);
        assertThat(last(large(cache, 3))).isEqualTo(3);
        assertThat(disk).hasValue(0);
        assertThat(last(first)).as("touched later than 2").isEqualTo(1);
        assertThat(unpacked).isEqualTo(3);
        assertThat(last(large(cache, 2))).as("unpacked again").isEqualTo(2);
        assertThat(unpacked).isEqualTo(4);
        assertThat(disk).hasValue(0);
        closeAndCheck(cache, disk, 2 * LARGE);
    }

    @Test
    void aSegmentThatWentWhileSomeoneHeldItIsUnpackedAgain() throws IOException {
        AtomicLong disk = new AtomicLong(LARGE);
        SegmentCache cache = new SegmentCache(IMAGE, folder, new AtomicLong(), disk);
        SegmentCache.Segment first = large(cache, 1);
        SegmentCache.Segment second = large(cache, 2);
        assertThat(last(first)).isEqualTo(1);
        assertThat(last(second)).isEqualTo(2);
        closeAndCheck(cache, disk, LARGE);
    }

    @Test
    void anInterruptedReaderDoesNotDisturbTheOthers() throws IOException {
        AtomicLong disk = new AtomicLong(4 * LARGE);
        SegmentCache cache = new SegmentCache(IMAGE, folder, new AtomicLong(), disk);
        SegmentCache.Segment segment = large(cache, 1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> last(segment)).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(last(segment)).isEqualTo(1);
        assertThat(disk).hasValue(3 * LARGE);
        closeAndCheck(cache, disk, 4 * LARGE);
    }

    @Test
    void aFolderWithoutRoomIsNamed() throws IOException {
        Path absent = folder.resolve("absent");
        AtomicLong disk = new AtomicLong(LARGE);
        try (SegmentCache cache = new SegmentCache(IMAGE, absent, new AtomicLong(), disk)) {
            assertThatThrownBy(() -> large(cache, 1))
                    .hasMessageStartingWith("image.tiff: ")
                    .hasMessageContaining(absent.toString())
                    .hasMessageContaining("java.io.tmpdir");
            assertThat(disk).hasValue(LARGE);
        }
    }

    @Test
    void filesShareIt() throws IOException {
        AtomicLong shared = new AtomicLong(4 << 20);
        SegmentCache one = new SegmentCache(IMAGE, folder, shared, new AtomicLong());
        try (SegmentCache other = new SegmentCache(IMAGE, folder, shared, new AtomicLong())) {
            walk(one, 18);
            assertThat(shared).hasValue(0);
            walk(other, 16);
            unpacked = 0;
            walk(other, 16);
            assertThat(unpacked).as("its own 32 MiB").isZero();
            walk(other, 17);
            assertThat(unpacked).isPositive();
            one.close();
            one.close();
            assertThat(shared).as("given back once").hasValue(4 << 20);
        }
    }
}
