"""Lists everything in HDF5 files, as h5py sees it: one line an object or attribute with type, shape and SHA-1 of the
values. `Listing.java` makes the same lines. Usage: list_hdf5.py FILE...  (a line "# FILE" stands before each file)"""
import hashlib
import struct
import sys

import h5py
import numpy as np
from h5py import h5a, h5d, h5f, h5g, h5i, h5o, h5s, h5t

PADDING = {h5t.STR_NULLTERM: "nullterm", h5t.STR_NULLPAD: "nullpad", h5t.STR_SPACEPAD: "spacepad"}


def order(t):
    return "<" if t.get_order() == h5t.ORDER_LE else ">"


def describe(t):
    kind = t.get_class()
    size = t.get_size()
    if kind == h5t.INTEGER:
        bits = "" if t.get_precision() == 8 * size else ":%d@%d" % (t.get_precision(), t.get_offset())
        return ("i" if t.get_sign() == h5t.SGN_2 else "u") + str(size) + order(t) + bits
    if kind == h5t.FLOAT:
        return "f%d%s" % (size, order(t))
    if kind == h5t.BITFIELD:
        return "b%d%s" % (size, order(t))
    if kind == h5t.STRING:
        text = "utf8" if t.get_cset() == h5t.CSET_UTF8 else "ascii"
        return "s%s:%s:%s" % ("*" if t.is_variable_str() else size, PADDING[t.get_strpad()], text)
    if kind == h5t.OPAQUE:
        return "o%d:%s" % (size, t.get_tag().decode())
    if kind == h5t.ENUM:
        names = [t.get_member_name(i).decode() for i in range(t.get_nmembers())]
        values = [t.get_member_value(i) for i in range(t.get_nmembers())]
        return "e(%s){%s}" % (describe(t.get_super()), ",".join("%s=%d" % m for m in zip(names, values)))
    if kind == h5t.COMPOUND:
        if not fixed(t):  # h5py tells the places in memory, not in the file
            return "{%s}" % ",".join(t.get_member_name(i).decode() + ":" + describe(t.get_member_type(i))
                                     for i in range(t.get_nmembers()))
        members = ["%s@%d:%s" % (t.get_member_name(i).decode(), t.get_member_offset(i), describe(t.get_member_type(i)))
                   for i in range(t.get_nmembers())]
        return "{%s}%d" % (",".join(members), size)
    if kind == h5t.ARRAY:
        return "[%s]%s" % (",".join(map(str, t.get_array_dims())), describe(t.get_super()))
    if kind == h5t.VLEN:
        return "v(%s)" % describe(t.get_super())
    if kind == h5t.REFERENCE:
        return "r%d" % (0 if t == h5t.STD_REF_OBJ else 1)
    return "?%d" % kind


def fixed(t):
    """whether no text or sequence of variable length is in it"""
    kind = t.get_class()
    if kind == h5t.COMPOUND:
        return all(fixed(t.get_member_type(i)) for i in range(t.get_nmembers()))
    if kind == h5t.ARRAY:
        return fixed(t.get_super())
    return kind != h5t.VLEN and not (kind == h5t.STRING and t.is_variable_str())


def has_values(t):
    kind = t.get_class()
    if kind == h5t.VLEN and t.get_super().get_class() == h5t.INTEGER and t.get_super().get_order() == h5t.ORDER_BE:
        return False  # h5py forgets to swap the bytes
    if kind in (h5t.REFERENCE, h5t.TIME):
        return False
    if kind == h5t.FLOAT:
        return t.get_size() <= 8
    if kind == h5t.OPAQUE:
        return not t.get_tag()  # h5py cannot read opaque values with a tag
    if kind in (h5t.ARRAY, h5t.VLEN):
        return has_values(t.get_super())
    if kind == h5t.COMPOUND:
        return all(has_values(t.get_member_type(i)) for i in range(t.get_nmembers()))
    return True


def digest(h, values, t):
    """values: an array of any shape whose elements are of type t"""
    kind = t.get_class()
    if kind == h5t.COMPOUND:
        for i in range(t.get_nmembers()):
            digest(h, values[t.get_member_name(i).decode()], t.get_member_type(i))
    elif kind == h5t.ARRAY:
        digest(h, values, t.get_super())
    elif kind == h5t.STRING:
        for s in np.asarray(values, dtype=object).ravel():
            b = s.encode("utf-8", "surrogateescape") if isinstance(s, str) else bytes(s)
            h.update(struct.pack("<q", len(b)) + b)
    elif kind == h5t.VLEN:
        for s in np.asarray(values, dtype=object).ravel():
            s = np.asarray([] if isinstance(s, int) else s)
            h.update(struct.pack("<q", len(s)))
            if len(s):
                digest(h, s, t.get_super())
    elif kind == h5t.OPAQUE:
        h.update(np.ascontiguousarray(values).tobytes())
    else:
        values = np.ascontiguousarray(values)
        h.update(values.astype(values.dtype.newbyteorder("<")).tobytes())


def line(kind, path, t, space, read):
    if space.get_simple_extent_type() == h5s.NULL:
        return "%s %s %s null" % (kind, path, describe(t))
    shape = space.get_simple_extent_dims()
    text = "%s %s %s (%s) " % (kind, path, describe(t), ",".join(map(str, shape)))
    if not has_values(t):
        return text + "-"
    h = hashlib.sha1()
    if space.get_simple_extent_npoints():
        digest(h, read(), t)
    return text + h.hexdigest()


def attributes(obj, path):
    for name in sorted(obj.attrs.keys(), key=lambda n: n.encode("utf-8", "surrogateescape")):
        a = obj.attrs.get_id(name)
        yield line("attribute", path + " @" + name, a.get_type(), a.get_space(), lambda: obj.attrs[name])


def walk(group, path, above):
    """yields the lines of everything below a group; a group that contains itself is not entered again"""
    for name in sorted(group.keys(), key=lambda n: n.encode("utf-8", "surrogateescape")):
        link = group.get(name, getlink=True)
        where = path + "/" + name
        if isinstance(link, h5py.SoftLink):
            yield "soft %s %s" % (where, link.path)
            continue
        if isinstance(link, h5py.ExternalLink):
            yield "foreign " + where
            continue
        obj = group[name]
        if isinstance(obj, h5py.Dataset):
            yield line("dataset", where, obj.id.get_type(), obj.id.get_space(), lambda: obj[()])
        elif isinstance(obj, h5py.Datatype):
            yield "type %s %s" % (where, describe(obj.id))
        else:
            yield "group " + where
        yield from attributes(obj, where)
        if isinstance(obj, h5py.Group):
            address = h5o.get_info(obj.id).addr
            if address not in above:
                yield from walk(obj, where, above | {address})


if __name__ == "__main__":
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", errors="surrogateescape", newline="\n")
    for file in sys.argv[1:]:
        print("# " + file, file=out)
        with h5py.File(file, "r") as f:
            for text in list(attributes(f, "")) + list(walk(f, "", {h5o.get_info(f.id).addr})):
                print(text, file=out)
