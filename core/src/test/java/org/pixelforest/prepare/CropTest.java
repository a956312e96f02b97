package org.pixelforest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.image.Region;

class CropTest {

    @Test
    void theWorkedExamplesOfTheSpecificationComeOut() throws IOException {
        int seen = 0;
        for (JsonElement one : TestVectors.read().getAsJsonArray("crop")) {
            JsonObject crop = one.getAsJsonObject();
            String file = crop.get("file").getAsString();
            assertThat(Integer.toUnsignedLong(Crop.seed(file)))
                    .isEqualTo(crop.get("seed").getAsLong());
            MersenneTwister random = new MersenneTwister(Crop.seed(file));
            for (JsonElement draw : crop.has("first_u32") ? crop.getAsJsonArray("first_u32") : new JsonArray()) {
                assertThat(Integer.toUnsignedLong(random.next())).isEqualTo(draw.getAsLong());
            }
            int height = crop.get("height").getAsInt();
            int width = crop.get("width").getAsInt();
            int size = Math.max(crop.get("w").getAsInt(), crop.get("h").getAsInt());
            assertThat(Crop.of(file, height, width, size))
                    .as(file)
                    .isEqualTo(new Crop(
                            crop.get("x").getAsInt(),
                            crop.get("y").getAsInt(),
                            crop.get("w").getAsInt(),
                            crop.get("h").getAsInt()));
            seen++;
        }
        assertThat(seen).isEqualTo(11);
    }

    /** Positions in names of files that CellProfiler wrote with a crop size of 50. */
    @ParameterizedTest
    @CsvSource({
        "20210305_NE_mockData1_s0_a1_ac_ilastik, 120, 120, _x68_y62_w50_h50",
        "20210305_NE_mockData4_s0_a1_ac_ilastik, 58, 70, _x13_y2_w50_h50",
        "20210305_NE_mockData5_s0_a3_ac_ilastik, 162, 182, _x117_y46_w50_h50"
    })
    void smallCropsHaveTheNamesThatCellProfilerGave(String stem, int height, int width, String suffix) {
        Crop crop = Crop.of(stem + ".tiff", height, width, 50);
        assertThat(crop.fileName(stem)).isEqualTo(stem + suffix + ".h5");
    }

    @Test
    void theLastPositionIsNeverDrawnAndASmallImageIsTakenWhole() {
        assertThat(Crop.of("a.tiff", 501, 500, 500)).isEqualTo(new Crop(0, 0, 500, 500));
        assertThat(Crop.of("a.tiff", 12, 34, 500)).isEqualTo(new Crop(0, 0, 34, 12));
        assertThat(new Crop(3, 4, 5, 6).region()).isEqualTo(Region.of(4, 3, 10, 8));
    }

    @Test
    void theTwisterDrawsTheReferenceNumbers() throws IOException {
        for (Map.Entry<String, JsonElement> seed :
                TestVectors.read().getAsJsonObject("mt19937").entrySet()) {
            MersenneTwister random = new MersenneTwister(Integer.parseUnsignedInt(seed.getKey()));
            for (JsonElement draw : seed.getValue().getAsJsonArray()) {
                assertThat(Integer.toUnsignedLong(random.next())).isEqualTo(draw.getAsLong());
            }
        }
    }

    /** The 10000th draw of the generator's reference program with its default seed. */
    @Test
    void theTwisterStaysRightOverManyRounds() {
        MersenneTwister random = new MersenneTwister(5489);
        int last = 0;
        for (int i = 0; i < 10_000; i++) {
            last = random.next();
        }
        assertThat(Integer.toUnsignedLong(last)).isEqualTo(4123659995L);
    }

    @Test
    void steinbocksGeneratorDrawsTheNumbersOfNumpy() throws IOException {
        for (Map.Entry<String, JsonElement> seed :
                TestVectors.read().getAsJsonObject("pcg64").entrySet()) {
            JsonObject expected = seed.getValue().getAsJsonObject();
            Pcg64 words = new Pcg64(Long.parseUnsignedLong(seed.getKey()));
            for (JsonElement word : expected.getAsJsonArray("u64")) {
                assertThat(Long.toUnsignedString(words.next())).isEqualTo(word.getAsString());
            }
            Pcg64 bounded = new Pcg64(Long.parseUnsignedLong(seed.getKey()));
            for (JsonElement number : expected.getAsJsonArray("integers_1100")) {
                assertThat(bounded.below(1100)).isEqualTo(number.getAsInt());
            }
        }
    }

    @Test
    void steinbockDrawsColumnsFirstAndPassesOverSmallImages() {
        SteinbockCrops crops = new SteinbockCrops(123, 100);
        assertThat(crops.next(99, 2000)).isEmpty();
        assertThat(crops.next(100, 1200)).contains(new Crop(16, 0, 100, 100));
        assertThat(crops.next(1200, 1200)).contains(new Crop(750, 652, 100, 100));
    }
}
