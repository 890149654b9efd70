#!/usr/bin/env python3
"""A carbon that ASE writes is built, relaxed, heated, described and exported; ASE and LAMMPS read the exports back.

Usage: imported_carbon.py <program> <source folder>
Ends with 77 (skipped) without ASE or h5py, and without lmp when nothing else failed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import ase
    import ase.io
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
TERSOFF = SOURCE / "inputs/potentials/C_tersoff_1988.tersoff"
DECK = """[run]
name = "imported"
stages = ["build", "relax", "describe", "report"]
[build]
from = "file"
structure_file = "{file}"
[relax]
potential = "{potential}"
minimiser = "lbfgs"
force_tolerance = "0.005 eV/angstrom"
max_steps = 3000
{more}
[report]
plots = false
"""
DYNAMICS = ('dynamics = { ensemble = "npt", temperature = "300 K", time = "0.1 ps", pressure = "1 GPa", samples = 50, '
            'frames = 5 }')


def graphite(shaken=0.05):
    """Four AB layers 3.4 angstrom apart with bonds of 1.42, rattled, as ASE atoms."""
    bond, across, along, layers = 1.42, 5, 3, 4
    a, b = bond * 3**0.5, 3 * bond
    motif = [(0, 0), (a / 2, bond / 2), (a / 2, 1.5 * bond), (0, 2 * bond)]
    positions = np.array([(i * a + x, j * b + y + layer % 2 * bond, 3.4 * layer) for layer in range(layers)
                          for i in range(across) for j in range(along) for x, y in motif])
    positions += shaken * np.random.default_rng(1).normal(size=positions.shape)
    return ase.Atoms(f"C{len(positions)}", positions=positions, cell=(across * a, along * b, 3.4 * layers), pbc=True)


def call(folder, deck):
    (folder / "deck.toml").write_text(deck, encoding="utf-8")
    return subprocess.run([PROGRAM, "run", "deck.toml", "--quiet"], capture_output=True, text=True, timeout=200, cwd=folder)


def relaxed(folder, file, potential, more=""):
    """Output folder, energy [eV] and bonds of a run."""
    shutil.rmtree(folder / "imported-output", ignore_errors=True)
    result = call(folder, DECK.format(file=file, potential=potential, more=more))
    assert result.returncode == 0, result.stderr
    output = folder / "imported-output"
    with h5py.File(output / "run.h5") as run:
        stage = run["cardhouse/stages/relax"]
        assert stage["max_force"][()] <= 0.005, f"largest force {stage['max_force'][()]}"
        return output, float(stage["energy"][()]), stage["structure/bonds"][()]


def check_formats(folder):
    """Both formats that ASE writes give the same relaxed carbon."""
    atoms = graphite()
    ase.io.write(folder / "carbon.xyz", atoms, format="extxyz")
    ase.io.write(folder / "no_masses.data", atoms, format="lammps-data")  # ASE before 3.23 writes none
    bare = (folder / "no_masses.data").read_text(encoding="utf-8")
    (folder / "carbon.data").write_text(bare.replace("Atoms", "Masses\n\n1 12.011  # C\n\nAtoms"), encoding="utf-8")
    for potential in ("tersoff", "rebo", "sp2-bonded+lennard-jones"):
        energies = [relaxed(folder, f"carbon.{end}", potential)[1] for end in ("xyz", "data")]
        yield abs(energies[0] - energies[1]) < 1e-3, f"{potential}: {energies} eV from two formats"
        bonds = relaxed(folder, "carbon.xyz", potential)[2]
        yield len(bonds) == 1.5 * len(atoms), f"{potential}: {len(bonds)} bonds of {len(atoms)} atoms"


def check_exports(folder):
    output, energy, _ = relaxed(folder, "carbon.xyz", "tersoff", 'parameters = "C_tersoff_1988.tersoff"\n' + DYNAMICS)
    xyz = ase.io.read(output / "carbon.xyz")
    data = ase.io.read(output / "carbon.data", format="lammps-data", style="atomic")
    yield xyz.pbc.all() and np.allclose(xyz.cell, data.cell, atol=1e-9), "cells of the two exports differ"
    yield np.allclose(xyz.get_positions(wrap=True), data.get_positions(wrap=True), atol=1e-6), "their positions differ"
    with h5py.File(output / "run.h5") as run:
        stored = run["cardhouse/stages/relax/structure/positions"][()]
        dynamics = run["cardhouse/stages/relax/dynamics"]
        yield len(dynamics["time"]) == 51 and dynamics["time"].attrs["unit"] == "ps", "no table of the dynamics"
        yield 100 < np.mean(dynamics["temperature"][25:]) < 400, "the dynamics is not near its temperature"
    yield np.allclose(stored, xyz.positions, atol=1e-9), "positions of run file and XYZ differ"
    yield len(ase.io.read(output / "dynamics.xyz", ":")) == 5, "dynamics.xyz does not hold five frames"
    if shutil.which("lmp"):
        found = lammps_energy(output / "carbon.data")
        yield abs(found - energy) < 1e-4, f"LAMMPS finds {found} eV, Cardhouse {energy}"


def lammps_energy(data):
    script = f"""units metal
