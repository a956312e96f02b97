#!/usr/bin/python3
"""The judge of our forests: vigra itself (Debian: python3-vigra, python3-h5py). All numbers little-endian.

  vigra_forests.py dump PROJECT.ilp ROWS FOREST.bin SAMPLES.bin VOTES.bin
      forests of a project, random rows around their thresholds, and what vigra says of these
  vigra_forests.py predict FOREST.bin SAMPLES.bin VOTES.bin
      loads a forest of ours and lets vigra predict
  vigra_forests.py samples FILE.npz SAMPLES.bin
      X (rows x features, float32) and y (class values) of an npz file
  vigra_forests.py project REFERENCE.py PROJECT.ilp SAMPLES.bin
      the labelled pixels of a project, with features computed by a reference program (load_project, label_matrix); images that are missing are left out
  vigra_forests.py turns SAMPLES.bin THREADS
      trains as ilastik does each time a line comes in, and prints the seconds it took: by the clock, and of processor time
  vigra_forests.py train TRAIN.bin TEST.bin SEEDS OUT.txt
      for each seed 1 .. SEEDS a line: mean out-of-bag error, accuracy on the test samples, seconds of processor time

FOREST.bin: int32 features, classes, forests, the class values; for each forest int32 trees; for each tree int32 lengths of both arrays, int32 topology,
float64 parameters. SAMPLES.bin: int32 rows, features; float32 row after row; int32 class values. VOTES.bin: float32, row after row.
"""
import os, runpy, struct, sys, tempfile, time
from concurrent.futures import ThreadPoolExecutor
import h5py, numpy as np, vigra

SIZES = [13, 13, 13, 13, 12, 12, 12, 12]  # 100 trees on 8 threads


def read_forest(path):
    b = open(path, 'rb').read()
    at = 0

    def ints(n):
        nonlocal at
        at += 4 * n
        return np.frombuffer(b, '<i4', n, at - 4 * n)
    features, classes, count = ints(3)
    labels = ints(classes)
    forests = []
    for _ in range(count):
        forest = []
        for _ in range(ints(1)[0]):
            t, p = ints(2)
            topology = ints(t)
            forest.append((topology, np.frombuffer(b, '<f8', p, at)))
            at += 8 * p
        forests.append(forest)
    return features, labels, forests


def write_forest(path, features, labels, forests):
    with open(path, 'wb') as o:
        o.write(struct.pack('<iii', features, len(labels), len(forests)) + np.asarray(labels, '<i4').tobytes())
        for forest in forests:
            o.write(struct.pack('<i', len(forest)))
            for topology, parameters in forest:
                o.write(struct.pack('<ii', len(topology), len(parameters)))
                o.write(np.asarray(topology, '<i4').tobytes() + np.asarray(parameters, '<f8').tobytes())


def read_samples(path):
    b = open(path, 'rb').read()
    n, f = struct.unpack('<ii', b[:8])
    return np.frombuffer(b, '<f4', n * f, 8).reshape(n, f), np.frombuffer(b, '<i4', n, 8 + 4 * n * f)


def write_samples(path, x, y):
    with open(path, 'wb') as o:
        o.write(struct.pack('<ii', *x.shape) + np.asarray(x, '<f4').tobytes() + np.asarray(y, '<i4').tobytes())


def votes(loaded, x):
    """As ilastik combines its forests, in the order of the file."""
    total = None
    for rf in loaded:
        p = rf.predictProbabilities(np.ascontiguousarray(x, np.float32))
        p *= rf.treeCount()
        total = p if total is None else total + p
    total /= sum(rf.treeCount() for rf in loaded)
    return total


def forests_of(project):
    """-> forests as arrays, class values, and as vigra loads them"""
    with h5py.File(project, 'r') as f, tempfile.TemporaryDirectory() as d:
        group = f.get('PixelClassification/ClassifierForests')
        names = sorted(k for k in group if k.startswith('Forest')) if group is not None else []
        if not names:
            return None
        forests = []
        for k in names:
            trees = sorted(t for t in group[k] if not t.startswith('_'))[:int(group[k]['_options/tree_count_'][0])]
            forests.append([(group[k][t]['topology'][()], group[k][t]['parameters'][()]) for t in trees])
        labels = group[names[0]]['_ext_param/labels'][()]
        with h5py.File(d + '/f.h5', 'w') as g:
            f.copy(group, g, 'f')
        return forests, labels, [vigra.learning.RandomForest(d + '/f.h5', 'f/' + k) for k in names]


