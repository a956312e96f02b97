"""Follows the steps in which ilastik 1.3.3 - 1.4.2 loads a pixel classification project; check_ilp.py P.ilp [trained].

Prints what is wrong, a line each; nothing when ilastik can open the project, show it, and (trained) predict with it.
"""
import json
import re
import sys

import h5py
import numpy as np

CLASSES = {"RelativeFilesystemDatasetInfo", "FilesystemDatasetInfo", "ProjectInternalDatasetInfo", "MultiscaleUrlDatasetInfo"}
FEATURES = ["GaussianSmoothing", "LaplacianOfGaussian", "GaussianGradientMagnitude", "DifferenceOfGaussians",
            "StructureTensorEigenvalues", "HessianOfGaussianEigenvalues"]


def wrong(*what):
    print(*what)


def need(group, name):
    if name not in group:
        wrong(group.name, "lacks", name)
        return None
    return group[name]


def text(group, name):
    d = need(group, name)
    if d is None:
        return ""
    if d.shape != () or h5py.check_string_dtype(d.dtype) is None:
        wrong(d.name, "is not a single text")
        return ""
    if h5py.check_string_dtype(d.dtype).length is not None:
        wrong(d.name, "is of fixed length")
    return d[()].decode("utf-8")


def truth(group, name):
    d = need(group, name)
    if d is not None and (d.shape != () or d.dtype != bool):
        wrong(d.name, "is not h5py's truth value")


def axes(tags, where):
    try:
        keys = "".join(a["key"] for a in json.loads(tags)["axes"])
        flags = [a["typeFlags"] for a in json.loads(tags)["axes"]]
        if flags != [{"c": 1, "t": 8}.get(k, 2) for k in keys]:
            wrong(where, "has wrong typeFlags")
        return keys
    except (ValueError, KeyError):
        wrong(where, "has unreadable axistags")
        return ""


def lanes(f):
    g = need(f, "Input Data")
    if text(g, "StorageVersion") != "0.2":
        wrong("storage version of Input Data")
    roles = need(g, "Role Names")
    if roles is None or [r.decode() for r in roles[()]] != ["Raw Data", "Prediction Mask"]:
        wrong("roles")
    need(g, "local_data")
    out = []
    for i, name in enumerate(sorted(need(g, "infos"))):
        if name != "lane%04d" % i:
            wrong("lane", i, "is called", name)
        lane = g["infos"][name]
        need(lane, "Prediction Mask")
        raw = need(lane, "Raw Data")
        if text(raw, "__class__") not in CLASSES:
            wrong(raw.name, "has an unknown class")
        if not text(raw, "filePath") or not text(raw, "nickname") or not text(raw, "datasetId"):
            wrong(raw.name, "has an empty text")
        if text(raw, "location") not in ("FileSystem", "ProjectInternal"):
            wrong(raw.name, "has an unknown location")
        if text(raw, "__class__").startswith("Relative") and text(raw, "filePath").startswith("/"):
            wrong(raw.name, "is said to be relative")
        if text(raw, "display_mode") not in ("default", "grayscale", "rgba", "random-colortable", "binary-mask"):
            wrong(raw.name, "has an unknown display mode")
        truth(raw, "allowLabels")
        truth(raw, "normalizeDisplay")
        keys = axes(text(raw, "axistags"), raw.name)
        shape = need(raw, "shape")
        if shape is None or shape.dtype != np.int64 or len(shape) != len(keys):
            wrong(raw.name, "has a wrong shape")
        out.append(dict(zip(keys, (int(n) for n in shape))))
    if len({text(g["infos"][n]["Raw Data"], "datasetId") for n in g["infos"]}) != len(out):
        wrong("dataset ids are not unique")
    return out


def features(f, images):
    g = need(f, "FeatureSelections")
    if text(g, "StorageVersion") != "0.1":
        wrong("storage version of FeatureSelections")
    ids = [i.decode() for i in need(g, "FeatureIds")[()]]
    scales, matrix, flat = need(g, "Scales"), need(g, "SelectionMatrix"), need(g, "ComputeIn2d")
    if ids != FEATURES:
        wrong("feature ids", ids)
    if scales.dtype != np.float64 or matrix.dtype != bool or flat.dtype != bool:
        wrong("types of the feature table")
    if matrix.shape != (len(ids), len(scales)) or flat.shape != (len(scales),):
        wrong("shape of the feature table")
    planes = [2 if "Eigenvalues" in i else 1 for i in ids]
    return sum(int(p) * int(m.sum()) for p, m in zip(planes, matrix[()])) * images[0]["c"] if images else 0


