#!/bin/sh
# Installs into a fresh folder, builds a consumer with find_package(Cardhouse), and starts the installed program.
# Usage: install.sh <build folder> <source folder>
set -eu
build=$1
source=$2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cmake --install "$build" --prefix "$place/installed" >/dev/null
cmake -S "$source/tests/app/consumer" -B "$place/consumer" -DCMAKE_PREFIX_PATH="$place/installed" >/dev/null
cmake --build "$place/consumer" >/dev/null
"$place/consumer/consumer"
"$place/installed/bin/cardhouse" --version
