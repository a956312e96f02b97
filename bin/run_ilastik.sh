#!/bin/sh
# Takes the command line of 'ilastik --headless' as it is, for programs that call ilastik:
#
#   bin/run_ilastik.sh --headless --project=P.ilp --export_source=Probabilities images/*.h5
#
# As there, what neither the options nor the project say is ilastik's default. LAZYFLOW_THREADS and LAZYFLOW_TOTAL_RAM_MB hold.
set -e
unset CDPATH # or "cd" prints where it went
self=$0
while [ -h "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
home=$(cd "$(dirname "$self")/.." && pwd -P)

memory=
case $LAZYFLOW_TOTAL_RAM_MB in
    '' | *[!0-9]*) ;;
    *) memory=--memory=$((LAZYFLOW_TOTAL_RAM_MB < 500 ? 500 : LAZYFLOW_TOTAL_RAM_MB))m ;;
esac
exec "$home/pixelforest" classify --as_ilastik $memory "$@"
