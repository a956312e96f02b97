package org.pixelforest.feature;

import java.util.ArrayList;
import java.util.List;
import org.pixelforest.feature.FeatureSelection.Scale;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Shape;

/** Where the planes of each ticked box stand among the feature channels of an image: filter, scale, channel, eigenvalue. */
final class Layout {

    /** One ticked box: its filter, the place of its scale, its first plane and the planes it yields for each input channel. */
    record Cell(Filter filter, int scale, int first, int planes) {}

    private final List<Cell> cells = new ArrayList<>();
    private final int count;

    Layout(FeatureSelection selection, Shape image) {
        int next = 0;
        for (int row = 0; row < selection.filters().size(); row++) {
            for (int column = 0; column < selection.scales().size(); column++) {
                if (selection.selected().get(row).get(column)) {
                    Filter filter = selection.filters().get(row);
                    Scale scale = selection.scales().get(column);
                    int planes = filter.planes(scale.filterSigma(), scale.in2d(), image);
                    cells.add(new Cell(filter, column, next, planes));
                    next = Math.addExact(next, Math.multiplyExact(planes, image.c()));
                }
            }
        }
        count = next;
    }

    List<Cell> cells() {
        return cells;
    }

    /** Number of feature channels. */
    int count() {
        return count;
    }
}
