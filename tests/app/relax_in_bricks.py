#!/usr/bin/env python3
"""Relaxes and heats one carbon on one rank and on two: the same file for a given number of bricks, near it by default.

Usage: relax_in_bricks.py <program>
Ends with 77 (skipped) without h5py.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import h5py
    import numpy as np
except ImportError:
    print("skipped: h5py is not installed")
    sys.exit(77)

PROGRAM = sys.argv[1]
MAY_DIFFER = {"ranks", "threads", "seconds", "build", "wall_time"}
DECK = """[run]
name = "bricks"
stages = ["build", "relax"]
[build]
from = "file"
structure_file = "carbon.xyz"
[relax]
potential = "{potential}"
force_tolerance = "0.01 eV/angstrom"
max_steps = 400
{more}
"""
DYNAMICS = 'dynamics = { ensemble = "npt", temperature = "300 K", time = "0.02 ps", samples = 10, frames = 2 }'


def write_graphite(path, across=6, along=4, layers=12):
    """AB layers 3.4 angstrom apart with bonds of 1.42, rattled: 15 x 17 x 41 angstrom, two bricks thick enough."""
    bond = 1.42
    a, b = bond * 3**0.5, 3 * bond
    motif = [(0, 0), (a / 2, bond / 2), (a / 2, 1.5 * bond), (0, 2 * bond)]
    positions = np.array([(i * a + x, j * b + y + layer % 2 * bond, 3.4 * layer) for layer in range(layers)
                          for i in range(across) for j in range(along) for x, y in motif])
    positions += 0.05 * np.random.default_rng(1).normal(size=positions.shape)
    lattice = f"{across * a} 0 0 0 {along * b} 0 0 0 {3.4 * layers}"
    lines = [str(len(positions)), f'Lattice="{lattice}" Properties=species:S:1:pos:R:3 pbc="T T T"']
    lines += [f"C {x:.8f} {y:.8f} {z:.8f}" for x, y, z in positions]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(folder, ranks, **deck):
    folder.mkdir()
    write_graphite(folder / "carbon.xyz")
    (folder / "deck.toml").write_text(DECK.format(**deck), encoding="utf-8")
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMP_NUM_THREADS="1")
    start = ["mpirun", "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    return subprocess.run([*start, PROGRAM, "run", "deck.toml", "--output", "out", "--quiet"], capture_output=True,
                          text=True, timeout=500, cwd=folder, env=environment)


def data_sets(folder, ranks, **deck):
    done = run(folder, ranks, **deck)
    if done.returncode:
        sys.exit(f"{folder.name}: exit code {done.returncode}\n{done.stderr}")
    found = {}
    with h5py.File(folder / "out/run.h5", "r") as file:
        file.visititems(lambda name, item: found.__setitem__(name, item[()]) if isinstance(item, h5py.Dataset) else None)
    return found


def value(found, name):
    return next(found[key] for key in found if key.endswith(name))


def main(folder):
    sp2 = {"potential": "sp2-bonded+lennard-jones"}
    fixed = {**sp2, "more": f"bricks = 4\n{DYNAMICS}"}
    one, two = data_sets(folder / "four_on_one", 1, **fixed), data_sets(folder / "four_on_two", 2, **fixed)
    problems = [f"only in one file: {name}" for name in sorted(set(one) ^ set(two))]
    problems += [f"differs: {name}" for name in sorted(set(one) & set(two)) if name.split("/")[-1] not in MAY_DIFFER
                 and not np.array_equal(np.asarray(one[name]), np.asarray(two[name]))]
    alone, shared = data_sets(folder / "alone", 1, **sp2, more=""), data_sets(folder / "shared", 2, **sp2, more="")
    for found, bricks in ((one, 4), (two, 4), (alone, 1), (shared, 2)):
        if value(found, "relax/bricks") != bricks:
            problems.append(f"{value(found, 'relax/bricks')} bricks instead of {bricks}")
    difference = abs(value(alone, "relax/energy") - value(shared, "relax/energy"))
    if not difference < 0.01:
        problems.append(f"energies differ by {difference} eV")
    refused = run(folder / "refused", 1, potential="charge-equilibration", more="bricks = 2")
    if refused.returncode == 0 or "charge-equilibration" not in refused.stderr or "bricks" not in refused.stderr:
        problems.append(f"bricks of charges were not refused: {refused.stderr}")
    print("\n".join(problems) or f"{len(one)} data sets agree")
    return bool(problems)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(Path(scratch)))
