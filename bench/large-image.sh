#!/bin/bash
# Classifies images of growing size up to 20,000 x 20,000 x 6 (2.4 billion samples) with a heap of 1 GB: memory must not grow, nor
# time a pixel. The images are mostly empty, so their files are small; every pixel is computed all the same.
#
#   bench/large-image.sh PROJECT.ilp [SIDE...]      PROJECT of 6 channels; sides default to 2000 5000 10000 20000
set -euo pipefail
project=${1:?a project trained on 6 channels}
shift
[ $# -gt 0 ] || set -- 2000 5000 10000 20000
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '   side   seconds   s/Mpixel    MB\n'
for side in "$@"; do
    /usr/bin/python3 - "$work/large.h5" "$side" <<'PY'
import sys, h5py, numpy as np
side = int(sys.argv[2])
with h5py.File(sys.argv[1], 'w') as f:
    d = f.create_dataset('img', (side, side, 6), 'u2', chunks=(256, 256, 6), compression=1)
    random = np.random.RandomState(1)
    for i in range(0, side, 1000):
        d[i:i + 256, i:i + 256] = random.poisson(20, (min(256, side - i), min(256, side - i), 6))
PY
    /usr/bin/time -f '%e %M' -o "$work/time" "$here/pixelforest" classify --memory 1g --project "$project" \
        --output_filename_format "$work/out.tiff" "$work/large.h5" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    awk -v s="$side" '{printf "%7d %9.1f %10.3f %5d\n", s, $1, $1 / (s * s / 1e6), $2 / 1024}' "$work/time"
    rm -f "$work/large.h5" "$work/out.tiff"
done
