/** Which filter at which sigma, presmoothing, order and names of feature channels. */
package org.pixelforest.feature;
