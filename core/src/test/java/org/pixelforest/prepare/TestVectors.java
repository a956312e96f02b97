package org.pixelforest.prepare;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Numbers worked out by hand and by independent programs, see testvectors.json. */
final class TestVectors {

    private TestVectors() {}

    static JsonObject read() throws IOException {
        try (Reader text = new InputStreamReader(
                TestVectors.class.getResourceAsStream("testvectors.json"), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(text).getAsJsonObject();
        }
    }

    /** Numbers or hexadecimal floats. */
    static float[] floats(JsonElement list) {
        JsonArray array = list.getAsJsonArray();
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(array.get(i).getAsString());
        }
        return numbers;
    }

    static MemoryImage image(JsonElement samples, JsonElement shape, SampleType type) {
        float[] size = floats(shape);
        return new MemoryImage(Shape.of((int) size[0], (int) size[1], (int) size[2]), type, floats(samples));
    }
}
