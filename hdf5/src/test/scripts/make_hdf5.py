"""Makes HDF5 files that use every part of the format that hdf5 claims to read. Usage: make_hdf5.py FOLDER"""
import ctypes
import os
import sys

import h5py
import numpy as np
from h5py import h5d, h5f, h5p, h5s, h5t

rng = np.random.RandomState(7)


def hdf5_library():
    """the library that h5py uses, for the properties that h5py does not offer"""
    with open("/proc/self/maps") as maps:
        return ctypes.CDLL(next(m.split()[-1] for m in maps if "libhdf5_serial.so" in m or "libhdf5.so" in m))


C = hdf5_library()


def types(f):
    """every type, as datasets and attributes"""
    g = f.create_group("types")
    for size in (1, 2, 4, 8):
        for kind in "iu":
            for order in "<>":
                info = np.iinfo("%s%d" % (kind, size))
                values = np.array([info.min, info.max, 0, 1, info.max // 3], dtype="%s%s%d" % (order, kind, size))
                name = "%s%d%s" % (kind, size, "le" if order == "<" else "be")
                g[name] = values
                g.attrs[name] = values
    for size in (2, 4, 8):
        for order in "<>":
            values = np.array([0.0, -0.0, 1 / 3, -np.inf, np.nan, 6e-5, 1e-7, 65504], dtype="%sf%d" % (order, size))
            g["f%d%s" % (size, order == "<")] = values
            g.attrs["f%d%s" % (size, order == "<")] = values
    g["longdouble"] = np.array([1.5], dtype=np.longdouble)
    for size, offset, precision, sign in ((4, 3, 17, h5t.SGN_2), (2, 4, 12, h5t.SGN_NONE), (8, 0, 40, h5t.SGN_2)):
        t = h5t.STD_I64LE.copy()
        t.set_size(size)
        t.set_precision(precision)
        t.set_offset(offset)
        t.set_sign(sign)
        d = h5d.create(g.id, b"odd%d" % size, t, h5s.create_simple((4,)))
        d.write(h5s.ALL, h5s.ALL, np.array([1, 5, 1000, 2047], dtype="i8"))
    for order, t in (("le", h5t.STD_B16LE), ("be", h5t.STD_B16BE)):
        h5d.create(g.id, b"bits" + order.encode(), t, h5s.create_simple((3,))).write(
            h5s.ALL, h5s.ALL, np.array([1, 2, 0xFFFF], dtype="u2"), mtype=h5t.STD_B16LE)
    g["bool"] = np.array([[True, False], [False, True]])
    g.attrs["bool"] = True
    g["enum"] = np.array([2, -7, 2], dtype=h5py.enum_dtype({"two": 2, "minus seven": -7}, basetype=">i2"))
    g["vlen utf8"] = np.array(["", "a", "σ µm²", "x" * 5000], dtype=h5py.string_dtype())
    g["vlen ascii"] = np.array([b"", b"a", "σ".encode()], dtype=h5py.string_dtype("ascii"))
    g["scalar text"] = "ä"
    g["fixed utf8"] = np.array(["äb".encode(), b""], dtype=h5py.string_dtype("utf-8", 7))
    g["fixed ascii"] = np.array([b"abc", b"d"], dtype="S3")
    for pad, name in ((h5t.STR_NULLTERM, b"nullterm"), (h5t.STR_SPACEPAD, b"spacepad"), (h5t.STR_NULLPAD, b"nullpad")):
        t = h5t.C_S1.copy()
        t.set_size(6)
        t.set_strpad(pad)
        h5d.create(g.id, name, t, h5s.create_simple((2,))).write(
            h5s.ALL, h5s.ALL, np.array([b"ab", b"cdefg"], dtype="S6"))
    g.attrs["vlen"] = np.array([["p", "q"], ["ö", ""]], dtype=h5py.string_dtype())
    g.attrs["fixed"] = np.array([b"a", b"bc"])
    g["opaque"] = np.void(b"(cpickle\x00\xff")
    g.attrs["opaque"] = np.void(b"\x00\x01\x02")
    g["dates"] = np.array(["2020-01-01", "1999-12-31"], dtype="M8[D]").astype(h5py.opaque_dtype("M8[D]"))
    point = np.dtype([("x", "<f8"), ("y", ">i2"), ("name", "S4"), ("ok", "u1"), ("m", "<u2", (2, 3))])
    values = np.zeros(4, dtype=point)
    values["x"] = rng.rand(4)
    values["y"] = [1, -2, 3, -4]
    values["name"] = [b"a", b"bb", b"ccc", b"dddd"]
    values["m"] = rng.randint(0, 65535, (4, 2, 3))
    g["compound"] = values
    g.attrs["compound"] = values[0]
    aligned = np.dtype([("a", "u1"), ("b", "<f8"), ("inner", [("c", "<i4"), ("d", ">u2")])], align=True)
    g["aligned"] = np.array([(1, 2.5, (3, 4)), (5, -1, (7, 8))], dtype=aligned)
    texts = np.empty(3, dtype=[("t", h5py.string_dtype()), ("n", "<i4")])
    texts["t"] = ["one", "", "drei ß"]
    texts["n"] = [1, 2, 3]
    g["compound with text"] = texts
    g["array"] = np.zeros(3, dtype="(2,2)>f4") + rng.rand(3, 2, 2).astype("f4")
    sequences = np.empty(4, dtype=h5py.vlen_dtype(np.dtype("<i4")))
    for i, n in enumerate((3, 0, 1, 2000)):
        sequences[i] = np.arange(n, dtype="i4") - 1
    g.create_dataset("sequences", data=sequences, dtype=h5py.vlen_dtype(np.dtype("<i4")))
    big = np.empty(2, dtype=h5py.vlen_dtype(np.dtype(">u2")))
    big[0], big[1] = np.array([1, 2], dtype=">u2"), np.array([65535], dtype=">u2")
    g.create_dataset("big sequences", data=big, dtype=h5py.vlen_dtype(np.dtype(">u2")))
    g["null"] = h5py.Empty("f4")
    g.attrs["null"] = h5py.Empty("S3")
    g["empty"] = np.zeros((0, 4), dtype="u2")
    g["empty text"] = np.array([], dtype=h5py.string_dtype())
    g["scalar"] = 3.5
    g["scalar compact"] = 7
    g["rank 32"] = np.ones((1,) * 32, dtype="i1")
    g.create_dataset("reference", data=g["scalar"].ref)
    g.attrs["reference"] = g["scalar"].ref
    g.attrs["group reference"] = g.ref
    region = g["i4le"].regionref[1:3]
    g.attrs["region"] = region
    g["named type"] = np.dtype("<u4")
    g.create_dataset("of named type", data=np.arange(4), dtype=g["named type"])
    g.attrs.create("of named type", np.arange(3), dtype=g["named type"])
    g["named type"].attrs["has"] = "an attribute"


def layouts(f):
    g = f.create_group("layouts")
    cube = rng.randint(0, 60000, (13, 37, 5)).astype("u2")
    cube[:, :20] //= 1000
    kw = dict(dtype="u2")
    g.create_dataset("contiguous", data=cube)
    g.create_dataset("big-endian", data=cube.astype(">u2"))
    for name, options in dict(
            plain={}, deflate=dict(compression=4), shuffled=dict(compression=9, shuffle=True), shuffle=dict(shuffle=True),
            lzf=dict(compression="lzf"), lzfshuffle=dict(compression="lzf", shuffle=True),
            fletcher=dict(fletcher32=True), all=dict(fletcher32=True, shuffle=True, compression=1)).items():
        for shape, maxshape in (((4, 8, 5), None), ((13, 37, 5), None), ((1, 1, 1), None), ((3, 40, 2), (20, 40, 7)),
                                ((4, 8, 3), (None, 37, 5)), ((4, 8, 3), (13, None, 5)), ((5, 6, 4), (None, None, None)),
                                ((5, 6, 4), (13, 60, None))):
            key = "%s %s %s" % (name, "x".join(map(str, shape)), maxshape)
            if shape == (1, 1, 1) and name not in ("plain", "lzf", "fletcher"):
                continue
            g.create_dataset(key.replace("/", ""), data=cube, chunks=shape, maxshape=maxshape, **options)
    g.create_dataset("random lzf", data=rng.bytes(4000) and np.frombuffer(rng.bytes(4000), "u1"), chunks=(700,),
                     compression="lzf")
    g.create_dataset("zeros lzf", data=np.zeros(100000, "u1"), chunks=(60000,), compression="lzf")
    g.create_dataset("many chunks", data=np.arange(4500, dtype="i4"), chunks=(3,))
    g.create_dataset("many growing chunks", data=np.arange(3000, dtype="i4"), chunks=(1,), maxshape=(None,))
    g.create_dataset("many filtered", data=np.arange(6000, dtype="i4"), chunks=(3,), maxshape=(None,),
                     compression=1)
    d = g.create_dataset("very sparse and growing", (80000,), "i4", chunks=(2,), maxshape=(None,), fillvalue=3)
    d[0], d[777], d[40000], d[79999] = 1, 2, 5, 4
    d = g.create_dataset("very sparse", (80000,), "i4", chunks=(2,), fillvalue=3)
    d[0], d[777], d[40000], d[79999] = 1, 2, 5, 4
    d = g.create_dataset("sparse", (100, 100), "f4", chunks=(10, 10), fillvalue=-1.5, compression=1)
    d[12:17, 55:61] = 9
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_layout(h5d.COMPACT)
    h5d.create(g.id, b"large compact", h5t.STD_U8LE, h5s.create_simple((62000,)), plist).write(
        h5s.ALL, h5s.ALL, (np.arange(62000) % 251).astype("u1"))
    g.create_dataset("never written", (10, 10), "i2", chunks=(5, 5), fillvalue=77)
    g.create_dataset("never written contiguous", (10, 10), ">i2", fillvalue=-77)
    d = g.create_dataset("grown", data=np.ones((4, 4)), chunks=(3, 3), maxshape=(None, None))
    d.resize((9, 11))
    d[8] = 5
    d = g.create_dataset("shrunk", data=np.arange(100).reshape(10, 10), chunks=(3, 3), maxshape=(None, 20))
    d.resize((4, 5))
    d = g.create_dataset("shrunk fixed", data=np.arange(100).reshape(10, 10), chunks=(3, 3), maxshape=(12, 20))
    d.resize((4, 5))
    g.create_dataset("empty growing", (0, 3), "f4", maxshape=(None, 3))
    text = np.array([["t%d" % (i * j) for i in range(7)] for j in range(9)], dtype=h5py.string_dtype())
    g.create_dataset("texts", data=text, chunks=(4, 3), compression=4, shuffle=True)
    g.create_dataset("texts lzf", data=text, chunks=(4, 3), compression="lzf")
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_layout(h5d.COMPACT)
    h5d.create(g.id, b"compact", h5t.STD_I32BE, h5s.create_simple((3, 5)), plist).write(
        h5s.ALL, h5s.ALL, np.arange(15, dtype="i4").reshape(3, 5))
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_chunk((4, 4))
    plist.set_alloc_time(h5d.ALLOC_TIME_EARLY)
    h5d.create(g.id, b"early", h5t.STD_I32LE, h5s.create_simple((9, 7)), plist).write(
        h5s.ALL, h5s.ALL, np.arange(63, dtype="i4").reshape(9, 7))
    for limit in ((9, 7), (h5s.UNLIMITED, 7), (h5s.UNLIMITED, h5s.UNLIMITED)):
        plist = h5p.create(h5p.DATASET_CREATE)
        plist.set_chunk((4, 4))
        plist.set_deflate(3)
        if f.libver[1] not in ("v108",):
            assert C.H5Pset_chunk_opts(ctypes.c_int64(plist.id), 2) >= 0  # do not filter partial chunks
        h5d.create(g.id, b"partial %d %d" % (limit[0] % 99, limit[1] % 99), h5t.STD_I32LE,
                   h5s.create_simple((9, 7), limit), plist).write(
            h5s.ALL, h5s.ALL, np.arange(63, dtype="i4").reshape(9, 7))
    # One chunk whose compression was left out, as when a filter fails.
    d = g.create_dataset("masked", (8,), "u2", chunks=(4,), compression=4, shuffle=True)
    d[4:] = 5
    d.id.write_direct_chunk((0,), np.arange(4, dtype="u2").tobytes(), filter_mask=3)


def links(f):
    g = f.create_group("links")
    g["target"] = 5
    g["soft"] = h5py.SoftLink("/links/target")
    g["relative"] = h5py.SoftLink("target")
    g["dangling"] = h5py.SoftLink("/no/such")
    g["circle"] = h5py.SoftLink("/links/circle")
    g["hard"] = g["target"]
    g["self"] = g
    g["äöü/ß"] = 1
    g.create_group("empty")
    few = g.create_group("few")
    many = g.create_group("many")
    for i in range(7):
        few["n%d" % i] = i
    for i in range(1000):
        many["name number %d" % (i * 7919 % 1000)] = h5py.Empty("i4") if i % 3 else h5py.SoftLink("/links/target")
    ordered = g.create_group("ordered", track_order=True)
    for name in "zyxwvutsrqponm":
        ordered[name] = 1
    attrs = g.create_group("attributes")
    for i in range(100):
        attrs.attrs["attribute %d" % i] = "value %d" % i if i % 2 else np.arange(i)
    attrs.attrs["naïve"] = 1
    longest = g.create_group("long attributes")
    longest.attrs["nearly 64 KiB"] = np.arange(16000, dtype="i4")
    g["a name of more than two hundred and fifty-five bytes " + "x" * 300] = 1


def dense(f):
    """what only new files have"""
    f["links"].create_group("huge attributes").attrs["over 64 KiB"] = np.arange(30000, dtype="i4")
    for i in range(12):
        f["links/huge attributes"].attrs["h%d" % i] = np.full(500 * i, i, dtype="i4")
    f["links/huge attributes"].attrs["more than 64 KiB"] = np.arange(20000, dtype="i4")


def foreign(f):
    g = f.create_group("foreign")
    g["external"] = h5py.ExternalLink("other.h5", "/a")
    g["beside"] = 1


def make(path, libver, parts=(types, layouts, links, foreign), **options):
    with h5py.File(path, "w", libver=libver, **options) as f:
        f.attrs["made"] = "for tests"
        for part in parts:
            part(f)
        if libver != "earliest" and links in parts:
            dense(f)


def unsupported(folder):
    """one file for each thing that is refused; "fine" beside it stays readable"""
    os.makedirs(folder)
    with h5py.File(os.path.join(folder, "filter scale-offset.h5"), "w") as f:
        f.create_dataset("refused", data=np.arange(100), chunks=(10,), scaleoffset=0)
        f["fine"] = 1
    with h5py.File(os.path.join(folder, "filter n-bit.h5"), "w") as f:
        plist = h5p.create(h5p.DATASET_CREATE)
        plist.set_chunk((4,))
        assert C.H5Pset_nbit(ctypes.c_int64(plist.id)) >= 0
        t = h5t.STD_I32LE.copy()
        t.set_precision(11)
        h5d.create(f.id, b"refused", t, h5s.create_simple((4,)), plist).write(h5s.ALL, h5s.ALL, np.arange(4))
        f["fine"] = 1
    with h5py.File(os.path.join(folder, "a virtual dataset.h5"), "w", libver="latest") as f:
        layout = h5py.VirtualLayout((4,), "i4")
        layout[:] = h5py.VirtualSource("other.h5", "a", (4,))
        f.create_virtual_dataset("refused", layout)
        f["fine"] = 1
    with h5py.File(os.path.join(folder, "keeps its data in other files.h5"), "w") as f:
        f.create_dataset("refused", (4,), "i4", external=[("other.bin", 0, 16)])
        f["fine"] = 1
    with h5py.File(os.path.join(folder, "a link into another file.h5"), "w") as f:
        f["refused"] = h5py.ExternalLink("other.h5", "/a")
        f["fine"] = 1


def make_low_level(path, version_bounds, *properties):
    """a file with properties that h5py.File does not offer"""
    plist = h5p.create(h5p.FILE_CREATE)
    for name, *arguments in properties:
        assert getattr(C, name)(ctypes.c_int64(plist.id), *arguments) >= 0
    access = h5p.create(h5p.FILE_ACCESS)
    access.set_libver_bounds(*version_bounds)
    with h5py.File(h5f.create(os.fsencode(path), h5f.ACC_TRUNC, plist, access)) as f:
        g = f.create_group("g")
        for i in range(300):
            g["d%d" % i] = np.arange(i % 7)
        f.create_dataset("c", data=np.arange(10000).reshape(100, 100), chunks=(7, 9), compression=2)
        for i in range(20):
            f["c"].attrs["a%d" % i] = np.arange(i)


if __name__ == "__main__":
    folder = sys.argv[1]
    make(os.path.join(folder, "earliest.h5"), "earliest")
    make(os.path.join(folder, "latest.h5"), "latest")
    make(os.path.join(folder, "v108.h5"), ("v108", "v108"))
    make(os.path.join(folder, "userblock.h5"), "latest", (types, links), userblock_size=1024)
    make(os.path.join(folder, "userblock_old.h5"), "earliest", (types, links), userblock_size=512)
    old = (h5f.LIBVER_EARLIEST, h5f.LIBVER_LATEST)
    new = (h5f.LIBVER_LATEST, h5f.LIBVER_LATEST)
    size = ctypes.c_size_t
    make_low_level(os.path.join(folder, "sizes48.h5"), old, ("H5Pset_sizes", size(4), size(8)))
    make_low_level(os.path.join(folder, "sizes84.h5"), new, ("H5Pset_sizes", size(8), size(4)))
    make_low_level(os.path.join(folder, "superblock0.h5"), old, ("H5Pset_sym_k", 3, 5))
    make_low_level(os.path.join(folder, "superblock1.h5"), old, ("H5Pset_istore_k", 7))
    for name, bounds in (("shared_old", old), ("shared_new", new)):
        make_low_level(os.path.join(folder, name + ".h5"), bounds, ("H5Pset_shared_mesg_nindexes", 2),
                       ("H5Pset_shared_mesg_index", 0, 0x0B, 8), ("H5Pset_shared_mesg_index", 1, 0x10, 8),
                       ("H5Pset_shared_mesg_phase_change", 3, 2))
    unsupported(os.path.join(folder, "unsupported"))
    # HDF5 itself reads such a dataset only in a file open for writing.
    os.mkdir(os.path.join(folder, "apart"))
    with h5py.File(os.path.join(folder, "apart", "filled.h5"), "w") as f:
        f.create_dataset("text", (4,), chunks=(2,), dtype=h5py.string_dtype(), fillvalue="none")[0] = "one"
