/** What is written of a prediction: source, number type, renormalisation, axis order, file name. */
package org.pixelforest.export;
