"""Writes LZW TIFFs with vigra, the library that ilastik writes with, into the folder given."""
import sys

import numpy as np
import vigra

folder = sys.argv[1]
rng = np.random.RandomState(1)


def write(name, array):
    vigra.impex.writeImage(vigra.taggedView(array, "yxc"), f"{folder}/{name}.tiff", dtype="", compression="LZW")


for dtype in ("uint8", "uint16", "uint32", "int16", "int32", "float32", "float64"):
    for channels in (1, 2, 3, 4):
        # Doubles that a float holds too, since samples are floats in memory.
        write(f"{dtype}_{channels}", (rng.rand(37, 41, channels) * 200).astype("f4").astype(dtype))
write("strips", (rng.rand(900, 1500, 3) ** 4 * 65535).astype("u2"))
write("strips_grey", (rng.rand(2600, 1500, 1) ** 4 * 255).astype("u1"))
write("strips_float", rng.rand(900, 1500, 2).astype("f4"))
write("row_longer_than_a_strip", (rng.rand(3, 400000, 3) * 50).astype("u2"))
write("width_beyond_short", (rng.rand(2, 70000, 1) * 50).astype("u2"))
write("height_beyond_short", (rng.rand(70000, 17, 1) * 3).astype("u1"))
write("smooth", (np.cumsum(np.cumsum(rng.randn(700, 800, 3), 0), 1) * 20 % 65536).astype("u2"))
write("zeros", np.zeros((1000, 1100, 3), "u2"))
write("one_pixel", np.full((1, 1, 3), 7, "u2"))
mixed = (rng.rand(600, 700, 3) ** 9 * 65535).astype("u2")
mixed[100:300] = 0
mixed[400:, 200:] //= 4096
write("mixed", mixed)
