#!/bin/sh
# Installs into a fresh folder, builds a consumer with find_package(Cardhouse) in a folder whose name has a space, and
# starts the installed program.
# Usage: install.sh <build folder> <source folder>
set -eu
build=$1
source=$2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cmake --install "$build" --prefix "$place/installed" >/dev/null
cmake -S "$source/tests/app/consumer" -B "$place/a consumer" -DCMAKE_PREFIX_PATH="$place/installed" >/dev/null
cmake --build "$place/a consumer" >/dev/null
"$place/a consumer/consumer"
"$place/installed/bin/cardhouse" --version

# Moved elsewhere, it still works on the data installed with it, not on those of the source tree.
mv "$place/installed" "$place/moved elsewhere"
moved="$place/moved elsewhere"
rm "$moved/share/cardhouse/inputs/precursors/sucrose.toml"
"$moved/bin/cardhouse" list precursors >"$place/precursors"
grep -q phenolic_resin "$place/precursors"
if grep -q sucrose "$place/precursors"; then
  echo "the installed program reads the data of the source tree"
  exit 1
fi
