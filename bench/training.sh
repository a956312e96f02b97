#!/bin/bash
# Trains with PixelForest and with vigra, the library that ilastik uses, on the same samples in the same run.
#
#   bench/training.sh time TOOLS [ROUNDS=15] [THREADS=2]   wall-clock and processor time, turn by turn
#   bench/training.sh quality TOOLS [SEEDS=20]             out-of-bag error and held-out accuracy
#
# Both print a table of docs/training.md. TOOLS is the folder with ilastik_reference.py, beside which ../data and ../golden hold the projects. Needs
# Debian's python3-vigra and python3-h5py. Quote ratios: machines are noisy.
set -euo pipefail
what=${1:?time or quality}
tools=$(cd "${2:?the folder that holds ilastik_reference.py}" && pwd)
shared=$(dirname "$tools")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
script=$here/core/src/test/scripts/vigra_forests.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$here" && mvn -q -B -Dquick test-compile -pl core -am) >&2
classes=$here/core/target/test-classes:$here/core/target/classes:$here/hdf5/target/classes
/usr/bin/python3 "$script" samples "$shared/golden/synthetic/training_samples.npz" "$work/golden.bin"
/usr/bin/python3 "$script" project "$tools/ilastik_reference.py" "$shared/data/imc-testdata/TestData.ilp" "$work/testdata.bin"
/usr/bin/python3 "$script" project "$tools/ilastik_reference.py" "$shared/data/bench/bench6.ilp" "$work/benchmark.bin"
samples=("golden=$work/golden.bin" "TestData=$work/testdata.bin" "benchmark=$work/benchmark.bin")
run=(java --add-modules jdk.incubator.vector "-Dpixelforest.root=$here" -cp "$classes")

case $what in
    time) "${run[@]}" org.pixelforest.forest.TrainingTurns "${3:-15}" "${4:-2}" "$script" "${samples[@]}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; } ;;
    quality)
        "${run[@]}" org.pixelforest.forest.VigraComparison "${3:-20}" "$work/table.md" "${samples[@]}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
        cat "$work/table.md"
        ;;
    *) echo "time or quality, not $what" >&2; exit 2 ;;
esac
