"""Writes images of every kind we read into the folder given, with what the original programs read in them beside each.

NAME.expected.npy: float32, axes t, c, z, y, x; NAME.axes: the stored axes. tifffile, h5py, vigra and numpy are the judges.
Compressed TIFFs are packed here, by the TIFF specification, since the tifffile at hand cannot pack them.
"""
import json
import struct
import sys
import zlib

import h5py
import numpy as np
import tifffile

folder = sys.argv[1]
rng = np.random.RandomState(5)


def expect(name, array, axes):
    where = {a: i for i, a in enumerate(axes)}
    order = [where[a] for a in "tczyx" if a in where]
    shape = [array.shape[where[a]] if a in where else 1 for a in "tczyx"]
    np.save(f"{folder}/{name}.expected.npy", np.transpose(array, order).reshape(shape).astype("<f4"))
    with open(f"{folder}/{name}.axes", "w") as out:
        out.write(axes)


def numbers(shape, dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        return rng.randn(*shape).astype(dtype)
    info = np.iinfo(dtype)
    low = max(info.min, -(2**62))
    high = min(int(info.max), 2**62)
    array = rng.randint(low, high, shape, dtype="i8").astype(dtype)
    # Smooth parts, so that the packers find something to pack.
    array[..., : array.shape[-1] // 2] //= max(1, high // 9)
    array.flat[0] = info.max
    array.flat[1] = info.min
    return array


# --- TIFF, packed by hand: types x packing x predictor x strips and tiles x planar x byte order x classic and big


def lzw(data):
    out, bits, count, width = bytearray(), 0, 0, 9
    table = {}

    def put(code):
        nonlocal bits, count
        bits = bits << width | code
        count += width
        while count >= 8:
            count -= 8
            out.append(bits >> count & 255)
        bits &= (1 << count) - 1

    def clear():
        nonlocal width
        put(256)
        table.clear()
        table.update({bytes([i]): i for i in range(256)})
        width = 9

    clear()
    following, string = 258, b""
    for i in range(len(data)):
        longer = string + data[i : i + 1]
        if longer in table:
            string = longer
            continue
        put(table[string])
        table[longer] = following
        following += 1
        if following == 4094:
            clear()
            following = 258
        elif following == 1 << width:
            width += 1
        string = data[i : i + 1]
    put(table[string])
    following += 1
    if following == 1 << width and width < 12:
        width += 1
    put(257)
    if count:
        out.append(bits << (8 - count) & 255)
    return bytes(out)


def packbits(data):
    out, i = bytearray(), 0
    while i < len(data):
        run = 1
        while i + run < len(data) and run < 128 and data[i + run] == data[i]:
            run += 1
        if run > 1:
            out += bytes([257 - run, data[i]])
            i += run
            continue
        end = i + 1
        while end < len(data) and end - i < 128 and not (end + 1 < len(data) and data[end] == data[end + 1]):
            end += 1
        out += bytes([end - i - 1]) + data[i:end]
        i = end
    return bytes(out)


PACKERS = {1: bytes, 5: lzw, 8: zlib.compress, 32946: zlib.compress, 32773: packbits}


def difference(segment, predictor, endian):
    """segment: rows, columns, samples; returns its bytes."""
    if predictor == 1:
        return segment.tobytes()
    if predictor == 2:
        unsigned = segment.view(f"{endian}u{segment.dtype.itemsize}") if segment.dtype.kind != "u" else segment
        diff = unsigned.copy()
        diff[:, 1:] -= unsigned[:, :-1]
        return diff.tobytes()
    rows, columns, samples = segment.shape
    size = segment.dtype.itemsize
    planes = segment.astype(f">f{size}").view("u1").reshape(rows, columns * samples, size).transpose(0, 2, 1)
    row = planes.reshape(rows, -1)
    diff = row.copy()
    diff[:, samples:] -= row[:, :-samples]
    return diff.tobytes()


def tiff(name, array, packing=1, predictor=1, tile=None, rows=None, separate=False, endian="<", big=False):
    """array: y, x, samples."""
    height, width, samples = array.shape
    array = array.astype(array.dtype.newbyteorder(endian))
    planes = [array[:, :, s : s + 1] for s in range(samples)] if separate else [array]
    segments = []
    for plane in planes:
        if tile:
            th, tw = tile
            padded = np.pad(plane, ((0, -height % th), (0, -width % tw), (0, 0)), mode="edge")
            for y in range(0, height, th):
                for x in range(0, width, tw):
                    segments.append(padded[y : y + th, x : x + tw])
        else:
            for y in range(0, height, rows or height):
                segments.append(plane[y : y + (rows or height)])
    data = [PACKERS[packing](difference(np.ascontiguousarray(s), predictor, endian)) for s in segments]
    kind = {"u": 1, "i": 2, "f": 3}[array.dtype.kind]
    word = "Q" if big else "I"
    long = 16 if big else 4
    out = bytearray(b"II" if endian == "<" else b"MM")
    out += struct.pack(endian + ("HHHQ" if big else "HI"), *((43, 8, 0, 0) if big else (42, 0)))
    offsets = []
    for segment in data:
        out += b"\0" * (len(out) % 2)
        offsets.append(len(out))
        out += segment
    tags = [
        (256, 4, [width]),
        (257, 4, [height]),
        (258, 3, [8 * array.dtype.itemsize] * samples),
        (259, 3, [packing]),
        (262, 3, [1]),
        (277, 3, [samples]),
        (284, 3, [2 if separate else 1]),
        (317, 3, [predictor]),
        (339, 3, [kind] * samples),
    ]
    if samples > 1:
        tags.append((338, 3, [0] * (samples - 1)))
    if tile:
        tags += [(322, 3, [tile[1]]), (323, 3, [tile[0]]), (324, long, offsets), (325, long, list(map(len, data)))]
    else:
        tags += [(273, long, offsets), (278, 4, [rows or height]), (279, long, list(map(len, data)))]
    inline = 8 if big else 4
    entries, late = [], {}
    for tag, type_, values in sorted(tags):
        value = struct.pack(f"{endian}{len(values)}{ {3: 'H', 4: 'I', 16: 'Q'}[type_]}", *values)
        if len(value) > inline:
            out += b"\0" * (len(out) % 2)
            late[tag] = len(out)
            out += value
            value = struct.pack(endian + word, late[tag])
        entries.append(struct.pack(endian + "HH" + word, tag, type_, len(values)) + value.ljust(inline, b"\0"))
    out += b"\0" * (len(out) % 2)
    directory = len(out)
    out += struct.pack(endian + ("Q" if big else "H"), len(entries)) + b"".join(entries)
    out += struct.pack(endian + word, 0)
    at = 8 if big else 4
    out[at : at + inline] = struct.pack(endian + word, directory)
    with open(f"{folder}/{name}.tiff", "wb") as file:
        file.write(out)
    if samples == 1:
        want, axes = array[:, :, 0], "yx"
    elif separate:
        want, axes = np.moveaxis(array, -1, 0), "cyx"
    else:
        want, axes = array, "yxc"
    expect(name, want, axes)
    if packing != 5 and predictor == 1:
        with tifffile.TiffFile(f"{folder}/{name}.tiff") as file:
            try:
                got = file.pages[0].asarray()
            except ValueError:  # a packing that the tifffile at hand cannot undo
                return
        assert np.array_equal(got, want), name


for dtype in ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"):
    for packing in (1, 5, 8, 32773):
        predictors = (1,) if packing in (1, 32773) else (1, 3) if dtype[0] == "f" else (1, 2)
        for predictor in predictors:
            for layout, options in {
                "strip": {},
                "strips": {"rows": 7},
                "tiles": {"tile": (16, 32)},
                "separate": {"rows": 7, "separate": True},
                "separatetiles": {"tile": (16, 16), "separate": True},
            }.items():
                big = (len(layout) + packing) % 2 == 0
                endian = "><"[(len(dtype + layout) + predictor + ord(dtype[1])) % 2]
                shape = (37, 45, 3) if "separate" in layout else (37, 45, 1 + (packing + ord(dtype[0])) % 3)
                tiff(f"{dtype}_{packing}_{predictor}_{layout}", numbers(shape, dtype), packing, predictor,
                     endian=endian, big=big, **options)
tiff("oldDeflate", numbers((30, 20, 2), "u2"), 32946, 2)
tiff("wide", numbers((3, 70000, 1), "u2"), 5, 2)
tiff("long", (rng.rand(70000, 3, 1) * 9).astype("u2"), 5)
tiff("fortyChannels", numbers((20, 21, 40), "f4"), 8, 3, tile=(16, 16))

# --- TIFF as tifffile writes it: ImageJ, OME, shaped, plain


def guessed(shape):
    """A short last or first axis is channels: our rule; otherwise ilastik's."""
    for place, axes in ((2, "yxc"), (0, "cyx")):
        others = shape[:place] + shape[place + 1:]
        if shape and len(shape) == 3 and shape[place] <= 60 and min(others) >= 4 * shape[place]:
            return axes
    return "yxc" if shape[-1] <= 4 else "zyx"


def series(name, **options):
    """Expects what tifffile reads, axes as we take them."""
    with tifffile.TiffFile(f"{folder}/{name}.tiff") as file:
        assert len(file.series) == 1, name
        axes = file.series[0].axes
        array = file.series[0].asarray()
    if "Q" in axes:
        named = {2: "yx", 3: guessed(array.shape), 4: "zyxc", 5: "tzyxc"}[array.ndim]
    else:
        named = axes.lower().replace("s", "c")
        for free in "tzc":
            if "i" in named and free not in named:
                named = named.replace("i", free)
    expect(name, array, named)


def write(name, array, **options):
    tifffile.imwrite(f"{folder}/{name}.tiff", array, **options)
    series(name)


for dtype in ("u1", "u2", "f4"):
    for axes, shape in {"YX": (31, 33), "CYX": (5, 31, 33), "ZYX": (6, 31, 33), "TYX": (4, 31, 33),
                        "ZCYX": (3, 5, 31, 33), "TZCYX": (2, 3, 4, 31, 33), "TCYX": (2, 5, 31, 33)}.items():
        endian = ">" if dtype == "u2" else "<"
        write(f"imagej_{dtype}_{axes}", numbers(shape, dtype), imagej=True, byteorder=endian, metadata={"axes": axes})
        write(f"ome_{dtype}_{axes}", numbers(shape, dtype), ome=True, byteorder=endian, metadata={"axes": axes})
        write(f"omebig_{dtype}_{axes}", numbers(shape, dtype), ome=True, bigtiff=True, tile=(16, 16),
              compression="zlib", metadata={"axes": axes})
        write(f"shapedaxes_{dtype}_{axes}", numbers(shape, dtype), metadata={"axes": axes})
        write(f"shaped_{dtype}_{axes}", numbers(shape, dtype))
        write(f"plain_{dtype}_{axes}", numbers(shape, dtype), metadata=None)
write("imagej_contiguous", numbers((7, 31, 33), "u2"), imagej=True, contiguous=True, metadata={"axes": "CYX"})
write("imagej_truncated", numbers((7, 31, 33), "u2"), imagej=True, truncate=True, metadata={"axes": "CYX"})
write("shaped_truncated", numbers((7, 31, 33), "u2"), truncate=True)
write("shaped_four", numbers((31, 33, 4), "u2"), photometric="minisblack", planarconfig="contig")
write("shaped_ones", numbers((1, 5, 31, 33), "u2"))
write("ome_rgb", numbers((31, 33, 3), "u1"), ome=True, photometric="rgb", metadata={"axes": "YXS"})
write("imagej_rgb", numbers((31, 33, 3), "u1"), imagej=True, photometric="rgb")
write("ome_names", numbers((3, 31, 33), "f4"), ome=True,
      metadata={"axes": "CYX", "Channel": {"Name": ["Ir191", "CD3 T", "γ-H2AX"]}})
write("ome_zct", numbers((2, 3, 4, 31, 33), "u1"), ome=True, metadata={"axes": "CTZYX"})
with tifffile.TiffWriter(f"{folder}/separate_calls.tiff") as out:
    for plane in numbers((5, 31, 33), "u2"):
        out.write(plane, metadata=None, contiguous=False)
series("separate_calls")

# --- HDF5


def tags(axes):
    return json.dumps({"axes": [{"key": a, "typeFlags": 1 if a == "c" else 2} for a in axes]})


for dtype in ("u1", "<u2", ">u2", "i2", "u4", "i8", "u8", "f4", ">f8"):
    for axes, shape in {"zyxc": (1, 31, 33, 5), "cyx": (6, 31, 33), "yxc": (31, 33, 2), "xyc": (33, 31, 3),
                        "tzyxc": (2, 3, 11, 12, 4), "cxzy": (2, 9, 5, 8)}.items():
        name = f"h5_{dtype.replace('<', 'l').replace('>', 'b')}_{axes}"
        array = numbers(shape, dtype)
        with h5py.File(f"{folder}/{name}.h5", "w") as file:
            data = file.create_dataset("a/b/data" if len(axes) == 3 else "data", data=array,
                                       chunks=True if dtype != "u1" else None,
                                       compression="gzip" if dtype == "f4" else None)
            data.attrs["axistags"] = tags(axes)
        expect(name, array, axes)
for shape, axes in {(31, 33): "yx", (31, 33, 4): "yxc", (31, 33, 9): "zyx", (5, 31, 33): "cyx", (3, 31, 33, 2): "zyxc"}.items():
    name = f"h5_guessed_{axes}"
    array = numbers(shape, "u2")
    with h5py.File(f"{folder}/{name}.h5", "w", userblock_size=512) as file:
        file["only"] = array
    expect(name, array, axes)

# --- NumPy

for dtype in ("u1", "<u2", ">u2", "i1", "<i4", "<u8", "<f4", ">f8", "?"):
    for axes, shape in {"yx": (31, 33), "yxc": (31, 33, 4), "zyx": (9, 31, 33), "cyx": (7, 31, 33), "zyxc": (2, 9, 12, 7),
                        "tzyxc": (2, 3, 9, 8, 2)}.items():
        array = (rng.rand(*shape) < 0.5) if dtype == "?" else numbers(shape, dtype)
        name = f"npy_{dtype.replace('<', 'l').replace('>', 'b').replace('?', 'bool')}_{axes}"
        if axes in ("zyx", "cyx", "zyxc"):
            array = np.asfortranarray(array)
        np.save(f"{folder}/{name}.npy", array)
        expect(name, array, axes)

# --- PNG, uncompressed by hand: 8 and 16 bits, grey and RGB, with and without alpha, palette


def png(name, array, palette=None):
    height, width, channels = array.shape
    bits = 8 * array.dtype.itemsize
    colour = 3 if palette is not None else {1: 0, 2: 4, 3: 2, 4: 6}[channels]

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + row.astype(array.dtype.newbyteorder(">")).tobytes() for row in array)
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    if palette is not None:
        out += chunk(b"PLTE", palette.tobytes())
        array = palette[array[:, :, 0]]
    out += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    with open(f"{folder}/{name}.png", "wb") as file:
        file.write(out)
    expect(name, array, "yxc")


for dtype in ("u1", "u2"):
    for channels in (1, 2, 3, 4):
        png(f"png_{dtype}_{channels}", numbers((31, 33, channels), dtype))
png("png_palette", rng.randint(0, 9, (31, 33, 1)).astype("u1"), rng.randint(0, 255, (9, 3)).astype("u1"))
