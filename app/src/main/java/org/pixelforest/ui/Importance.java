package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.List;
import org.pixelforest.feature.Feature;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Shape;

/** Sums the importance of feature channels over what they have in common; the largest sum becomes 1. */
final class Importance {

    private Importance() {}

    /** A number an input channel. */
    static List<Double> ofChannels(List<Double> columns, FeatureSelection features, Shape shape) {
        double[] sums = new double[shape.c()];
        forEach(columns, features, shape, (feature, channel, value) -> sums[channel] += value);
        return scaled(sums);
    }

    /** A number a filter of the selection. */
    static List<Double> ofFilters(List<Double> columns, FeatureSelection features, Shape shape) {
        List<Filter> filters = features.filters();
        double[] sums = new double[filters.size()];
        forEach(
                columns,
                features,
                shape,
                (feature, channel, value) -> sums[filters.indexOf(feature.filter())] += value);
        return scaled(sums);
    }

    private interface Visitor {
        void visit(Feature feature, int channel, double value);
    }

    /** Columns stand by feature, then channel, then eigenvalue. */
    private static void forEach(List<Double> columns, FeatureSelection features, Shape shape, Visitor visitor) {
        int column = 0;
        for (Feature feature : features.features()) {
            FeatureSelection alone = new FeatureSelection(
                    List.of(feature.filter()),
                    List.of(new FeatureSelection.Scale(feature.sigma(), feature.in2d())),
                    List.of(List.of(true)));
            int planes = alone.count(shape.withChannels(1));
            for (int c = 0; c < shape.c(); c++) {
                for (int e = 0; e < planes; e++) {
                    visitor.visit(feature, c, columns.get(column++));
                }
            }
        }
    }

    private static List<Double> scaled(double[] sums) {
        double most = 0;
        for (double sum : sums) {
            most = Math.max(most, sum);
        }
        List<Double> list = new ArrayList<>();
        for (double sum : sums) {
            list.add(most > 0 ? sum / most : 0.0);
        }
        return list;
    }
}
