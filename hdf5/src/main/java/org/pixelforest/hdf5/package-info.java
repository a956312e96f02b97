/** Reads and writes HDF5 files as ilastik, h5py and CellProfiler write them; knows nothing of images. */
package org.pixelforest.hdf5;
