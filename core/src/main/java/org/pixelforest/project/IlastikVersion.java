package org.pixelforest.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of ilastik as a project states it, e.g. {@code 1.3.3post2} or {@code 1.4.0b7}; ordered as Python orders versions. */
record IlastikVersion(String text, int major, int minor, int patch, int phase, int phaseNumber, int post)
        implements Comparable<IlastikVersion> {

    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,4}))?(?:\\.\\d{1,4})*"
                    + "(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\\d{1,6})?)?"
                    + "(?:[-_.]?post[-_.]?(\\d{1,6})?)?(?:[-_.]?dev[-_.]?\\d{0,9})?(?:[-+_.].*)?");

    /** A release, after all its previews. */
    private static final int FINAL = 3;

    static Optional<IlastikVersion> of(String text) {
        Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        boolean post = text.toLowerCase(Locale.ROOT).contains("post");
        return Optional.of(new IlastikVersion(
                text,
                number(m.group(1)),
                number(m.group(2)),
                number(m.group(3)),
                phase(m.group(4)),
                number(m.group(5)),
                post ? 1 + number(m.group(6)) : 0));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int phase(String letters) {
        if (letters == null) {
            return FINAL;
        }
        return switch (letters) {
            case "a", "alpha" -> 0;
            case "b", "beta" -> 1;
            default -> 2;
        };
    }

    boolean isBefore(String other) {
        return compareTo(of(other).orElseThrow()) < 0;
    }

    boolean isAfter(String other) {
        return compareTo(of(other).orElseThrow()) > 0;
    }

    private int[] key() {
        return new int[] {major, minor, patch, phase, phaseNumber, post};
    }

    @Override
    public int compareTo(IlastikVersion other) {
        return Arrays.compare(key(), other.key());
    }
}
