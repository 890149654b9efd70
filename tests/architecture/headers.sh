#!/bin/sh
# Parses every header alone: each must include what it uses. Usage: headers.sh <source folder> [include folder ...]
set -eu
cd "$1"
shift
flags=""
for folder in "$@"; do flags="$flags -isystem $folder"; done
export flags
find engine potentials analysis -name '*.hpp' -print0 |
  xargs -0 -P 2 -n 8 sh -c 'for header; do
    echo "#include \"$header\"" | "${CXX:-g++}" -std=c++20 -fsyntax-only -fopenmp -Wall -Werror -DOMPI_SKIP_MPICXX $flags -I. -x c++ - ||
      { echo "$header does not stand by itself"; exit 255; }
  done' sh
echo "every header stands by itself"
