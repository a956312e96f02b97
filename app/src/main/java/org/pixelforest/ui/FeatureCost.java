package org.pixelforest.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/** What features cost on this machine, measured once in the background: microseconds a pixel and channel on one core. */
final class FeatureCost {

    private static final int EDGE = 192;
    private static final CompletableFuture<Map<String, Object>> MEASURED = new CompletableFuture<>();
    private static boolean started;

    private FeatureCost() {}

    /** Measures once, on a thread of its own, and runs {@code then} when the figures are there. */
    static synchronized void start(Runnable then) {
        if (started) {
            return;
        }
        started = true;
        Thread thread = new Thread(
                () -> {
                    MEASURED.complete(measure());
                    then.run();
                },
                "feature-cost");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** The figures, or null as long as they are not known. */
    static Map<String, Object> measured() {
        return MEASURED.getNow(null);
    }

    private static Map<String, Object> measure() {
        List<Double> sigmas = FeatureSelection.SIGMAS;
        List<Double> presmoothing = new ArrayList<>();
        List<List<Double>> filters = new ArrayList<>();
        for (int s = 0; s < sigmas.size(); s++) {
            presmoothing.add(time(selection(Filter.GAUSSIAN_SMOOTHING, s)));
        }
        for (Filter filter : Filter.values()) {
            List<Double> row = new ArrayList<>();
            for (int s = 0; s < sigmas.size(); s++) {
                boolean offered = sigmas.get(s) >= 0.7 || filter == Filter.GAUSSIAN_SMOOTHING;
                // Smoothing is what every feature of a scale pays; what a filter adds stands in its own row.
                row.add(offered ? Math.max(0.0005, time(selection(filter, s)) - presmoothing.get(s)) : 0.0);
            }
            filters.add(row);
        }
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("filter", filters);
        cost.put("presmoothing", presmoothing);
        cost.put("forest", 0.4);
        cost.put("cores", Runtime.getRuntime().availableProcessors());
        return cost;
    }

    private static FeatureSelection selection(Filter filter, int scale) {
        List<List<Boolean>> rows = new ArrayList<>();
        for (Filter f : Filter.values()) {
            List<Boolean> row = new ArrayList<>(Collections.nCopies(FeatureSelection.SIGMAS.size(), false));
            if (f == filter) {
                row.set(scale, true);
            }
            rows.add(row);
        }
        return new FeatureSelection(
                List.of(Filter.values()),
                FeatureSelection.SIGMAS.stream()
                        .map(s -> new FeatureSelection.Scale(s, true))
                        .toList(),
                rows);
    }

    /** The fastest of a few runs: the others were disturbed. */
    private static double time(FeatureSelection selection) {
        double best = Double.POSITIVE_INFINITY;
        for (int run = 0; run < 6; run++) {
            long start = System.nanoTime();
            try {
                selection.compute(FLAT, FLAT.shape().whole(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e3 / (EDGE * EDGE));
        }
        return best;
    }

    private static final ImageSource FLAT = new ImageSource() {
        @Override
        public Shape shape() {
            return Shape.of(1, EDGE, EDGE);
        }

        @Override
        public SampleType sampleType() {
            return SampleType.FLOAT32;
        }

        @Override
        public String axes() {
            return "cyx";
        }

        @Override
        public List<String> channelNames() {
            return List.of();
        }

        @Override
        public Block read(Region region) {
            Block block = Block.zeros(region, 1);
            java.util.Arrays.fill(block.samples(), 1f);
            return block;
        }

        @Override
        public void close() {}
    };
}
