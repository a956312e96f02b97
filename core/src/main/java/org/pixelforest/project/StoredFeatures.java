package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.UnsupportedFileException;

/** Reads {@code FeatureSelections}. */
final class StoredFeatures {

    private StoredFeatures() {}

    /**
     * The table of features; empty when none was chosen yet.
     *
     * @param flat whether images have one plane: then files without flags of their own (before 1.3) mean 2D
     */
    static Optional<FeatureSelection> read(StoredGroup group, Path file, boolean flat) throws IOException {
        Optional<List<String>> ids = group.texts("FeatureIds");
        Optional<double[]> sigmas = group.numbers("Scales");
        Optional<boolean[]> matrix = group.flags("SelectionMatrix");
        if (ids.isEmpty() || sigmas.isEmpty() || matrix.isEmpty()) {
            return Optional.empty();
        }
        int rows = ids.get().size();
        int columns = sigmas.get().length;
        if (!Arrays.equals(group.shape("SelectionMatrix"), new long[] {rows, columns})) {
            throw group.broken(
                    "SelectionMatrix",
                    "does not have a row for each of " + rows + " filters and a column for each of " + columns
                            + " scales");
        }
        boolean[] in2d = group.flags("ComputeIn2d").orElseGet(() -> {
            boolean[] flags = new boolean[columns];
            Arrays.fill(flags, flat);
            return flags;
        });
        if (in2d.length != columns) {
            throw group.broken("ComputeIn2d", "does not have a flag for each of " + columns + " scales");
        }
        List<FeatureSelection.Scale> scales = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            double sigma = sigmas.get()[c];
            if (!(sigma > 0 && sigma <= 1000)) {
                throw group.broken("Scales", "holds " + sigma + ", which is no scale between 0 and 1000");
            }
            scales.add(new FeatureSelection.Scale(sigma, in2d[c]));
        }
        return Optional.of(table(ids.get(), scales, matrix.get(), file));
    }

    private static FeatureSelection table(
            List<String> ids, List<FeatureSelection.Scale> scales, boolean[] matrix, Path file) throws IOException {
        List<Filter> filters = new ArrayList<>();
        List<List<Boolean>> selected = new ArrayList<>();
        for (int r = 0; r < ids.size(); r++) {
            String id = ids.get(r);
            List<Boolean> row = new ArrayList<>();
            for (int c = 0; c < scales.size(); c++) {
                row.add(matrix[r * scales.size() + c]);
            }
            Optional<Filter> filter = Arrays.stream(Filter.values())
                    .filter(f -> f.id().equals(id))
                    .findFirst();
            if (filter.isPresent()) {
                filters.add(filter.get());
                selected.add(row);
            } else if (row.contains(true)) {
                throw new UnsupportedFileException(
                        file, "uses the feature \"" + id + "\", which this program does not know");
            }
        }
        return new FeatureSelection(filters, scales, selected);
    }
}
