"""Prints a line for everything in which two HDF5 files differ: compare_ilp.py A B. Types, shapes, layouts of values and attributes count."""
import sys

import h5py
import numpy as np


def kind(d):
    t = d.id.get_type() if isinstance(d, h5py.Dataset) else d.get_type()
    return t.get_class(), t.get_size() if not isinstance(t, h5py.h5t.TypeStringID) or not t.is_variable_str() else "variable"


def same(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or a.dtype.kind != b.dtype.kind:
        return False
    return a.tobytes() == b.tobytes() if a.dtype.kind != "O" else a.tolist() == b.tolist()


def attributes(path, a, b):
    for name in sorted(set(a.attrs) | set(b.attrs)):
        if name not in a.attrs or name not in b.attrs:
            print("attribute", path, name, "only in", "first" if name in a.attrs else "second")
        elif kind(a.attrs.get_id(name)) != kind(b.attrs.get_id(name)) or not same(a.attrs[name], b.attrs[name]):
            print("attribute", path, name, "differs")


def compare(path, a, b):
    attributes(path, a, b)
    if isinstance(a, h5py.Group) != isinstance(b, h5py.Group):
        print(path, "is a group in one only")
    elif isinstance(a, h5py.Group):
        for name in sorted(set(a) | set(b)):
            child = (path + "/" if path != "/" else "/") + name
            if name not in a or name not in b:
                print(child, "only in", "first" if name in a else "second")
            else:
                compare(child, a[name], b[name])
    elif kind(a) != kind(b) or a.shape != b.shape:
        print(path, "has another type or shape", kind(a), kind(b), a.shape, b.shape)
    elif a.chunks != b.chunks or a.compression != b.compression:
        print(path, "is stored otherwise")
    elif a.shape is not None and not same(a[()], b[()]):
        print(path, "differs")


with h5py.File(sys.argv[1], "r") as first, h5py.File(sys.argv[2], "r") as second:
    compare("/", first, second)
