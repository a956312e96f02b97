package org.pixelforest;

import java.util.List;
import java.util.Random;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** An image in memory, one time point: sample (c, z, y, x) stands at {@code ((c * Z + z) * Y + y) * X + x}. */
public record ArrayImage(Shape shape, SampleType sampleType, float[] samples) implements ImageSource {

    /** Whole numbers with a long tail, as counts have; the same for the same seed. */
    public static ArrayImage random(long seed, Shape shape) {
        Random random = new Random(seed);
        float[] samples = new float[Math.toIntExact(shape.samples())];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.floor(-60 * Math.log(1 - random.nextDouble()));
        }
        return new ArrayImage(shape, SampleType.UINT16, samples);
    }

    /** From samples with the channel last, as files have them. */
    public static ArrayImage channelLast(Shape shape, float[] values) {
        float[] samples = new float[values.length];
        int pixels = values.length / shape.c();
        for (int i = 0; i < values.length; i++) {
            samples[i % shape.c() * pixels + i / shape.c()] = values[i];
        }
        return new ArrayImage(shape, SampleType.UINT16, samples);
    }

    @Override
    public String axes() {
        return "czyx";
    }

    @Override
    public List<String> channelNames() {
        return List.of();
    }

    @Override
    public Block read(Region region) {
        Block whole = new Block(shape.whole(0), shape.c(), samples);
        Block out = Block.zeros(region, shape.c());
        for (int c = 0; c < shape.c(); c++) {
            for (int z = 0; z < region.depth(); z++) {
                for (int y = 0; y < region.height(); y++) {
                    System.arraycopy(
                            samples,
                            whole.index(c, region.minZ() + z, region.minY() + y, region.minX()),
                            out.samples(),
                            out.index(c, z, y, 0),
                            region.width());
                }
            }
        }
        return out;
    }

    @Override
    public void close() {}
}
