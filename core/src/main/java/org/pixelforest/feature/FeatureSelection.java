package org.pixelforest.feature;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.feature.Layout.Cell;
import org.pixelforest.filter.Filter;
import org.pixelforest.filter.Kernel;
import org.pixelforest.image.Block;
import org.pixelforest.image.Halo;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * The ticked boxes of the table filter x scale. Feature channels are ordered by filter, then scale, then input channel, then
 * eigenvalue (largest first): the order of the columns that forests are trained on.
 *
 * @param filters the rows, in the order of the project
 * @param scales the columns, in the order of the project
 * @param selected a list a row, a flag a column
 */
public record FeatureSelection(List<Filter> filters, List<Scale> scales, List<List<Boolean>> selected) {

    /**
     * A column of the table: sigma in pixels, and whether its features act slice by slice. The image is smoothed first, once for
     * all filters of the column, so that the filters themselves need a sigma of at most 1; up to a sigma of 1 it is smoothed with
     * that very sigma, twice in effect.
     */
    public record Scale(double sigma, boolean in2d) {

        /** Radius of the presmoothing in sigmas. */
        static final double WINDOW_RATIO = 3.5;

        public Scale {
            if (!(sigma > 0) || sigma > 1000) {
                throw new IllegalArgumentException("sigma must be above 0 and at most 1000 (got: " + sigma + ")");
            }
        }

        double presmoothingSigma() {
            return sigma > 1 ? Math.sqrt(sigma * sigma - 1) : sigma;
        }

        double filterSigma() {
            return Math.min(sigma, 1);
        }

        /** Whether presmoothing acts along z too; the filters then may not, in a thin stack. */
        boolean presmoothedIn3d(Shape image) {
            return !in2d && image.z() > 1;
        }

        Halo presmoothingHalo(Shape image) {
            int r = Kernel.radius(presmoothingSigma(), WINDOW_RATIO);
            return new Halo(presmoothedIn3d(image) ? r : 0, r, r);
        }

        /** Pixels an axis must have at least. */
        int needed() {
            return (int) Math.ceil(WINDOW_RATIO * sigma) + 1;
        }

        /** The sigma as projects write it, e.g. {@code 1.0}. */
        String text() {
            for (int digits = 1; digits < 17; digits++) {
                BigDecimal rounded = new BigDecimal(sigma).round(new MathContext(digits, RoundingMode.HALF_EVEN));
                if (rounded.doubleValue() == sigma) {
                    String text = rounded.toPlainString();
                    return text.contains(".") ? text : text + ".0";
                }
            }
            return Double.toString(sigma);
        }
    }

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

    /** Number of feature channels of an image: that of its input channels and, in 3D, its depth decide. */
    public int count(Shape image) {
        return new Layout(this, image).count();
    }

    /** The feature channels' names in order, as projects write them, e.g. {@code Laplacian of Gaussian (σ=1.6) in 2D [0]}. */
    public List<String> names(Shape image) {
        List<String> names = new ArrayList<>();
        for (Cell cell : new Layout(this, image).cells()) {
            Scale scale = scales.get(cell.scale());
            String name = cell.filter().longName() + " (σ=" + scale.text() + ")" + (scale.in2d() ? " in 2D" : "");
            int planes = cell.planes() * image.c();
            for (int k = 0; k < planes; k++) {
                names.add(planes == 1 ? name : name + " [" + k + "]");
            }
        }
        return names;
    }

    /** Pixels around a region that its features depend on. */
    public Halo halo(Shape image) {
        Halo halo = Halo.NONE;
        for (Cell cell : new Layout(this, image).cells()) {
            Scale scale = scales.get(cell.scale());
            halo = halo.max(
                    scale.presmoothingHalo(image).plus(cell.filter().halo(scale.filterSigma(), scale.in2d(), image)));
        }
        return halo;
    }

    /** Why features of this selection cannot be computed of an image, as a sentence that says what to do; empty if they can. */
    public Optional<String> tooSmall(Shape image) {
        for (int column = 0; column < scales.size(); column++) {
            Scale scale = scales.get(column);
            int needed = scale.needed();
            if (!used(column)) {
                continue;
            }
            if (image.x() < needed || image.y() < needed) {
                return Optional.of(
                        "the image has " + image.x() + " x " + image.y() + " pixels (x, y), but features at sigma "
                                + scale.text() + " need at least " + needed + " x " + needed
                                + "; leave out that sigma, or use larger images");
            }
            if (scale.presmoothedIn3d(image) && image.z() < needed) {
                return Optional.of("the image has " + image.z() + " planes (z), but 3D features at sigma "
                        + scale.text() + " need at least " + needed + "; compute that sigma in 2D, or leave it out");
            }
        }
        return Optional.empty();
    }

    private boolean used(int column) {
        return selected.stream().anyMatch(row -> row.get(column));
    }

    /** The feature channels of an image that come from the input channels for which {@code used} is true, ascending. */
    public List<Integer> columns(Shape image, java.util.function.IntPredicate used) {
        List<Integer> columns = new ArrayList<>();
        Shape one = image.withChannels(1);
        int column = 0;
        for (int row = 0; row < filters.size(); row++) {
            for (int scale = 0; scale < scales.size(); scale++) {
                if (!selected.get(row).get(scale)) {
                    continue;
                }
                FeatureSelection alone = new FeatureSelection(
                        List.of(filters.get(row)), List.of(scales.get(scale)), List.of(List.of(true)));
                int planes = alone.count(one);
                for (int c = 0; c < image.c(); c++, column += planes) {
                    for (int e = 0; e < planes && used.test(c); e++) {
                        columns.add(column + e);
                    }
                }
            }
        }
        return columns;
    }

    /** Whether any feature of an image acts along z. */
    boolean in3d(Shape image) {
        for (int column = 0; column < scales.size(); column++) {
            if (used(column) && scales.get(column).presmoothedIn3d(image)) {
                return true;
            }
        }
        return false;
    }

    /**
     * All feature channels of a region, in memory at once.
     *
     * @throws IllegalArgumentException when the image is too small, as {@link #tooSmall} says
     */
    public Block compute(ImageSource stack, Region region) throws IOException {
        Shape image = stack.shape();
        int count = count(image);
        Block out = Block.zeros(region, count);
        FeatureTile features = FeatureTile.of(this, image, null);
        for (Region tile : features.tiles(region)) {
            features.load(stack, tile);
            while (features.next()) {
                Region strip = features.strip();
                for (int f = 0; f < count; f++) {
                    for (int y = 0; y < strip.height(); y++) {
                        System.arraycopy(
                                features.planes(),
                                f * features.stride() + features.first() + y * features.pitch(),
                                out.samples(),
                                out.index(
                                        f,
                                        strip.minZ() - region.minZ(),
                                        strip.minY() + y - region.minY(),
                                        strip.minX() - region.minX()),
                                strip.width());
                    }
                }
            }
        }
        return out;
    }
}
