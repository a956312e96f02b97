#!/bin/bash
# Times PixelForest against the C++ reference (vigra's filters and forest, under Python), turn by turn on the same machine.
#
#   bench/compare.sh TOOLS [ROUNDS=3] [THREADS=2]
#
# TOOLS is the folder with bench_reference.py, whose ../data/bench holds bench6.ilp and bench6.h5 (1000 x 1000 x 6, 240 features).
# ilastik's compute = features_s / 2.4 + predict_s of the reference (its own filters are 2.4 times faster than vigra's); a process
# of ilastik needs 3.5 s more to start. Times are wall clock from process start to exit; quote ratios, machines are noisy.
set -euo pipefail
tools=$(cd "${1:?the folder that holds bench_reference.py}" && pwd)
rounds=${2:-3}
threads=${3:-2}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
data=$(cd "$tools/../data/bench" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for i in $(seq 10); do cp "$data/bench6.h5" "$work/copy$i.h5"; done
"$here/pixelforest" --version >&2

# Prints seconds and peak resident megabytes of a command.
measure() {
    /usr/bin/time -f '%e %M' -o "$work/time" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    awk '{printf "%s %d", $1, $2 / 1024}' "$work/time"
}
classify() {
    "$here/pixelforest" classify --project "$data/bench6.ilp" --threads "$threads" "$@"
}
export -f classify
export here data threads

printf 'round  reference  ilastik*1  ilastik*10 |  one s    MB  ratio |  ten s    MB  ratio\n'
for round in $(seq "$rounds"); do
    compute=$(/usr/bin/python3 "$tools/bench_reference.py" "$threads" 1 "$data/bench6.ilp" "$data/bench6.h5/img" |
        /usr/bin/python3 -c 'import json,sys; r=json.load(sys.stdin); print(r["features_s"] / 2.4 + r["predict_s"])')
    one=$(measure bash -c "classify '$work/copy1.h5'")
    ten=$(measure bash -c "classify $(printf "'%s' " "$work"/copy*.h5)")
    rm -f "$work"/*_Probabilities.tiff
    awk -v n="$round" -v c="$compute" -v one="$one" -v ten="$ten" 'BEGIN {
        split(one, a, " "); split(ten, b, " "); i1 = c + 3.5; i10 = 10 * c + 3.5
        printf "%5d  %8.2f s %8.2f s %9.2f s | %6.2f %5d  %5.1f | %6.2f %5d  %5.1f\n", n, c, i1, i10, a[1], a[2], i1 / a[1], b[1], b[2], i10 / b[1]
    }'
done
