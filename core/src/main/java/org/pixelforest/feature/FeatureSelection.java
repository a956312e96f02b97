package org.pixelforest.feature;

import java.util.ArrayList;
import java.util.List;
import org.pixelforest.filter.Filter;

/**
 * The ticked boxes of the table filter x scale. Feature channels are ordered by filter, then scale, then input channel, then
 * eigenvalue (largest first): the order of the columns that forests are trained on.
 *
 * @param filters the rows, in the order of the project
 * @param scales the columns, in the order of the project
 * @param selected a list a row, a flag a column
 */
public record FeatureSelection(List<Filter> filters, List<Scale> scales, List<List<Boolean>> selected) {

    /** A column of the table: sigma in pixels, and whether its features act slice by slice. */
    public record Scale(double sigma, boolean in2d) {}

    public FeatureSelection {
        filters = List.copyOf(filters);
        scales = List.copyOf(scales);
        selected = selected.stream().map(List::copyOf).toList();
        if (selected.size() != filters.size()) {
            throw new IllegalArgumentException(
                    "a row for each of the " + filters.size() + " filters is needed (got: " + selected.size() + ")");
        }
        for (List<Boolean> row : selected) {
            if (row.size() != scales.size()) {
                throw new IllegalArgumentException(
                        "a flag for each of the " + scales.size() + " scales is needed (got: " + row.size() + ")");
            }
        }
    }

    /** Sigmas that every new table offers. */
    public static final List<Double> SIGMAS = List.of(0.3, 0.7, 1.0, 1.6, 3.5, 5.0, 10.0);

    /** The recommended choice of a new project: every filter at every offered sigma from {@code smallest} up, in 2D. */
    public static FeatureSelection from(double smallest) {
        List<List<Boolean>> rows = new ArrayList<>();
        for (Filter filter : Filter.values()) {
            rows.add(SIGMAS.stream()
                    .map(sigma -> sigma >= smallest && (sigma >= 0.7 || filter == Filter.GAUSSIAN_SMOOTHING))
                    .toList());
        }
        return new FeatureSelection(
                List.of(Filter.values()),
                SIGMAS.stream().map(s -> new Scale(s, true)).toList(),
                rows);
    }

    /** The selected features, by filter, then scale. */
    public List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        for (int row = 0; row < filters.size(); row++) {
            for (int column = 0; column < scales.size(); column++) {
                if (selected.get(row).get(column)) {
                    features.add(new Feature(
                            filters.get(row),
                            scales.get(column).sigma(),
                            scales.get(column).in2d()));
                }
            }
        }
        return features;
    }
}