def labels(f, images):
    g = need(f, "PixelClassification")
    if text(g, "StorageVersion") != "0.1":
        wrong("storage version of PixelClassification")
    n = -1
    for name in ("LabelNames", "LabelColors", "PmapColors"):
        d = need(g, name)
        if "isEmpty" not in d.attrs or d.attrs["isEmpty"].dtype != bool:
            wrong(name, "lacks isEmpty")
        if d.attrs["isEmpty"]:
            continue
        if n >= 0 and len(d) != n:
            wrong(name, "has another length")
        n = len(d)
        if "Colors" in name and (d.dtype != np.int64 or d.shape[1] != 3 or d[()].min() < 0 or d[()].max() > 255):
            wrong(name, "holds no colours")
    sets = need(g, "LabelSets")
    for i, image in enumerate(images):
        for block in (need(sets, "labels%03d" % i) or {}).values():
            keys = axes(block.attrs["axistags"], block.name)
            span = [tuple(map(int, s.split(":"))) for s in re.fullmatch(r"\[(\d+:\d+(?:,\d+:\d+)*)\]", block.attrs["blockSlice"]).group(1).split(",")]
            long = "".join(a for a in "tzyx" if image.get(a, 1) > 1)
            if keys != {"tzyx": "tzyxc", "zyx": "zyxc", "tyx": "tyxc"}.get(long, "yxc"):
                wrong(block.name, "has axes", keys)
            if block.dtype != np.uint8 or block.shape != tuple(b - a for a, b in span):
                wrong(block.name, "does not fit its slice")
            if any(b > image.get(k, 1) for k, (a, b) in zip(keys, span) if k != "c"):
                wrong(block.name, "leaves the image")
            if block[()].max() > n or block[()].max() < 1:
                wrong(block.name, "holds other classes")
    if len(sets) != len(images):
        wrong("label sets without images")
    for i in range(len(images)):
        d = need(need(g, "Bookmarks"), "%04d" % i)
        if d[()].tobytes() != b"(lp0\n." or d.attrs["version"] != 1:
            wrong("bookmarks of lane", i)
    factory = text(g, "ClassifierFactory")
    if not re.search(r"ParallelVigraRfLazyflowClassifierFactory\np1\n", factory) or not re.search(r"V_num_trees\np7\nI\d+\n", factory):
        wrong("classifier factory")
    import pickletools
    list(pickletools.genops(factory.encode()))
    return n


def forests(f, columns, classes):
    g = need(need(f, "PixelClassification"), "ClassifierForests")
    known = need(g, "known_labels")
    if known.dtype != np.uint32 or max(known) > classes:
        wrong("known labels")
    if len(need(g, "feature_names")) != columns:
        wrong("feature names", len(g["feature_names"]), columns)
    if text(g, "pickled_type") != ("clazyflow.classifiers.parallelVigraRfLazyflowClassifier\n"
                                   "ParallelVigraRfLazyflowClassifier\np0\n."):
        wrong("pickled type")
    names = sorted(n for n in g if n.startswith("Forest"))
    if not names or names != ["Forest%04d" % i for i in range(len(names))]:
        wrong("forests", names)
    for name in names:
        forest = g[name]
        if forest.attrs["vigra_random_forest_version"].shape != (1,) or forest.attrs["vigra_random_forest_version"][0] > 0.1:
            wrong(name, "version")
        trees = sorted(n for n in forest if not n.startswith("_"))
        if forest["_options/tree_count_"][0] != len(trees):
            wrong(name, "tree count")
        if forest["_ext_param/column_count_"][0] != columns or forest["_ext_param/class_count_"][0] != len(known):
            wrong(name, "columns or classes")
        if forest["_ext_param/labels"].dtype != np.uint32 or list(forest["_ext_param/labels"]) != list(known):
            wrong(name, "labels")
        for option in list(forest["_options"].values()) + [v for k, v in forest["_ext_param"].items() if k not in ("labels", "class_weights_")]:
            if option.shape != (1,) or option.dtype != np.float64:
                wrong(option.name, "is not one double")
        if len(forest["_options"]) != 13 or len(forest["_ext_param"]) != 12:
            wrong(name, "options")
        for t in trees:
            if forest[t]["topology"].dtype != np.int32 or forest[t]["parameters"].dtype != np.float64:
                wrong(name, t, "types")


def main(path, trained):
    with h5py.File(path, "r") as f:
        if text(f, "workflowName") != "Pixel Classification":
            wrong("workflow")
        if not re.fullmatch(r"(0\.6|1\.[0-5])(\..*)?", text(f, "ilastikVersion")):
            wrong("version")
        text(f, "time")
        images = lanes(f)
        columns = features(f, images)
        classes = labels(f, images)
        if trained:
            forests(f, columns, classes)
        e = need(f, "Prediction Export")
        if text(e, "StorageVersion") != "0.1":
            wrong("storage version of Prediction Export")
        for name in ("OutputFormat", "OutputFilenameFormat", "OutputInternalPath", "ExportDtype"):
            text(e, name)
        for name in ("InputMin", "InputMax", "ExportMin", "ExportMax"):
            if need(e, name) is not None and e[name].shape != ():
                wrong(name)


main(sys.argv[1], "trained" in sys.argv[2:])
