package org.pixelforest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** Held against the reference program that reproduces the files which steinbock wrote. */
class SteinbockReferenceTest {

    private static final String PREPARE =
            """
            import sys; sys.path.insert(0, sys.argv[1])
            import numpy as np, steinbock_ref as ref
            c, h, w = map(int, sys.argv[4:7])
            image = np.fromfile(sys.argv[2], "<f4").reshape(c, h, w)
            stack = ref.ilastik_stack(image, [1, 2, 2] + list(range(3, c)))
            np.stack([ref.scale2_ipp(p) for p in stack]).astype("<f4").tofile(sys.argv[3])
            """;

    private static final String DRAW =
            """
            import sys
            import numpy as np
            for seed in (0, 1, 123, 2**32, 12345678901234567890):
                r = np.random.default_rng(seed)
                for n in [1, 2, 3, 50, 1100, 4096, 2**31 - 1] * 40:
                    print(int(r.integers(n)))
            """;

    @ParameterizedTest
    @CsvSource({"3, 5, 7", "4, 16, 9", "6, 1, 12", "3, 12, 1", "5, 33, 42", "3, 2, 2", "10, 60, 51"})
    void randomImagesComeOutTheSame(int channels, int height, int width, @TempDir Path folder) throws Exception {
        float[] samples = new float[channels * height * width];
        Random random = new Random(channels * 1000L + width);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.exp(random.nextGaussian() * 2);
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(samples);
        Path in = Files.write(folder.resolve("in"), bytes.array());
        Path out = folder.resolve("out");
        Python.run(
                List.of("h5py", "tifffile"), PREPARE, Shared.path("spec/reference"), in, out, channels, height, width);

        ImageSource raw = new MemoryImage(Shape.of(channels, height, width), SampleType.FLOAT32, samples);
        PreparedStack stack = Preparation.STEINBOCK.of(ChannelGroups.of(raw, groups(channels)));
        assertThat(stack.read(stack.shape().whole(0)).samples()).isEqualTo(floats(out));
    }

    private static List<List<Integer>> groups(int channels) {
        List<List<Integer>> groups = new ArrayList<>(List.of(List.of(0), List.of(1, 2)));
        for (int c = 3; c < channels; c++) {
            groups.add(List.of(c));
        }
        return groups;
    }

    private static float[] floats(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        float[] numbers = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }

    @Test
    void theGeneratorDrawsWhatNumpyDraws() throws Exception {
        List<String> drawn = new ArrayList<>();
        for (String seed : List.of("0", "1", "123", "4294967296", "12345678901234567890")) {
            Pcg64 random = new Pcg64(Long.parseUnsignedLong(seed));
            for (int i = 0; i < 40; i++) {
                for (int bound : new int[] {1, 2, 3, 50, 1100, 4096, Integer.MAX_VALUE}) {
                    drawn.add(Integer.toString(random.below(bound)));
                }
            }
        }
        assertThat(Python.run(List.of("numpy"), DRAW).lines()).containsExactlyElementsOf(drawn);
    }
}
