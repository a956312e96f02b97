package org.pixelforest.image;

/**
 * The samples of one region as floats, planar: sample (c, z, y, x) of the block, counted from the region's corner, stands at
 * {@code ((c * depth + z) * height + y) * width + x}.
 *
 * <p>The array is not copied: whoever made the block owns it.
 */
public final class Block {

    /** What an array of Java can hold. */
    private static final int MOST_SAMPLES = Integer.MAX_VALUE - 8;

    private final Region region;
    private final int channels;
    private final float[] samples;

    public Block(Region region, int channels, float[] samples) {
        long needed = Math.multiplyExact(region.pixels(), channels);
        if (channels < 1 || samples.length < needed) {
            throw new IllegalArgumentException("a block of " + channels + " channels and " + region.pixels()
                    + " pixels needs " + needed + " samples (got: " + samples.length + ")");
        }
        this.region = region;
        this.channels = channels;
        this.samples = samples;
    }

    /**
     * A block of zeros.
     *
     * @throws IllegalArgumentException when it would have more samples than an array can hold (2^31 - 9): read it in parts
     */
    public static Block zeros(Region region, int channels) {
        if (channels > MOST_SAMPLES / region.pixels()) {
            throw new IllegalArgumentException("a block of " + channels + " channels and " + region.pixels()
                    + " pixels is too large to be held at once (" + MOST_SAMPLES
                    + " samples at most); read it in parts");
        }
        return new Block(region, channels, new float[(int) (region.pixels() * channels)]);
    }

    public Region region() {
        return region;
    }

    public int channels() {
        return channels;
    }

    /** The array itself, not a copy. */
    public float[] samples() {
        return samples;
    }

    /** Index of a sample, all coordinates counted from the region's corner. */
    public int index(int c, int z, int y, int x) {
        return ((c * region.depth() + z) * region.height() + y) * region.width() + x;
    }
}
