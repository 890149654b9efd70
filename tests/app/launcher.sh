#!/bin/sh
# The launcher from another folder, the time it adds to a second start, its refusal to install, and --version.
# Usage: launcher.sh <source folder>
set -eu
source=$1
fail() { echo "$*"; exit 1; }

# A machine without our packages, as a stand-in for dpkg-query tells it: --no-install must name them and stop.
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
cp "$source/cardhouse" "$bare/cardhouse"
mkdir "$bare/bin"
printf '#!/bin/sh\nexit 1\n' >"$bare/bin/dpkg-query"
chmod +x "$bare/bin/dpkg-query"
code=0
PATH="$bare/bin:$PATH" "$bare/cardhouse" --no-install --version 2>"$bare/message" || code=$?
[ "$code" = 2 ] || fail "--no-install ended with $code, not 2"
grep -q "libhdf5-openmpi-dev" "$bare/message" || fail "--no-install does not name what is missing"

# Two starts at once in a folder with a space, with a stand-in for cmake: one configures and builds, both get the program.
place="$bare/a folder"
mkdir "$place"
cp "$source/cardhouse" "$place/cardhouse"
touch "$place/CMakeLists.txt" "$place/CMakePresets.json"
mkdir "$place/cmake" "$place/engine" "$place/potentials" "$place/analysis"
printf '#!/bin/sh\nfor p in "$@"; do echo "$p install ok installed"; done\n' >"$bare/bin/dpkg-query"
cat >"$bare/bin/cmake" <<'END'
#!/bin/sh
echo "$1" >>calls
sleep 0.5
touch build/release/build.ninja
printf '#!/bin/sh\necho "started with $*"\n' >build/release/cardhouse
chmod +x build/release/cardhouse
END
chmod +x "$bare/bin/cmake"
for number in 1 2; do
  CARDHOUSE_PRESET=release PATH="$bare/bin:$PATH" "$place/cardhouse" run "deck $number" >"$bare/out$number" 2>&1 &
done
wait
for number in 1 2; do
  grep -q "started with run deck $number" "$bare/out$number" || fail "start $number of two: $(cat "$bare/out$number")"
done
[ "$(grep -c -e --build "$place/calls")" = 1 ] || fail "two starts at once built twice"
[ -e "$place/build.log" ] && fail "a log was left in the source folder"

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
