package org.pixelforest.export;

import java.util.Locale;

/** How a rescaled number becomes an integer. The two are never more than 1 apart. */
public enum Rounding {
    /** To the nearest integer, halves to the even one: ilastik 1.4.2 and later. */
    NEAREST,
    /** Toward zero: ilastik up to 1.4.1, which wrote the reference images of the IMC pipelines. */
    TRUNCATE;

    public static Rounding of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "nearest" -> NEAREST;
            case "truncate" -> TRUNCATE;
            default -> throw new IllegalArgumentException("rounding is nearest or truncate (got: " + name + ")");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
