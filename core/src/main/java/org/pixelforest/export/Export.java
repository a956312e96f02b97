package org.pixelforest.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pixelforest.image.Block;

/** What is written of a prediction. */
public enum Export {
    /** Float 0..1, a channel a class. */
    PROBABILITIES("Probabilities"),
    /** The number of the most probable class, counted from 1; the first one on ties. */
    SIMPLE_SEGMENTATION("Simple Segmentation"),
    /** Float 0..1: 1 - (highest - second highest probability); 0 where there is a single class. */
    UNCERTAINTY("Uncertainty"),
    /** Float, a channel a feature channel. */
    FEATURES("Features"),
    /** The painted class of each pixel, 0 where nothing is painted. */
    LABELS("Labels");

    private final String title;

    Export(String title) {
        this.title = title;
    }

    /** The name that project files, command lines and file names use, e.g. {@code "Simple Segmentation"}. */
    public String title() {
        return title;
    }

    /** True when samples are class numbers, which must never be rescaled. */
    public boolean countsClasses() {
        return this == SIMPLE_SEGMENTATION || this == LABELS;
    }

    /** True when samples lie in 0..1. */
    public boolean isFraction() {
        return this == PROBABILITIES || this == UNCERTAINTY;
    }

    /**
     * The source with this title, upper or lower case, with spaces, hyphens or underscores between the words.
     *
     * @throws IllegalArgumentException naming all titles when there is none
     */
    public static Export of(String title) {
        String wanted = words(title);
        return Arrays.stream(values())
                .filter(e -> words(e.title).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an export source is one of "
                        + Arrays.stream(values()).map(Export::title).collect(Collectors.joining(", ")) + " (got: "
                        + title + ")"));
    }

    /**
     * This source computed from probabilities: themselves, or one channel of segmentation or uncertainty.
     *
     * @throws IllegalArgumentException for {@link #FEATURES} and {@link #LABELS}, which do not come from probabilities
     */
    public Block of(Block probabilities) {
        int pixels = Math.toIntExact(probabilities.region().pixels());
        float[] p = probabilities.samples();
        int classes = probabilities.channels();
        return switch (this) {
            case PROBABILITIES -> probabilities;
            case SIMPLE_SEGMENTATION -> new Block(probabilities.region(), 1, segmentation(p, classes, pixels));
            case UNCERTAINTY -> new Block(probabilities.region(), 1, uncertainty(p, classes, pixels));
            case FEATURES, LABELS -> throw new IllegalArgumentException(this + " do not come from probabilities");
        };
    }

    private static float[] segmentation(float[] p, int classes, int pixels) {
        float[] best = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            int winner = 0;
            for (int k = 1; k < classes; k++) {
                if (p[k * pixels + i] > p[winner * pixels + i]) {
                    winner = k;
                }
            }
            best[i] = winner + 1;
        }
        return best;
    }

    private static float[] uncertainty(float[] p, int classes, int pixels) {
        float[] uncertainty = new float[pixels];
        if (classes == 1) {
            return uncertainty;
        }
        for (int i = 0; i < pixels; i++) {
            float first = Math.max(p[i], p[pixels + i]);
            float second = Math.min(p[i], p[pixels + i]);
            for (int k = 2; k < classes; k++) {
                float v = p[k * pixels + i];
                second = Math.max(second, Math.min(first, v));
                first = Math.max(first, v);
            }
            uncertainty[i] = 1 - (first - second);
        }
        return uncertainty;
    }

    private static String words(String title) {
        return title.strip().replace('_', ' ').replace('-', ' ').toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return title;
    }
}
