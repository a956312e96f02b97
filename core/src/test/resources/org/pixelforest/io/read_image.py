"""Writes what the original programs read in an image file to OUT.npy (float32, stored axes) and prints axes and metadata."""
import sys

import numpy as np

path, out = sys.argv[1:3]
if path.endswith(".h5"):
    import h5py

    with h5py.File(path, "r") as file:
        data = file[sys.argv[3]]
        array = data[()]
        print(data.dtype, data.shape, data.chunks, data.compression, data.compression_opts)
        for key in sorted(data.attrs):
            value = data.attrs[key]
            print(key, value.tolist() if hasattr(value, "tolist") else value, getattr(value, "dtype", ""))
        print("dims", [d.label for d in data.dims])
        file.visit(lambda name: print("object", name))
elif path.endswith(".npy"):
    array = np.load(path)
    print(array.dtype, array.shape)
elif path.endswith(".png"):
    import vigra

    array = np.asarray(vigra.impex.readImage(path, dtype="", order="C"))
    print(array.dtype, array.shape)
else:
    import tifffile

    with tifffile.TiffFile(path) as file:
        series = file.series[0]
        print(series.axes, series.shape, series.dtype, "big" if file.is_bigtiff else "classic", series.kind)
        print(len(file.series), "series", file.pages[0].tags[305].value if 305 in file.pages[0].tags else "")
        if file.pages[0].compression == 5:
            import vigra

            array = np.asarray(vigra.impex.readImage(path, dtype="", order="C"))
            if array.shape[-1] == 1:
                array = array[..., 0]
        else:
            array = series.asarray()
        if file.ome_metadata:
            import re

            print("names", re.findall('Name="([^"]*)"', file.ome_metadata.replace("&quot;", "''"))[1:])
np.save(out, np.ascontiguousarray(array).astype("<f4"))
