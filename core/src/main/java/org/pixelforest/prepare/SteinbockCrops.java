package org.pixelforest.prepare;

import java.util.Optional;

/** The crops of a run of steinbock: one generator for all images, asked in the sorted order of their files. */
public final class SteinbockCrops {

    private final Pcg64 random;
    private final int size;

    /** {@code seed} is read as an unsigned number, {@code size} is the side of the squares. */
    public SteinbockCrops(long seed, int size) {
        this.random = new Pcg64(seed);
        this.size = size;
    }

    /** The crop of the next image; empty, and nothing is drawn, when it is smaller than the square. */
    public Optional<Crop> next(int height, int width) {
        if (height < size || width < size) {
            return Optional.empty();
        }
        int x = width > size ? random.below(width - size) : 0;
        int y = height > size ? random.below(height - size) : 0;
        return Optional.of(new Crop(x, y, size, size));
    }
}
