package org.pixelforest.feature;

import org.pixelforest.filter.Filter;

/** A filter at a scale: sigma in pixels, acting slice by slice ({@code in2d}) or along z as well. */
public record Feature(Filter filter, double sigma, boolean in2d) {

    public Feature {
        if (!(sigma > 0) || sigma > 1000) {
            throw new IllegalArgumentException("sigma must be above 0 and at most 1000 (got: " + sigma + ")");
        }
    }

    /** The name on the screen and in projects, e.g. {@code "Gaussian Smoothing (σ=1.0) in 2D"}. */
    public String longName() {
        String text = new FeatureSelection.Scale(sigma, in2d).text();
        return filter.longName() + " (σ=" + text + ")" + (in2d ? " in 2D" : "");
    }
}