def dump(project, rows, forest_out, samples_out, votes_out):
    found = forests_of(project)
    if found is None:
        print('no forest')
        return
    forests, labels, loaded = found
    features = int(forests[0][0][0][0])
    thresholds = {}
    for forest in forests:
        for topology, parameters in forest:
            stack = [2]
            while stack:
                n = stack.pop()
                if not topology[n] & 0x40000000:
                    thresholds.setdefault(int(topology[n + 4]), []).append(parameters[topology[n + 1] + 1])
                    stack += [topology[n + 2], topology[n + 3]]
    r = np.random.RandomState(7)
    x = r.randn(int(rows), features).astype(np.float32)
    for column, t in thresholds.items():
        t = np.asarray(t)
        v = r.choice(t, len(x))
        x[:, column] = np.where(r.rand(len(x)) < 0.8, v + r.randn(len(x)) * (t.std() + 1e-3) * 0.3, v)
    x[::97, r.randint(0, features)] = np.nan
    x[5::97, 0] = np.inf
    x[6::97, 1] = -np.inf
    write_forest(forest_out, features, labels, forests)
    write_samples(samples_out, x, np.ones(len(x)))
    votes(loaded, x).astype('<f4').tofile(votes_out)


def load(path):
    features, labels, forests = read_forest(path)
    loaded = []
    with tempfile.TemporaryDirectory() as d:
        with h5py.File(d + '/f.h5', 'w') as f:
            for i, forest in enumerate(forests):
                g = f.create_group('f/Forest%04d' % i)
                g.attrs['vigra_random_forest_version'] = np.array([0.1])
                for k, v in dict(training_set_proportion_=1, training_set_size_=0, mtry_=0, tree_count_=len(forest), min_split_node_size_=1,
                                 sample_with_replacement_=1, prepare_online_learning_=0, predict_weighted_=0, training_set_calc_switch_=1,
                                 stratification_method_=3, mtry_switch_=6, mtry_func_=0, training_set_func_=0).items():
                    g['_options/' + k] = np.array([v], np.float64)
                for k, v in dict(column_count_=features, class_count_=len(labels), row_count_=1, actual_mtry_=1, actual_msample_=1, problem_type_=1,
                                 used_=1, is_weighted_=1, precision_=0, response_size_=1).items():
                    g['_ext_param/' + k] = np.array([v], np.float64)
                g['_ext_param/class_weights_'] = np.ones(len(labels))
                g['_ext_param/labels'] = np.asarray(labels, np.uint32)
                for t, (topology, parameters) in enumerate(forest):
                    name = 'Tree_%0*d' % (len(str(len(forest) - 1)), t)
                    g[name + '/topology'] = topology
                    g[name + '/parameters'] = parameters
        for i in range(len(forests)):
            loaded.append(vigra.learning.RandomForest(d + '/f.h5', 'f/Forest%04d' % i))
    return loaded


def predict(forest, samples, votes_out):
    votes(load(forest), read_samples(samples)[0]).astype('<f4').tofile(votes_out)


def samples(npz, out):
    z = np.load(npz)
    write_samples(out, z['X'], z['y'].ravel())


def train(train_file, test_file, seeds, out):
    x, y = read_samples(train_file)
    x, y = np.ascontiguousarray(x), y.astype(np.uint32)[:, None]
    xt, yt = read_samples(test_file)
    with open(out, 'w') as o:
        for seed in range(1, int(seeds) + 1):
            start = time.process_time()
            loaded = [vigra.learning.RandomForest(n) for n in SIZES]
            oob = [rf.learnRF(x, y, 1000 * seed + i) for i, rf in enumerate(loaded)]
            seconds = time.process_time() - start
            best = np.unique(y)[votes(loaded, xt).argmax(1)]
            print(np.mean(oob), (best == yt).mean(), seconds, file=o)


def project(reference, ilp, out):
    tool = runpy.run_path(reference)
    p = tool['load_project'](ilp)
    for lane in list(p['labels']):
        path = os.path.join(os.path.dirname(p['path']), p['lanes'][lane].get('path') or '')
        if not os.path.isfile(path.split('.h5/')[0] + '.h5') and not os.path.isfile(path):
            del p['labels'][lane]
    y, x = tool['label_matrix'](p)
    write_samples(out, x, y)


def turns(file, threads):
    x, y = read_samples(file)
    x, y = np.ascontiguousarray(x), y.astype(np.uint32)[:, None]
    with ThreadPoolExecutor(int(threads)) as pool:
        print('ready', flush=True)
        for turn, _ in enumerate(sys.stdin):
            start, cpu = time.perf_counter(), time.process_time()
            forests = [vigra.learning.RandomForest(n) for n in SIZES]
            list(pool.map(lambda i: forests[i].learnRF(x, y, 1000 * turn + i), range(len(forests))))
            print(time.perf_counter() - start, time.process_time() - cpu, flush=True)


if __name__ == '__main__':
    {'dump': dump, 'predict': predict, 'samples': samples, 'train': train, 'project': project, 'turns': turns}[sys.argv[1]](*sys.argv[2:])
