/** PixelClassifier = selection + forest + classes + channel names; stack and labels in, probabilities out, region by region, never dependent on the tiling. */
package org.pixelforest.classify;
