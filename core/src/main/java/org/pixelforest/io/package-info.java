/** Opens and creates image files as sources and sinks; the only place that knows TIFF, HDF5 datasets, NumPy and PNG. */
package org.pixelforest.io;
