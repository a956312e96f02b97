package org.pixelforest.classify;

import java.util.Arrays;
import java.util.List;
import org.pixelforest.feature.Feature;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Shape;

/**
 * What the columns of a forest weigh, summed over what they have in common. Each list sums to 1, or holds zeros where nothing
 * was ever split.
 *
 * @param channels a share, 0..1, an input channel
 * @param filters a share a filter of the selection, in its order
 * @param features a share a selected feature (filter and sigma), in their order
 */
public record Importance(List<Double> channels, List<Double> filters, List<Double> features) {

    public Importance {
        channels = List.copyOf(channels);
        filters = List.copyOf(filters);
        features = List.copyOf(features);
    }

    /**
     * @param columns a share a column, as {@link org.pixelforest.forest.TrainingReport#importance} gives them
     * @param image any image that the columns may be of
     */
    public static Importance of(List<Double> columns, FeatureSelection selection, Shape image) {
        int[] channel = channels(selection, image);
        int[] feature = features(selection, image);
        List<Filter> filterRows = selection.filters();
        List<Feature> selected = selection.features();
        double[] ofChannels = new double[image.c()];
        double[] ofFilters = new double[filterRows.size()];
        double[] ofFeatures = new double[selected.size()];
        for (int column = 0; column < channel.length; column++) {
            double value = columns.get(column);
            ofChannels[channel[column]] += value;
            ofFeatures[feature[column]] += value;
            ofFilters[filterRows.indexOf(selected.get(feature[column]).filter())] += value;
        }
        return new Importance(shares(ofChannels), shares(ofFilters), shares(ofFeatures));
    }

    /** For each column of the selection on an image the input channel it is of. */
    public static int[] channels(FeatureSelection selection, Shape image) {
        int[] channel = new int[selection.count(image)];
        for (int c = 0; c < image.c(); c++) {
            int wanted = c;
            for (int column : selection.columns(image, used -> used == wanted)) {
                channel[column] = c;
            }
        }
        return channel;
    }

    /** For each column of the selection on an image the number of its feature in {@link FeatureSelection#features}. */
    public static int[] features(FeatureSelection selection, Shape image) {
        int[] feature = new int[selection.count(image)];
        List<Feature> selected = selection.features();
        int column = 0;
        for (int i = 0; i < selected.size(); i++) {
            int planes = alone(selected.get(i)).count(image);
            Arrays.fill(feature, column, column + planes, i);
            column += planes;
        }
        return feature;
    }

    private static FeatureSelection alone(Feature feature) {
        return new FeatureSelection(
                List.of(feature.filter()),
                List.of(new FeatureSelection.Scale(feature.sigma(), feature.in2d())),
                List.of(List.of(true)));
    }

    private static List<Double> shares(double[] sums) {
        double all = Arrays.stream(sums).sum();
        return Arrays.stream(sums).mapToObj(s -> all > 0 ? s / all : 0.0).toList();
    }
}
