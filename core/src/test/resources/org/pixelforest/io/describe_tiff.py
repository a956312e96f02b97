"""Prints axes, shape, type and description of the first series, as tifffile sees them."""
import sys

import tifffile

with tifffile.TiffFile(sys.argv[1]) as file:
    series = file.series[0]
    print(series.axes, series.shape, series.dtype, "big" if file.is_bigtiff else "classic", len(file.series))
    print(file.pages[0].description)
