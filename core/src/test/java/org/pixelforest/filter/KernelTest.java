package org.pixelforest.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {

    private record Golden(int order, double sigma, double window, int radius, double[] half) {}

    @Test
    void weightsEqualTheOriginalLibrarysBitForBit() throws Exception {
        Golden[] kernels;
        try (Reader reader = new InputStreamReader(
                KernelTest.class.getResourceAsStream("/golden/synthetic/kernels.json"), StandardCharsets.UTF_8)) {
            kernels = new Gson().fromJson(reader, Golden[].class);
        }
        assertThat(kernels).hasSize(23);
        for (Golden golden : kernels) {
            Kernel kernel = Kernel.gaussian(golden.sigma, golden.order, golden.window);
            assertThat(kernel.radius()).as("%s", golden).isEqualTo(golden.radius);
            for (int k = 0; k <= kernel.radius(); k++) {
                assertThat(kernel.weight(k)).as("%s [%d]", golden, k).isEqualTo((float) golden.half[k]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7, 1, 1.6, 4.7, 10, 31})
    void kernelsAnswerPolynomialsAsTheirOrderSays(double sigma) {
        for (int order = 0; order < 3; order++) {
            Kernel kernel = Kernel.gaussian(sigma, order, 3.5);
            double constant = kernel.odd() ? 0 : kernel.weight(0);
            double moment = 0;
            for (int k = 1; k <= kernel.radius(); k++) {
                constant += kernel.odd() ? 0 : 2 * kernel.weight(k);
                moment += kernel.weight(k) * (order == 1 ? 2.0 * k : 1.0 * k * k);
            }
            assertThat(constant).isCloseTo(order == 0 ? 1 : 0, within(1e-5));
            if (order > 0) {
                assertThat(moment).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void aKernelWithoutNeighboursLeavesItsInputAsItIs() {
        for (int order = 0; order < 3; order++) {
            Kernel kernel = Kernel.gaussian(0.15, order, 2);
            assertThat(kernel.radius()).isZero();
            assertThat(kernel.weight(0)).isEqualTo(1f);
        }
    }

    @Test
    void fusedColumnsOfALine() {
        Kernel wide = Kernel.gaussian(10, 0, 3.5); // radius 35
        assertThat(wide.fusedFrom(1000)).isEqualTo(40);
        assertThat(wide.fusedTo(1000)).isEqualTo(960);
        assertThat(wide.fusedTo(130)).isZero();
        Kernel narrow = Kernel.gaussian(1, 0, 2);
        assertThat(narrow.fusedFrom(131)).isEqualTo(8);
        assertThat(narrow.fusedTo(131)).isEqualTo(128);
        assertThat(narrow.fusedTo(65)).isZero();
        assertThat(narrow.fusedTo(66)).isEqualTo(64);
    }

    @Test
    void fmaWithDoublesEqualsTheHardwares() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            float a = any(random);
            float b = any(random);
            float c = i % 3 == 0 ? -a * b * (1 + random.nextInt(3) * 1e-7f) : any(random);
            assertThat(Fma.withDoubles(a, b, c))
                    .as("%s * %s + %s", a, b, c)
                    .isEqualTo(i < 5000 || Fma.HARDWARE ? Math.fma(a, b, c) : Fma.withDoubles(a, b, c));
        }
        assertThat(Fma.withDoubles(Float.POSITIVE_INFINITY, 1, 1)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Fma.withDoubles(Float.POSITIVE_INFINITY, 0, 1)).isNaN();
    }

    /** Any finite bit pattern, or one of a few exponents so that sums cancel. */
    private static float any(Random random) {
        if (random.nextBoolean()) {
            return (random.nextInt(1 << 24) - (1 << 23)) * (float) Math.pow(2, random.nextInt(50) - 25);
        }
        float f = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(f) ? f : 1;
    }
}
