#!/bin/sh
# The launcher from another folder, the time it adds to a second start, its refusal to install, and --version.
# Usage: launcher.sh <source folder>
set -eu
source=$1
fail() { echo "$*"; exit 1; }

[ -x "$source/build/${CARDHOUSE_PRESET:-release}/cardhouse" ] || { echo "skipped: not built through the launcher"; exit 77; }
cd /
"$source/cardhouse" --version | grep -q "^Cardhouse [0-9]" || fail "--version does not answer from another folder"
for word in build MPI HDF5 FFTW Eigen; do
  "$source/cardhouse" --version | grep -q "$word" || fail "--version says nothing about $word"
done
start=$(date +%s%N)
"$source/cardhouse" --version >/dev/null
spent=$((($(date +%s%N) - start) / 1000000))
[ "$spent" -lt 3000 ] || fail "a second start took $spent ms"
echo "second start: $spent ms including the program"
