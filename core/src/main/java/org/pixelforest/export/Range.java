package org.pixelforest.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pixelforest.image.SampleType;

/** Two finite numbers that another range is mapped from or to. {@code min} may be above {@code max}: the scale is then turned around. */
public record Range(double min, double max) {

    /** Probabilities as they are computed. */
    public static final Range UNIT = new Range(0, 1);

    private static final String NUMBER = "\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*";
    private static final Pattern PAIR = Pattern.compile(
            "\\s*(?:\\(%1$s,%1$s,?\\s*\\)|\\[%1$s,%1$s,?\\s*\\]|%1$s,%1$s)\\s*".replace("%1$s", NUMBER));

    public Range {
        if (!Double.isFinite(min) || !Double.isFinite(max)) {
            throw new IllegalArgumentException("a range needs two finite numbers (got: " + min + ", " + max + ")");
        }
    }

    /** Reads {@code "(0.0,1.0)"}; brackets may be square or absent. */
    public static Range of(String text) {
        Matcher pair = PAIR.matcher(text);
        if (!pair.matches()) {
            throw new IllegalArgumentException("a range looks like \"(0.0,1.0)\" (got: \"" + text + "\")");
        }
        for (int group = 1; group < pair.groupCount(); group += 2) {
            if (pair.group(group) != null) {
                return new Range(Double.parseDouble(pair.group(group)), Double.parseDouble(pair.group(group + 1)));
            }
        }
        throw new IllegalStateException(text);
    }

    /** From 0 to the largest number of an integer type. */
    public static Range upTo(SampleType type) {
        if (type.floating()) {
            throw new IllegalArgumentException(
                    "a floating type has no largest number worth a range (got: " + type + ")");
        }
        int bits = 8 * type.bytes() - (type.signed() ? 1 : 0);
        return new Range(0, Math.scalb(1.0, bits) - 1);
    }
}
