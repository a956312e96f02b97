package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SegmentCacheTest {

    private static final int LENGTH = 2 << 20;

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
        try (SegmentCache cache = new SegmentCache(shared)) {
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

    @Test
    void filesShareIt() throws IOException {
        AtomicLong shared = new AtomicLong(4 << 20);
        SegmentCache one = new SegmentCache(shared);
        try (SegmentCache other = new SegmentCache(shared)) {
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
