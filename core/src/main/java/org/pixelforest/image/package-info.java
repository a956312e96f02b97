/** What an image is: shape (t, c, z, y, x), region, halo, a block of floats, a source to read and a sink to write by region, channel names. */
package org.pixelforest.image;
