package org.pixelforest.feature;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Assumptions;
import org.pixelforest.ArrayImage;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;

final class RowsTest {

    static Rows vector() {
        IntFunction<Rows> vector = FastRows.vector();
        if (vector == null) {
            System.err.println("SKIPPED: this Java has no Vector API that fits.");
            Assumptions.abort("no Vector API");
        }
        return vector.apply(400);
    }

    static Block compute(ArrayImage image, FeatureTile features, int count) {
        Block out = Block.zeros(image.shape().whole(0), count);
        try {
            for (Region tile : features.tiles(out.region())) {
                features.load(image, tile);
                while (features.next()) {
                    Region s = features.strip();
                    for (int f = 0; f < count; f++) {
                        for (int y = 0; y < s.height(); y++) {
                            for (int x = 0; x < s.width(); x++) {
                                out.samples()[out.index(f, s.minZ(), s.minY() + y, s.minX() + x)] = features.planes()[
                                        f * features.stride() + features.first() + y * features.pitch() + x];
                            }
                        }
                    }
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out;
    }
}
