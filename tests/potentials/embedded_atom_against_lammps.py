#!/usr/bin/python3
"""Compares embedded atoms with LAMMPS.

usage: embedded_atom_against_lammps.py evaluate_structure source_folder
Tables of no material cover both formats; with CARDHOUSE_TEST_DATA the Finnis-Sinclair files of sodium in that folder
are compared as well. Ends with 77 (skipped) when lmp or numpy is not installed.
"""

import os
import sys
import tempfile
from pathlib import Path

from lammps_reference import compare, evaluate, lattice, np, rattled, run_lammps, skewed, skip_without_lammps, Structure


def setfl(elements, finnis_sinclair):
    """Smooth made-up tables that differ between all elements; densities run beyond the table in places."""
    cutoff, n_r, n_rho, d_rho = 6.5, 300, 80, 0.03
    r = np.arange(n_r) * cutoff / (n_r - 1)
    tail = np.clip(1 - r / cutoff, 0, None) ** 3
    rho = np.arange(n_rho) * d_rho
    lines = ["made up", "for tests", "", f"{len(elements)} " + " ".join(elements),
             f"{n_rho} {d_rho:.17g} {n_r} {cutoff / (n_r - 1):.17g} {cutoff}"]
    add = lambda values: lines.extend(f"{x:.16e}" for x in values)
    for i, _ in enumerate(elements):
        lines.append("11 22.99 4.2 bcc")
        add(-(0.4 + 0.1 * i) * np.sqrt(rho) + 0.02 * rho)
        for j, _ in enumerate(elements if finnis_sinclair else elements[:1]):
            add((0.5 + 0.2 * i + 0.07 * j) * np.exp(-(0.5 + 0.1 * j) * r) * tail * 3)
    for i, _ in enumerate(elements):
        for j in range(i + 1):
            add(r * (200 * np.exp(-1.9 * r) - (0.1 + 0.03 * i * j) * np.exp(-0.3 * (r - 3.5) ** 2)) * tail * 4)
    return "\n".join(lines) + "\n"


def sodium(symbols=("Na",), edge=4.22):
    crystal = lattice([(0, 0, 0), (0.5, 0.5, 0.5)], edge * np.eye(3), (4, 4, 4))
    chosen = [symbols[k % len(symbols)] for k in range(len(crystal.symbols))]
    return Structure(crystal.cell, chosen, crystal.positions)


def main(program, _):
    skip_without_lammps()
    for style, elements in [("eam/alloy", ["Na"]), ("eam/alloy", ["Si", "Na"]), ("eam/fs", ["Na", "C", "Si"])]:
        with tempfile.NamedTemporaryFile("w", suffix=".eam") as file:
            file.write(setfl(elements, style == "eam/fs"))
            file.flush()
            structure = skewed(rattled(sodium(elements), 0.25, 7))
            names = " ".join(structure.elements())
            reference = run_lammps(structure, [f"pair_style {style}", f"pair_coeff * * {file.name} {names}"])
            compare(evaluate(program, "embedded-atom", file.name, structure), reference)
    for name in ["Na_MendelevM_2014.eam.fs", "Na_v2.eam.fs"]:
        path = Path(os.environ.get("CARDHOUSE_TEST_DATA", "/nowhere"), name)
        if path.is_file():
            structure = rattled(sodium(), 0.2, 8)
            reference = run_lammps(structure, ["pair_style eam/fs", f"pair_coeff * * {path} Na"])
            compare(evaluate(program, "embedded-atom", path, structure), reference)


main(*sys.argv[1:])
