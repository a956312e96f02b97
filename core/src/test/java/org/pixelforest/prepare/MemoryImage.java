package org.pixelforest.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** A flat image in memory, to read and to write. Sample (c, y, x) stands at {@code (c * height + y) * width + x}. */
class MemoryImage implements ImageSource, ImageSink {

    private final Shape shape;
    private final SampleType type;
    private final float[] samples;
    private List<String> names = List.of();

    MemoryImage(Shape shape, SampleType type, float[] samples) {
        this.shape = shape;
        this.type = type;
        this.samples = samples;
    }

    /** Counts as a microscope gives them: mostly small, some large. */
    static MemoryImage counts(int channels, int height, int width, SampleType type, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[channels * height * width];
        for (int i = 0; i < samples.length; i++) {
            double count = Math.exp(random.nextDouble() * 11.1);
            samples[i] = switch (type) {
                case UINT8 -> random.nextInt(256);
                case UINT16 -> (float) Math.min(65535, Math.floor(count));
                case INT16 -> random.nextInt(65536) - 32768;
                case UINT32 -> (float) (random.nextLong() >>> 32);
                default -> (float) (random.nextDouble() * 2 - 1);
            };
        }
        return new MemoryImage(Shape.of(channels, height, width), type, samples);
    }

    MemoryImage named(String... channelNames) {
        names = List.of(channelNames);
        return this;
    }

    static MemoryImage empty(ImageSource like) {
        return new MemoryImage(
                like.shape(),
                like.sampleType(),
                new float[Math.toIntExact(like.shape().samples())]);
    }

    float[] samples() {
        return samples;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public SampleType sampleType() {
        return type;
    }

    @Override
    public String axes() {
        return "cyx";
    }

    @Override
    public List<String> channelNames() {
        return new ArrayList<>(names);
    }

    @Override
    public Block read(Region r) {
        Block block = Block.zeros(r, shape.c());
        for (int c = 0; c < shape.c(); c++) {
            for (int y = 0; y < r.height(); y++) {
                System.arraycopy(
                        samples,
                        (c * shape.y() + r.minY() + y) * shape.x() + r.minX(),
                        block.samples(),
                        block.index(c, 0, y, 0),
                        r.width());
            }
        }
        return block;
    }

    @Override
    public void write(Block block) {
        Region r = block.region();
        for (int c = 0; c < shape.c(); c++) {
            for (int y = 0; y < r.height(); y++) {
                System.arraycopy(
                        block.samples(),
                        block.index(c, 0, y, 0),
                        samples,
                        (c * shape.y() + r.minY() + y) * shape.x() + r.minX(),
                        r.width());
            }
        }
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
}
