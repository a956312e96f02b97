"""For every file of a list: writes its samples as OUT/NUMBER.npy (float32) and prints its axes, as ilastik takes them."""
import json
import sys

import h5py
import numpy as np
import tifffile
import vigra

with open(sys.argv[1]) as lines:
    paths = [line.strip() for line in lines]
for number, path in enumerate(paths):
    if path.endswith(".h5"):
        with h5py.File(path, "r") as file:
            found = []
            file.visititems(lambda name, node: found.append(node) if isinstance(node, h5py.Dataset) else None)
            array = found[0][()]
            axes = "".join(axis["key"] for axis in json.loads(found[0].attrs["axistags"])["axes"])
    else:
        with tifffile.TiffFile(path) as file:
            series = file.series[0]
            axes = series.axes.lower().replace("s", "c").replace("i", "t")
            if file.pages[0].compression == 5:  # which the tifffile at hand cannot unpack
                array = np.asarray(vigra.impex.readImage(path, dtype="", order="C"))
            else:
                array = series.asarray()
            if "q" in axes:
                axes = {2: "yx", 3: "yxc" if array.shape[-1] <= 4 else "zyx", 4: "zyxc"}[array.ndim]
    np.save(f"{sys.argv[2]}/{number}.npy", np.ascontiguousarray(array).astype("<f4"))
    print(axes)
