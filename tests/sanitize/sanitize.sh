#!/bin/sh
# Builds tests with the address and undefined-behaviour sanitizers and runs them; the first complaint ends a room.
#   sanitize.sh <source folder> <build folder> base structure/4 fuzz ...
# A room with "/4" runs every fourth of its tests; `fuzz` stands for damaged files of every kind.
set -eu
source=$1
build=$2
shift 2

# One thread: the sanitizers do not know the locks of GCC's OpenMP. Leaks: those of MPI and HDF5 are not ours.
export OMP_NUM_THREADS=1 ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

targets=""
for room in "$@"; do
  case $room in
    fuzz) targets="$targets fuzz_readers" ;;
    *) targets="$targets ${room%/*}_tests" ;;
  esac
done
(cd "$source" && cmake --preset sanitize -B "$build" >"$build.log" 2>&1) || { cat "$build.log"; exit 1; }
cmake --build "$build" --target $targets -j "${CARDHOUSE_SANITIZE_JOBS:-2}" >"$build.log" 2>&1 || {
  tail -40 "$build.log"
  exit 1
}

failed=""
for room in "$@"; do
  echo "== $room"
  case $room in
    fuzz) "$build/tests/fuzz_readers" --cases 200 --folder "$build/fuzz" || failed="$failed $room" ;;
    */*) GTEST_TOTAL_SHARDS=${room#*/} GTEST_SHARD_INDEX=0 "$build/tests/${room%/*}_tests" --gtest_brief=1 ||
      failed="$failed $room" ;;
    *) "$build/tests/${room}_tests" --gtest_brief=1 || failed="$failed $room" ;;
  esac
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
