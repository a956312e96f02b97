"""Says as JSON what h5py reads in projects: the judge of what this program reads. read_ilp.py P.ilp..."""
import hashlib
import json
import re
import sys

import h5py
import numpy as np


def text(v):
    return v.decode() if isinstance(v, bytes) else str(v)


def keys(tags):
    return "".join(a["key"] for a in json.loads(text(tags))["axes"])


def block_axes(version, axes, shape):
    """Order of axes in label blocks, from the version."""
    if version in ("1.3.3post2", "1.3.3post3", "1.4.0b1", "1.4.0b7"):
        return axes if "c" in axes else axes + "c"
    long = {a for a, n in zip(axes, shape) if n > 1 and a != "c"}
    return {"tzyx": "tzyxc", "zyx": "zyxc", "tyx": "tyxc"}.get("".join(a for a in "tzyx" if a in long), "yxc")


def lane(f, version, name, index):
    g = f["Input Data/infos"][name]
    g = g["Raw Data"] if "Raw Data" in g else g
    axes, shape = keys(g["axistags"][()]), [int(n) for n in g["shape"][()]]
    size = dict(zip(axes, shape))
    full = np.zeros([size.get(a, 1) for a in "tzyx"], np.uint8)
    sets = f["PixelClassification"].get("LabelSets", {})
    order = block_axes(version, axes, shape)
    for block in sorted(sets.get("labels%03d" % index, {})):
        d = f["PixelClassification/LabelSets/labels%03d" % index][block]
        span = [tuple(map(int, s.split(":"))) for s in re.findall(r"\d+:\d+", text(d.attrs["blockSlice"]))]
        at = [slice(0, 1)] * 4
        for a, (b, e) in zip(order, span):
            if a != "c":
                at["tzyx".index(a)] = slice(b, e)
        values = d[()]
        values = values.transpose([order.index(a) for a in "tzyxc" if a in order])
        part = full[tuple(at)]
        values = values.reshape(part.shape)
        part[values > 0] = values[values > 0]
    full[full == 100] = 0
    where = np.argwhere(full)
    rows = np.concatenate([where, full[full > 0][:, None]], axis=1).astype(">i4")
    return {"nickname": text(g["nickname"][()]), "path": text(g["filePath"][()]), "axes": axes,
            "shape": [size.get(a, 1) for a in "tczyx"], "labels": int((full > 0).sum()),
            "sha256": hashlib.sha256(rows.tobytes()).hexdigest()}


def project(path):
    with h5py.File(path, "r") as f:
        version = text(f["ilastikVersion"][()])
        out = {"version": version, "lanes": [lane(f, version, n, i) for i, n in enumerate(sorted(f["Input Data/infos"]))]}
        pc = f["PixelClassification"]
        out["classes"] = [text(n) for n in pc["LabelNames"][()]] if not pc["LabelNames"].attrs.get("isEmpty") else []
        out["colours"] = [int(r) << 16 | int(g) << 8 | int(b) for r, g, b in pc["LabelColors"][()]]
        fs = f["FeatureSelections"]
        out["matrix"] = fs["SelectionMatrix"][()].astype(int).tolist() if "SelectionMatrix" in fs else []
        out["trees"] = []
        for name in sorted(pc.get("ClassifierForests", {})):
            if name.startswith("Forest"):
                forest = pc["ClassifierForests"][name]
                h = hashlib.sha256()
                for t in sorted(k for k in forest if not k.startswith("_")):
                    h.update(forest[t]["topology"][()].astype(">i4").tobytes())
                    h.update(forest[t]["parameters"][()].astype(">f8").tobytes())
                out["trees"].append(h.hexdigest())
        pe = f["Prediction Export"]
        out["export"] = {k: text(pe[k][()]) for k in pe if pe[k].shape == ()}
        return out


print(json.dumps([project(p) for p in sys.argv[1:]]))
