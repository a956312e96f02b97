/** The .ilp file to and from plain records; opens no image, trains nothing. */
package org.pixelforest.project;
