/** From labels to a trained project: finds and opens the labelled images, reads label images, trains, judges, merges and prunes. */
package org.pixelforest.training;
