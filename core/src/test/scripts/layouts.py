"""Writes small projects in the layouts of several versions of ilastik into a folder: layouts.py FOLDER.

Each has one image of the given axes and shape, labels painted by one rule: class (t + 2 z + 3 y + 5 x) % 4 in every pixel with
y < 5 and x < 6, and a pixel of value 100 (eraser) at y = 1, x = 1 of the first plane.
"""
import json
import sys

import h5py
import numpy as np


def tags(axes):
    flag = {"c": 1, "t": 8}
    return json.dumps({"axes": [{"key": a, "typeFlags": flag.get(a, 2)} for a in axes]})


def labels(size):
    t, z, y, x = np.meshgrid(*[np.arange(min(size.get(a, 1), 20)) for a in "tzyx"], indexing="ij")
    full = ((t + 2 * z + 3 * y + 5 * x) % 4 * (y < 5) * (x < 6)).astype(np.uint8)
    full[0, 0, 1:2, 1:2] = 100
    return full


def block(group, name, full, order, low, high):
    """low, high: bounds along t z y x."""
    part = full[tuple(slice(a, b) for a, b in zip(low, high))][..., None]
    keep = ["tzyxc".index(a) for a in order]
    drop = tuple(i for i in range(5) if i not in keep)
    part = part.transpose(keep + list(drop)).reshape([part.shape[i] for i in keep])
    spans = dict(zip("tzyx", zip(low, high)), c=(0, 1))
    d = group.create_dataset(name, data=part)
    d.attrs["blockSlice"] = "[" + ",".join("%d:%d" % spans[a] for a in order) + "]"


def project(path, version, axes, shape, order, roles=True, fixed=False, flags=True, names=("a", "b", "c"), in2d=None, axistags=True,
            workflow="Pixel Classification", bools="enum", colours=np.int64, pickled=None, path_text="sub/img.h5/data", compressed=False):
    text = (lambda s: np.bytes_(s)) if fixed else (lambda s: s)
    truth = (lambda b: np.uint8(b)) if bools == "uint8" else (lambda b: np.bool_(b))
    size = dict(zip(axes, shape))
    with h5py.File(path, "w") as f:
        if version:
            f["ilastikVersion"] = text(version)
        if workflow:
            f["workflowName"] = text(workflow)
        g = f.create_group("Input Data")
        g["StorageVersion"] = text("0.2")
        lane = g.create_group("infos/lane0000")
        if roles:
            g["Role Names"] = np.array([b"Raw Data", b"Prediction Mask"])
            lane.create_group("Prediction Mask")
            lane = lane.create_group("Raw Data")
        lane["filePath"] = text(path_text)
        lane["allowLabels"] = truth(True)
        lane["nickname"] = text("img-data")
        lane["shape"] = np.array(shape, np.int64)
        lane["datasetId"] = text("id-1")
        lane["location"] = text("FileSystem")
        if axistags:
            lane["axistags"] = text(tags(axes))
        else:
            lane["axisorder"] = text(axes)
        fs = f.create_group("FeatureSelections")
        fs["StorageVersion"] = text("0.1")
        fs["FeatureIds"] = np.array([b"GaussianSmoothing", b"HessianOfGaussianEigenvalues"])
        fs["Scales"] = np.array([0.7, 1.6])
        fs["SelectionMatrix"] = np.array([[truth(1), truth(0)], [truth(1), truth(1)]])
        if flags:
            fs["ComputeIn2d"] = np.array([truth(b) for b in (in2d or (False, True))])
        pc = f.create_group("PixelClassification")
        pc["StorageVersion"] = text("0.1")
        if names is not None:
            n = len(names)
            pc["LabelNames"] = np.array([x.encode() for x in names]) if n else np.float64(0)
            pc["LabelNames"].attrs["isEmpty"] = truth(n == 0)
            pc["LabelColors"] = np.array([[255, 0, k] for k in range(n)], colours) if n else np.float64(0)
            pc["LabelColors"].attrs["isEmpty"] = truth(n == 0)
        full = labels(size)
        ls = pc.create_group("LabelSets/labels000")
        end = full.shape
        half = end[2] // 2
        if half:
            block(ls, "block0000", full, order, (0, 0, 0, 0), (end[0], end[1], half, end[3]))
        block(ls, "block0001", full, order, (0, 0, half, 0), end)
        if compressed:
            data, span = ls["block0001"][()], ls["block0001"].attrs["blockSlice"]
            del ls["block0001"]
            d = ls.create_dataset("block0001", data=data, chunks=True, compression="gzip", shuffle=True)
            d.attrs["blockSlice"] = span
        if pickled:
            cf = pc.create_group("ClassifierForests")
            cf["pickled_type"] = text(pickled)
            cf.create_group("forest")


