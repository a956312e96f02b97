package org.pixelforest.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Images for tests, and the slow, obvious ways to cut and compare them. */
final class Pictures {

    private Pictures() {}

    /** Whole numbers that every type but the smallest holds, 0..99 and for large types also their extremes. */
    static Block random(Shape shape, int time, SampleType type, long seed) {
        Random random = new Random(seed + time);
        Block block = Block.zeros(shape.whole(time), shape.c());
        for (int i = 0; i < block.samples().length; i++) {
            float v = random.nextInt(100);
            if (type.floating()) {
                v = random.nextFloat() - 0.25f;
            } else if (type.signed() && random.nextBoolean()) {
                v = -1 - v;
            } else if (!type.signed() && type.bytes() > 1 && random.nextInt(4) == 0) {
                v = 60_000 + v;
            }
            block.samples()[i] = v;
        }
        return block;
    }

    static Block crop(Block whole, Region region) {
        Block crop = Block.zeros(region, whole.channels());
        Region all = whole.region();
        for (int c = 0; c < whole.channels(); c++) {
            for (int z = 0; z < region.depth(); z++) {
                for (int y = 0; y < region.height(); y++) {
                    for (int x = 0; x < region.width(); x++) {
                        crop.samples()[crop.index(c, z, y, x)] = whole.samples()[
                                whole.index(
                                        c,
                                        z + region.minZ() - all.minZ(),
                                        y + region.minY() - all.minY(),
                                        x + region.minX() - all.minX())];
                    }
                }
            }
        }
        return crop;
    }

    static Region region(Shape shape, Random random) {
        int[] z = range(shape.z(), random);
        int[] y = range(shape.y(), random);
        int[] x = range(shape.x(), random);
        return new Region(random.nextInt(shape.t()), z[0], y[0], x[0], z[1], y[1], x[1]);
    }

    private static int[] range(int size, Random random) {
        int a = random.nextInt(size);
        int b = random.nextInt(size);
        return new int[] {Math.min(a, b), Math.max(a, b) + 1};
    }

    /** Everything, time after time. */
    static List<Block> read(ImageSource source) throws IOException {
        List<Block> times = new ArrayList<>();
        for (int t = 0; t < source.shape().t(); t++) {
            times.add(source.read(source.shape().whole(t)));
        }
        return times;
    }

    /** Writes tiles in random order, from {@code threads} threads, and commits. */
    static void write(ImageSink sink, List<Block> times, int tileHeight, int tileWidth, int threads, long seed)
            throws Exception {
        List<Region> tiles = sink.shape().tiles(tileHeight, tileWidth);
        Collections.shuffle(tiles, new Random(seed));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> writes = new ArrayList<>();
            for (Region tile : tiles) {
                writes.add(pool.submit(() -> {
                    sink.write(crop(times.get(tile.t()), tile));
                    return null;
                }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            pool.shutdown();
        }
        sink.commit();
    }
}
