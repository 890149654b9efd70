#!/usr/bin/env python3
"""Reads every include of the tree and fails on an edge that climbs, on a circle, and on MPI or HDF5 outside their rooms.

With --self-test it builds small trees that break each rule and expects to be told.
"""

import re
import sys
import tempfile
from pathlib import Path

MAY_INCLUDE = {
    "engine/base": [],
    "engine/structure": ["engine/base"],
    "engine/kinetics": ["engine/base"],
    "engine/io": ["engine/base", "engine/structure"],
    "engine/builder": ["engine/base", "engine/structure"],
    "engine/carbonize": ["engine/base", "engine/structure", "engine/kinetics"],
    "potentials": ["engine/base", "engine/structure"],
    "engine/anneal": ["engine/base", "engine/structure", "engine/kinetics", "potentials"],
    "engine/relax": ["engine/base", "engine/structure", "potentials"],
    "engine/sodium": ["engine/base", "engine/structure", "engine/kinetics"],
    "engine/transport": ["engine/base", "engine/structure", "engine/kinetics", "engine/sodium"],
    "engine/offlattice": ["engine/base", "engine/structure", "potentials", "engine/sodium"],
    "engine/electrochemistry": ["engine/base", "engine/kinetics"],
    "analysis": ["engine/base", "engine/structure", "engine/io"],
    "engine/app": None,  # may include all
}
FLOORS = [
    ["engine/base"],
    ["engine/structure", "engine/kinetics"],
    ["engine/io", "engine/builder", "engine/carbonize", "engine/sodium", "potentials"],
    ["analysis", "engine/transport", "engine/offlattice", "engine/anneal", "engine/relax", "engine/electrochemistry"],
    ["engine/app"],
]
# Who may name a foreign library: the rooms, as path prefixes. version.cpp prints library versions and runs nothing.
FOREIGN = {
    "MPI": (re.compile(r"\bMPI_\w+|[<\"]mpi\.h[>\"]"), ["engine/base/communicator.cpp", "engine/io/hdf5_file.cpp",
                                                         "engine/app/version.cpp"]),
    "HDF5": (re.compile(r"\bH5[A-Z]\w+\s*\(|[<\"]hdf5\.h[>\"]"), ["engine/io/", "engine/app/version.cpp"]),
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def room_of(path):
    return next((room for room in MAY_INCLUDE if path.startswith(room + "/")), None)


def sources(top):
    for folder in ("engine", "potentials", "analysis"):
        yield from sorted(p for p in (top / folder).rglob("*.?pp"))


def problems(top):
    found = []
    files = {}
    for path in sources(top):
        name = path.relative_to(top).as_posix()
        text = path.read_text(encoding="utf-8")
        files[name] = [i for i in INCLUDE.findall(text) if room_of(i)]
        room = room_of(name)
        if room is None:
            found.append(f"{name}: in no room of the house")
            continue
        allowed = MAY_INCLUDE[room]
        for included in files[name]:
            if allowed is not None and room_of(included) not in [room] + allowed:
                found.append(f"{name}: {room} may not include {included}")
            if not (top / included).exists():
                found.append(f"{name}: includes {included}, which does not exist")
        for library, (pattern, rooms) in FOREIGN.items():
            hit = pattern.search(text)
            if hit and not any(name.startswith(r) for r in rooms):
                found.append(f"{name}: names {library} ('{hit.group(0)}') outside its room")
    return found + circles(files)


def circles(files):
    found, state = [], {}

    def visit(name, trail):
        if state.get(name) == "done":
            return
        if name in trail:
            found.append("circle: " + " -> ".join(trail[trail.index(name):] + [name]))
            return
        for included in files.get(name, []):
            visit(included, trail + [name])
        state[name] = "done"

    for name in files:
        visit(name, [])
    return found


def floors_agree():
    level = {room: i for i, floor in enumerate(FLOORS) for room in floor}
    return [f"table: {room} includes {other}, which is not below it" for room, others in MAY_INCLUDE.items()
            for other in others or [] if level[other] >= level[room]]


def self_test():
    broken = {
        "climbs": {"engine/base/a.hpp": '#include "engine/structure/b.hpp"\n', "engine/structure/b.hpp": ""},
        "same floor": {"engine/sodium/a.hpp": '#include "analysis/b.hpp"\n', "analysis/b.hpp": ""},
        "circle": {"engine/base/a.hpp": '#include "engine/base/b.hpp"\n',
                   "engine/base/b.hpp": '#include "engine/base/a.hpp"\n'},
        "MPI": {"engine/sodium/a.cpp": "int f() { return MPI_Barrier(c); }\n"},
        "HDF5": {"analysis/a.cpp": "#include <hdf5.h>\n"},
        "missing": {"engine/io/a.cpp": '#include "engine/base/none.hpp"\n'},
    }
    failures = []
    for rule, tree in broken.items():
        with tempfile.TemporaryDirectory() as folder:
            for name, text in tree.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            if not problems(Path(folder)):
                failures.append(f"self-test: a tree that breaks '{rule}' was accepted")
    return failures


if __name__ == "__main__":
    results = self_test() if "--self-test" in sys.argv else floors_agree() + problems(Path(sys.argv[1]))
    print("\n".join(results) if results else "the house stands")
    sys.exit(1 if results else 0)
