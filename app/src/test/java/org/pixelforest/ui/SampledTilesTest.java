package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

class SampledTilesTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "1, 1, 128, 129", "1, 1, 500, 500", "1, 3, 130, 400", "2, 2, 1000, 700"})
    void everyPixelIsInOneTile(int t, int z, int y, int x) {
        Shape shape = new Shape(t, 1, z, y, x);
        int[] seen = new int[t * z * y * x];
        int round = 0;
        for (; SampledTiles.tile(shape, round).isPresent(); round++) {
            Region tile = SampledTiles.tile(shape, round).get();
            for (int row = tile.minY(); row < tile.maxY(); row++) {
                for (int column = tile.minX(); column < tile.maxX(); column++) {
                    seen[((tile.t() * z + tile.minZ()) * y + row) * x + column]++;
                }
            }
        }
        assertThat(Arrays.stream(seen).allMatch(n -> n == 1)).isTrue();
        assertThat(round).isEqualTo(t * z * ((y + 127) / 128) * ((x + 127) / 128));
    }

    @Test
    void theFirstTilesAreFarApart() {
        Shape shape = Shape.of(1, 2048, 2048);
        boolean[] quarters = new boolean[4];
        for (int round = 0; round < 16; round++) {
            Region tile = SampledTiles.tile(shape, round).orElseThrow();
            quarters[tile.minY() / 1024 * 2 + tile.minX() / 1024] = true;
        }
        assertThat(quarters).containsOnly(true);
    }
}
