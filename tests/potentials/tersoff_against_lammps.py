#!/usr/bin/python3
"""Compares the Tersoff potential with LAMMPS.

usage: tersoff_against_lammps.py evaluate_structure source_folder
Ends with 77 (skipped) when lmp or numpy is not installed.
"""

import sys
import tempfile
from pathlib import Path

from lammps_reference import (compare, diamond, evaluate, graphite, np, rattled, run_lammps, skewed,
                              skip_without_lammps, Structure)

SHIPPED = ["C_tersoff_1988", "C_erhart_albe_2005", "C_lindsay_broido_2010"]

# No material: every branch of the format. lambda3 with m = 1 and m = 3, entries of three different kinds of triplet,
# angular constants and cut-offs that differ between them, n = 1 and n != 1. Both sides of a C-N bond repel alike.
MIXED = """
C C C  3 1.0  1.1  38049 4.3484 -0.57058 0.72751  1.5724e-7 2.2119 346.74  1.95 0.15  3.4879 1393.6
C N N  1 0.9  1.3  30000 4.1    -0.60    0.8      2.0e-7    2.25   360.0   1.90 0.20  3.5    1400.0
C C N  3 0.8 -0.9  20000 4.0    -0.50    0        0 0 0                     1.85 0.12  0 0
C N C  1 1.2 -0.7  25000 4.2    -0.65    0        0 0 0                     1.95 0.15  0 0
N C C  3 0.11 1.0  180   6.3    -0.55    1        1.0       2.25   350.0   1.90 0.20  3.5    1400.0
N N N  3 1.0  0    25000 4.35   -0.89    0.72751  1.2e-7    2.2    340.0   2.00 0.10
                                                                            3.6 1390.0   # an entry may take two lines
N C N  1 0.1  0.5  190   6.2    -0.52    0        0 0 0                     1.92 0.10  0 0
N N C  3 1.0  0    22000 4.3    -0.80    0        0 0 0                     1.98 0.18  0 0
"""


def crowd(n, edge, closest, seed):
    """Atoms at random in a cube, none closer than `closest` [angstrom]."""
    stream = np.random.default_rng(seed)
    positions = []
    while len(positions) < n:
        point = stream.uniform(0, edge, 3)
        away = np.array(positions).reshape(-1, 3) - point
        away -= edge * np.round(away / edge)
        if not len(away) or (away**2).sum(axis=1).min() > closest**2:
            positions.append(point)
    return Structure(edge * np.eye(3), ["C"] * n, np.array(positions))


def mixed(structure, seed):
    symbols = np.random.default_rng(seed).choice(["C", "N"], size=len(structure.symbols))
    return Structure(structure.cell, list(symbols), structure.positions)


def main(program, source):
    skip_without_lammps()
    structures = [rattled(graphite(), 0.08, 1), skewed(rattled(diamond(), 0.1, 2)), crowd(300, 14, 1.0, 3)]
    for name in SHIPPED:
        path = Path(source, "inputs/potentials", name + ".tersoff")
        for structure in structures:
            reference = run_lammps(structure, ["pair_style tersoff", f"pair_coeff * * {path} C"])
            compare(evaluate(program, "tersoff", path, structure), reference)
    with tempfile.NamedTemporaryFile("w", suffix=".tersoff") as file:
        file.write(MIXED)
        file.flush()
        for seed, structure in enumerate(structures):
            structure = mixed(structure, seed)
            reference = run_lammps(structure, ["pair_style tersoff", f"pair_coeff * * {file.name} C N"])
            compare(evaluate(program, "tersoff", file.name, structure), reference)


main(*sys.argv[1:])
