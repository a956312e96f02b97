package org.pixelforest.demo;

import java.util.List;
import java.util.Locale;
import org.pixelforest.forest.ConfusionMatrix;

/** The demo's texts. */
final class DemoText {

    static final String README =
            """
            PixelForest demo: a synthetic cohort whose truth is known.

            panel.csv            what was stained
            analysis/ilastik/    raw stacks (*_ilastik.tiff, *.csv), prepared stacks (*_s2.h5), probabilities (*_Probabilities.tiff)
            analysis/crops/      what was labelled
            truth/               the true class of every pixel: 1 nucleus, 2 cytoplasm, 3 background
            demo.ilp             the project: strokes, features, trained forest; ilastik opens it too
            contact-sheet.html   everything at a glance (contact-sheet.png: the same as one picture)

            Try next:
              pixelforest classify --project demo.ilp --export_source uncertainty analysis/ilastik
              pixelforest prepare --crop-size 200 analysis/ilastik

            'pixelforest demo' writes this folder again, the same on every machine.
            """;

    private DemoText() {}

    /** The panel as the IMC Segmentation Pipeline reads it. */
    static String panel() {
        StringBuilder text = new StringBuilder("Metal Tag,Target,full,ilastik\n");
        for (Marker marker : Marker.values()) {
            text.append(marker.metal).append(',').append(marker.target).append(",1,1\n");
        }
        return text.toString();
    }

    static String summary(List<Result> results, ConfusionMatrix all) {
        int strokes = results.stream().mapToInt(Result::strokes).sum();
        long labelled = results.stream().mapToLong(Result::labelled).sum();
        long pixels = results.stream().mapToLong(r -> r.truth().rgb.length).sum();
        return String.format(
                Locale.ROOT,
                "%d images, %d channels; %d strokes over %.2f %% of the pixels; %.1f %% of all pixels get their true class",
                results.size(),
                Marker.values().length,
                strokes,
                100.0 * labelled / pixels,
                100 * all.accuracy());
    }
}