atom_style atomic
read_data {data}
pair_style tersoff
pair_coeff * * {TERSOFF} C
thermo_modify format float %.10f
run 0
"""
    with tempfile.TemporaryDirectory() as where:
        result = subprocess.run(["lmp", "-log", "none"], input=script, capture_output=True, text=True, cwd=where,
                                timeout=60, check=True)
    lines = result.stdout.splitlines()
    header = next(i for i, line in enumerate(lines) if line.split()[:1] == ["Step"])
    columns = dict(zip(lines[header].split(), lines[header + 1].split()))
    return float(columns.get("PotEng") or columns["E_pair"])


def check_refusals(folder):
    atoms = graphite(0)
    ase.io.write(folder / "good.xyz", atoms, format="extxyz")
    overlap = atoms.copy()
    overlap.positions[7] = overlap.positions[2] + (0, 0, 0.65)
    ase.io.write(folder / "overlap.xyz", overlap, format="extxyz")
    ase.io.write(folder / "no_cell.xyz", ase.Atoms("C2", positions=[(0, 0, 0), (1.4, 0, 0)]), format="xyz")
    open_cell = atoms.copy()
    open_cell.pbc = (True, True, False)
    ase.io.write(folder / "open.xyz", open_cell, format="extxyz")
    oxide = atoms.copy()
    oxide.symbols[3] = "O"
    ase.io.write(folder / "oxide.xyz", oxide, format="extxyz")
    (folder / "mine.tersoff").write_text(TERSOFF.read_text(encoding="utf-8").replace("C", "Si"), encoding="utf-8")
    cases = [("overlap.xyz", "tersoff", "", r"overlap\.xyz: atoms 2 \(C\) and 7 \(C\) are 0\.65 angstrom apart"),
             ("no_cell.xyz", "tersoff", "", r"no_cell\.xyz:2: no cell .*Lattice"),
             ("open.xyz", "tersoff", "", r"open\.xyz:2: the cell is not periodic"),
             ("no_masses.data", "tersoff", "", r"no_masses\.data:\d+: atom type 1 has no mass"),
             ("oxide.xyz", "tersoff", "", r"deck\.toml:\d+: relax\.potential: .*O.*the structure holds C, O"),
             ("oxide.xyz", "rebo", "", r"deck\.toml:\d+: relax\.potential: .*it knows C, H.*the structure holds C, O"),
             ("good.xyz", "tersoff", 'parameters = "none.tersoff"', r"deck\.toml:\d+: relax\.parameters: there is no file"),
             ("good.xyz", "tersoff", 'parameters = "mine.tersoff"', r"deck\.toml:\d+: relax\.potential: .*mine\.tersoff"),
             ("good.xyz", "sp2-bonded", 'parameters = "mine.tersoff"', r"relax\.parameters: .*reads no parameter file"),
             ("good.xyz", "tersoff", 'cell = "fixed"\n' + DYNAMICS, r"relax\.dynamics\.ensemble: 'npt' moves the cell"),
             ("good.xyz", "tersoff", 'dynamics = { tempreature = "300 K" }', r"did you mean 'temperature'"),
             ("good.xyz", "tersoff", 'dynamics = { step = "1 ps" }', r"relax\.dynamics\.step: above 5 fs")]
    for file, potential, more, pattern in cases:
        shutil.rmtree(folder / "imported-output", ignore_errors=True)
        result = call(folder, DECK.format(file=file, potential=potential, more=more))
        said = result.stderr.strip()
        yield result.returncode == 2 and re.search(pattern, said), f"{file} {potential} {more}: {said} ({result.returncode})"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        checks = (check_formats, check_exports, check_refusals)
        failures = [text for check in checks for holds, text in check(Path(where)) if not holds]
    if not failures and not shutil.which("lmp"):
        print("skipped: no lmp on the path; everything else agrees")
        sys.exit(77)
    print("\n".join(failures) if failures else "an imported carbon comes through, and its exports are read back")
    sys.exit(1 if failures else 0)
