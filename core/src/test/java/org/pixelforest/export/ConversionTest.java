package org.pixelforest.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pixelforest.export.Conversion.Rescale;
import org.pixelforest.image.SampleType;

class ConversionTest {

    private static final Optional<Rescale> IMC = Optional.of(new Rescale(Range.UNIT, new Range(0, 65535)));

    /** Numbers that real ilastik wrote: 1.4.0 truncates, 1.4.2 rounds to even. */
    @ParameterizedTest
    @CsvSource({"TRUNCATE, prob_trunc_u16.npy", "NEAREST, prob_rint_u16.npy"})
    void probabilitiesBecomeTheNumbersIlastikWrites(Rounding rounding, String file) throws Exception {
        float[] samples = GoldenArray.read("prob_yxc_f32.npy").values();
        new Conversion(SampleType.UINT16, IMC, rounding).apply(samples, 0, samples.length);
        assertThat(samples).isEqualTo(GoldenArray.read(file).values());
    }

    @Test
    void fiftiethOfTheWay() {
        assertThat(converted(0.02f, SampleType.UINT16, IMC, Rounding.TRUNCATE)).isEqualTo(1310);
        assertThat(converted(0.02f, SampleType.UINT16, IMC, Rounding.NEAREST)).isEqualTo(1311);
    }

    @Test
    void halvesGoToTheEvenNumber() {
        Optional<Rescale> none = Optional.empty();
        assertThat(converted(2.5f, SampleType.UINT8, none, Rounding.NEAREST)).isEqualTo(2);
        assertThat(converted(3.5f, SampleType.UINT8, none, Rounding.NEAREST)).isEqualTo(4);
        assertThat(converted(-2.5f, SampleType.INT8, none, Rounding.NEAREST)).isEqualTo(-2);
        assertThat(converted(-2.9f, SampleType.INT8, none, Rounding.TRUNCATE)).isEqualTo(-2);
    }

    @Test
    void integersWrapAroundAsInIlastik() {
        // Class 3 under a scale made for probabilities.
        assertThat(converted(3, SampleType.UINT16, IMC, Rounding.TRUNCATE)).isEqualTo(65533);
        assertThat(converted(-1, SampleType.UINT8, Optional.empty(), Rounding.NEAREST))
                .isEqualTo(255);
        assertThat(converted(128, SampleType.INT8, Optional.empty(), Rounding.NEAREST))
                .isEqualTo(-128);
    }

    @Test
    void highestProbabilityStaysHighestInUint32() {
        Optional<Rescale> all = Optional.of(new Rescale(Range.UNIT, Range.upTo(SampleType.UINT32)));
        assertThat(converted(1, SampleType.UINT32, all, Rounding.NEAREST)).isEqualTo(4294967040f);
    }

    @Test
    void notANumberBecomesZeroInIntegersAndStaysInFloats() {
        assertThat(converted(Float.NaN, SampleType.UINT16, IMC, Rounding.NEAREST))
                .isZero();
        assertThat(converted(Float.POSITIVE_INFINITY, SampleType.INT32, Optional.empty(), Rounding.NEAREST))
                .isZero();
        assertThat(converted(Float.NaN, SampleType.FLOAT32, Optional.empty(), Rounding.NEAREST))
                .isNaN();
    }

    @Test
    void emptyInputRangeGivesTheLowestOutput() {
        Optional<Rescale> empty = Optional.of(new Rescale(new Range(1, 1), new Range(7, 9)));
        assertThat(converted(0.3f, SampleType.UINT8, empty, Rounding.NEAREST)).isEqualTo(7);
    }

    @Test
    void onlyTheGivenPartIsTouched() {
        float[] samples = {0.4f, 0.4f, 0.4f};
        new Conversion(SampleType.UINT8, Optional.empty(), Rounding.NEAREST).apply(samples, 1, 2);
        assertThat(samples).containsExactly(0.4f, 0, 0.4f);
    }

    /** The judge goes through decimals: exact product and sum, each rounded to float, then exact integers. */
    @ParameterizedTest
    @EnumSource(
            value = SampleType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UINT64", "INT64"})
    void agreesWithExactArithmetic(SampleType type) {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            Rounding rounding = random.nextBoolean() ? Rounding.NEAREST : Rounding.TRUNCATE;
            Range in = new Range(random.nextInt(5) - 2, random.nextInt(5) + 3);
            Range out = new Range(random.nextInt(9) - 4, random.nextInt(70_000));
            float p = random.nextFloat() * 3 - 1;
            Optional<Rescale> rescale = i % 3 == 0 ? Optional.empty() : Optional.of(new Rescale(in, out));
            assertThat(converted(p, type, rescale, rounding))
                    .as("%s %s %s %s", p, type, rescale, rounding)
                    .isEqualTo(judge(p, type, rescale, rounding));
        }
    }

    private static float judge(float p, SampleType type, Optional<Rescale> rescale, Rounding rounding) {
        float v = p;
        if (rescale.isPresent()) {
            Range in = rescale.get().input();
            Range out = rescale.get().output();
            float g = (float) ((out.max() - out.min()) / (in.max() - in.min()));
            float distance = exact(p).subtract(exact(in.min())).floatValue();
            float product = exact(distance).multiply(exact(g)).floatValue();
            v = exact(product).add(exact(out.min())).floatValue();
        }
        if (type.floating()) {
            return v;
        }
        RoundingMode mode = rounding == Rounding.NEAREST ? RoundingMode.HALF_EVEN : RoundingMode.DOWN;
        BigInteger whole = exact(v).setScale(0, mode).toBigInteger();
        BigInteger modulus = BigInteger.ONE.shiftLeft(8 * type.bytes());
        BigInteger wrapped = whole.mod(modulus);
        if (type.signed() && wrapped.testBit(8 * type.bytes() - 1)) {
            wrapped = wrapped.subtract(modulus);
        }
        return wrapped.floatValue();
    }

    private static BigDecimal exact(double v) {
        return new BigDecimal(v);
    }

    private static float converted(float p, SampleType type, Optional<Rescale> rescale, Rounding rounding) {
        float[] samples = {p};
        new Conversion(type, rescale, rounding).apply(samples, 0, 1);
        return samples[0];
    }
}
