package org.pixelforest.export;

import java.util.Locale;
import java.util.Optional;
import org.pixelforest.image.SampleType;

/**
 * From computed floats to the numbers of the written type, as ilastik does it: rescale in float, then cast.
 *
 * <p>With both ranges, {@code g = (float) ((output.max - output.min) / (input.max - input.min))} and
 * {@code v = output.min + (p - input.min) * g}, every step rounded to float; an empty input range gives g = 0. Then integers are
 * rounded as {@code rounding} says and wrap around modulo 2^bits, NaN becomes 0. One exception: where float cannot hold the
 * largest 32-bit integer, 2^bits itself becomes the largest float below it, for else the highest probability would wrap
 * to 0.
 */
public record Conversion(SampleType type, Optional<Rescale> rescale, Rounding rounding) {

    public Conversion {
        if (!type.floating() && type.bytes() > 4) {
            throw new IllegalArgumentException("results are not written in 64-bit integers (got: " + type + ")");
        }
    }

    /** A linear map from one range to another. */
    public record Rescale(Range input, Range output) {}

    /** Converts {@code samples[from..to)} in place; results are floats that hold the numbers of the type exactly. */
    public void apply(float[] samples, int from, int to) {
        if (rescale.isPresent()) {
            Range in = rescale.get().input();
            Range out = rescale.get().output();
            double scale = in.max() == in.min() ? 0 : (out.max() - out.min()) / (in.max() - in.min());
            rescale(samples, from, to, (float) in.min(), (float) scale, (float) out.min());
        }
        if (type.floating()) {
            return;
        }
        if (rounding == Rounding.NEAREST) {
            nearest(samples, from, to);
        } else {
            truncate(samples, from, to);
        }
        wrap(samples, from, to, 8 * type.bytes(), type.signed());
    }

    private static void rescale(float[] samples, int from, int to, float inMin, float scale, float outMin) {
        for (int i = from; i < to; i++) {
            samples[i] = outMin + (samples[i] - inMin) * scale;
        }
    }

    private static void nearest(float[] samples, int from, int to) {
        for (int i = from; i < to; i++) {
            samples[i] = (float) Math.rint(samples[i]);
        }
    }

    private static void truncate(float[] samples, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = samples[i];
            // NB: from 2^23 on, every float is an integer.
            samples[i] = Math.abs(v) < (1 << 23) ? (int) v : v;
        }
    }

    private static void wrap(float[] samples, int from, int to, int bits, boolean signed) {
        double modulus = Math.scalb(1.0, bits);
        double low = signed ? -modulus / 2 : 0;
        double high = low + modulus;
        for (int i = from; i < to; i++) {
            float v = samples[i];
            if (!(v >= low && v < high)) {
                samples[i] = wrapped(v, low, high, bits);
            }
        }
    }

    private static float wrapped(float v, double low, double high, int bits) {
        if (!Float.isFinite(v)) {
            return 0;
        }
        if (bits >= 32 && v == high) {
            return Math.nextDown(v);
        }
        double modulus = high - low;
        double turned = v - Math.floor((v - low) / modulus) * modulus;
        return turned >= high ? (float) low : (float) turned;
    }

    /**
     * The type called e.g. {@code "uint16"}.
     *
     * @throws IllegalArgumentException when no image can be written in that type
     */
    public static SampleType typeOf(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "uint8" -> SampleType.UINT8;
            case "uint16" -> SampleType.UINT16;
            case "uint32" -> SampleType.UINT32;
            case "int8" -> SampleType.INT8;
            case "int16" -> SampleType.INT16;
            case "int32" -> SampleType.INT32;
            case "float32" -> SampleType.FLOAT32;
            case "float64" -> SampleType.FLOAT64;
            default ->
                throw new IllegalArgumentException(
                        "a sample type is one of uint8, uint16, uint32, int8, int16, int32, float32, float64 (got: "
                                + name + ")");
        };
    }
}