def hostile(folder):
    """Small files that claim to hold much, or lead in circles."""
    def change(name, what):
        path = "%s/hostile %s.ilp" % (folder, name)
        project(path, "1.4.0", "yxc", (60000, 60000, 2), "yxc")
        with h5py.File(path, "r+") as f:
            what(f)

    def many_labels(f):
        d = f["PixelClassification/LabelSets/labels000"].create_dataset("block0002", (60000, 60000, 1), np.uint8, chunks=(512, 512, 1))
        d.attrs["blockSlice"] = "[0:60000,0:60000,0:1]"

    def labels_far_away(f):
        f["PixelClassification/LabelSets/labels000/block0001"].attrs["blockSlice"] = "[9999999990:9999999999,0:12,0:1]"

    def huge_tree(f):
        tree = f.create_group("PixelClassification/ClassifierForests/Forest0000/Tree_0")
        tree.create_dataset("topology", (2 ** 31 - 9,), np.int32, chunks=(1024,))
        tree.create_dataset("parameters", (2 ** 31 - 9,), np.float64, chunks=(1024,))
        f["PixelClassification/ClassifierForests/Forest0000/_ext_param/labels"] = np.array([1, 2], np.uint32)

    def huge_shape(f):
        del f["Input Data/infos/lane0000/Raw Data/shape"]
        f["Input Data/infos/lane0000/Raw Data/shape"] = np.array([2 ** 40, 5, 1])

    def circle(f):
        f["Input Data/infos/lane0000/Raw Data/again"] = f["Input Data"]
        f["Input Data/infos/lane0001"] = f["Input Data"]

    def negative_shape(f):
        del f["Input Data/infos/lane0000/Raw Data/shape"]
        f["Input Data/infos/lane0000/Raw Data/shape"] = np.array([-5, 5, 1])

    def many_classes(f):
        del f["PixelClassification/LabelNames"]
        f["PixelClassification/LabelNames"] = np.array([b"x"] * 100)

    def high_label(f):
        f["PixelClassification/LabelSets/labels000/block0001"][0, 0, 0] = 150

    def deep_json(f):
        del f["Input Data/infos/lane0000/Raw Data/axistags"]
        f["Input Data/infos/lane0000/Raw Data/axistags"] = "[" * 90000

    for what in (many_labels, labels_far_away, huge_tree, huge_shape, circle, negative_shape, many_classes, high_label, deep_json):
        change(what.__name__.replace("_", " "), what)


def main(folder):
    p = lambda name, *a, **k: project("%s/%s.ilp" % (folder, name), *a, **k)
    p("1.2.0 without roles", "1.2.0", "yxc", (9, 12, 2), "yxc", roles=False, fixed=True, flags=False, bools="uint8", colours=np.int32)
    p("1.2.0 zyx stack", "1.2.0", "zyx", (4, 9, 12), "zyxc", roles=False, flags=False, axistags=False)
    p("1.3.2 channel first", "1.3.2", "cyx", (3, 9, 12), "yxc", fixed=True)
    p("1.3.3post2 channel first", "1.3.3post2", "cyx", (3, 9, 12), "cyx")
    p("1.3.3post3 plane with z", "1.3.3post3", "zyxc", (1, 9, 12, 3), "zyxc")
    p("1.4.0b7 xyz", "1.4.0b7", "xyz", (12, 9, 3), "xyzc")
    p("1.4.0b8 xyz", "1.4.0b8", "xyz", (12, 9, 3), "zyxc")
    p("1.4.0 plane with z", "1.4.0", "zyxc", (1, 9, 12, 3), "yxc", compressed=True)
    p("1.4.0 time", "1.4.0", "tyxc", (3, 9, 12, 2), "tyxc")
    p("1.4.1.post1 all axes", "1.4.1.post1", "tczyx", (2, 2, 3, 9, 12), "tzyxc")
    p("1.4.2 one row", "1.4.2", "zyxc", (5, 1, 12, 1), "tzxc")
    p("0.6 no workflow", "0.6", "yxc", (9, 12, 1), "yxc", workflow=None)
    p("1.4.0 no names", "1.4.0", "yxc", (9, 12, 2), "yxc", names=None)
    p("1.4.0 empty names", "1.4.0", "yxc", (9, 12, 2), "yxc", names=())
    p("1.4.0 windows", "1.4.0", "yxc", (9, 12, 2), "yxc", path_text="C:\\data\\img.h5/data")
    p("refused autocontext", "1.4.0", "yxc", (9, 12, 2), "yxc", workflow="Autocontext (2-stage)")
    p("refused object classification", "1.4.0", "yxc", (9, 12, 2), "yxc", workflow="Object Classification (from pixel classification)")
    p("refused no version", None, "yxc", (9, 12, 2), "yxc")
    p("refused sklearn", "1.4.0", "yxc", (9, 12, 2), "yxc",
      pickled="clazyflow.classifiers.sklearnLazyflowClassifier\nSklearnLazyflowClassifier\np0\n.")
    p("refused single forest", "1.4.0", "yxc", (9, 12, 2), "yxc",
      pickled="clazyflow.classifiers.vigraRfLazyflowClassifier\nVigraRfLazyflowClassifier\np0\n.")
    p("refused future", "2.0.0", "yxc", (9, 12, 2), "yxc")
    hostile(folder)
    with h5py.File(folder + "/refused empty.ilp", "w") as f:
        f["something"] = 1


main(sys.argv[1])
