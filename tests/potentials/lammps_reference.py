"""Energies, forces and virials of LAMMPS, to compare those of Cardhouse with.

A comparison is three lines:
    structure = Structure(cell, symbols, positions)
    reference = run_lammps(structure, ["pair_style tersoff", "pair_coeff * * C.tersoff C"])
    compare(evaluate(program, "tersoff", "C.tersoff", structure), reference)
`program` is the executable evaluate_structure. Types are numbered in the order of `structure.elements()`, by ascending
atomic number: pair_coeff lines name elements in that order. Everything in angstrom and electron-volt (units metal).
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

try:
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

MASSES = {"H": 1.008, "B": 10.81, "C": 12.011, "N": 14.007, "O": 15.999, "Na": 22.990, "Si": 28.085}  # IUPAC 2021
BAR = 1 / 1.6021765e6  # eV/angstrom^3 in a bar, as in LAMMPS (nktv2p of its units metal)


@dataclass
class Structure:
    """Rows of `cell` are the cell vectors, periodic along all three."""

    cell: np.ndarray
    symbols: list
    positions: np.ndarray

    def elements(self):
        return sorted(set(self.symbols), key=list(MASSES).index)


@dataclass
class Result:
    """Virial as xx yy zz xy xz yz of -dE/dstrain."""

    energy: float
    virial: np.ndarray
    forces: np.ndarray


def skip_without_lammps():
    if not shutil.which("lmp"):
        print("skipped: no lmp on the path")
        sys.exit(77)


def write_extended_xyz(path, structure):
    lattice = " ".join(f"{x:.17g}" for x in np.ravel(structure.cell))
    lines = [str(len(structure.symbols)), f'Lattice="{lattice}" Properties=species:S:1:pos:R:3 pbc="T T T"']
    for symbol, (x, y, z) in zip(structure.symbols, structure.positions):
        lines.append(f"{symbol} {x:.17g} {y:.17g} {z:.17g}")
    Path(path).write_text("\n".join(lines) + "\n")


def rotation_for_lammps(cell):
    """The orthogonal matrix Q with cell @ Q lower triangular with a positive diagonal (right-handed cells)."""
    q, r = np.linalg.qr(np.asarray(cell, float).T)
    return q * np.sign(np.diag(r))


def write_lammps_data(path, structure, turn):
    (ax, _, _), (bx, by, _), (cx, cy, cz) = structure.cell @ turn
    elements = structure.elements()
    lines = ["", f"{len(structure.symbols)} atoms", f"{len(elements)} atom types", f"0 {ax:.17g} xlo xhi",
             f"0 {by:.17g} ylo yhi", f"0 {cz:.17g} zlo zhi", f"{bx:.17g} {cx:.17g} {cy:.17g} xy xz yz", "", "Masses", ""]
    lines += [f"{k} {MASSES[element]}" for k, element in enumerate(elements, 1)] + ["", "Atoms # atomic", ""]
    inside = structure.positions @ np.linalg.inv(structure.cell) % 1.0 @ structure.cell @ turn
    for k, (symbol, (x, y, z)) in enumerate(zip(structure.symbols, inside), 1):
        lines.append(f"{k} {elements.index(symbol) + 1} {x:.17g} {y:.17g} {z:.17g}")
    Path(path).write_text("\n".join(lines) + "\n")


INPUT = """
units metal
atom_style atomic
atom_modify sort 0 0
box tilt large
read_data data
{pair}
neighbor 1.0 bin
compute w all pressure NULL virial
thermo_style custom pe vol c_w[1] c_w[2] c_w[3] c_w[4] c_w[5] c_w[6]
thermo_modify format float %.15g
dump f all custom 1 forces id fx fy fz
dump_modify f sort id format float %.15g
run 0
"""


def run_lammps(structure, pair_lines):
    """Result of one evaluation with these pair_style and pair_coeff lines; files in them by absolute path."""
    turn = rotation_for_lammps(structure.cell)
    with tempfile.TemporaryDirectory() as folder:
        write_lammps_data(Path(folder, "data"), structure, turn)
        Path(folder, "input").write_text(INPUT.format(pair="\n".join(pair_lines)))
        done = subprocess.run(["lmp", "-in", "input", "-log", "none"], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"lmp failed:\n{done.stdout}{done.stderr}")
        rows = done.stdout.splitlines()
        header = next(k for k, row in enumerate(rows) if row.split()[:2] == ["PotEng", "Volume"])
        energy, volume, *pressure = (float(word) for word in rows[header + 1].split())
        table = np.loadtxt(Path(folder, "forces"), skiprows=9, ndmin=2)
    xx, yy, zz, xy, xz, yz = (volume * BAR * p for p in pressure)
    virial = turn @ np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]) @ turn.T
    return Result(energy, virial[[0, 1, 2, 0, 0, 1], [0, 1, 2, 1, 2, 2]], table[:, 1:4] @ turn.T)


def evaluate(program, potential, parameters, structure):
    """The same by Cardhouse; `parameters` may be "-" for the shipped file."""
    with tempfile.NamedTemporaryFile(suffix=".xyz") as file:
        write_extended_xyz(file.name, structure)
        done = subprocess.run([program, potential, str(parameters), file.name], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"evaluate_structure failed: {done.stderr}")
    rows = [[float(word) for word in line.split()] for line in done.stdout.splitlines()]
    return Result(rows[0][0], np.array(rows[1]), np.array(rows[2:]))


def compare(ours, theirs, tolerance=1e-6):
    """Ends the program when energies per atom [eV], forces [eV/angstrom] or virials per atom [eV] differ by more."""
    atoms = len(theirs.forces)
    differences = {
        "energy per atom": abs(ours.energy - theirs.energy) / atoms,
        "force": np.abs(ours.forces - theirs.forces).max(),
        "virial per atom": np.abs(ours.virial - theirs.virial).max() / atoms,
    }
    text = ", ".join(f"{name} {value:.2g}" for name, value in differences.items())
    print(f"{atoms} atoms, {theirs.energy / atoms:.6f} eV/atom; largest differences: {text}")
    if not max(differences.values()) < tolerance:  # also catches a NaN
        sys.exit(f"differs from LAMMPS by more than {tolerance}")


def lattice(basis, cell, repeats):
    """A crystal: fractional `basis` in `cell`, repeated; one element C."""
    cells = np.array([(x, y, z) for x in range(repeats[0]) for y in range(repeats[1]) for z in range(repeats[2])])
    fractional = (cells[:, None, :] + np.asarray(basis)[None, :, :]).reshape(-1, 3)
    return Structure(np.diag(repeats) @ cell, ["C"] * len(fractional), fractional @ cell)


def graphite(repeats=(4, 3, 2), bond=1.42, spacing=3.35):
    """AB graphite in rectangular cells of eight atoms."""
    cell = np.diag([np.sqrt(3) * bond, 3 * bond, 2 * spacing])
    layer = np.array([(0, 0, 0), (0.5, 1 / 6, 0), (0.5, 0.5, 0), (0, 2 / 3, 0)])
    return lattice(np.vstack([layer, layer + (0, 1 / 3, 0.5)]), cell, repeats)


def diamond(repeats=(3, 3, 3), edge=3.567):
    corners = np.array([(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)])
    return lattice(np.vstack([corners, corners + 0.25]), edge * np.eye(3), repeats)


def rattled(structure, amplitude, seed):
    """Moves every coordinate by a normal deviate times `amplitude` [angstrom]."""
    noise = np.random.default_rng(seed).normal(size=structure.positions.shape)
    return Structure(structure.cell, structure.symbols, structure.positions + amplitude * noise)


def skewed(structure, shear=0.1):
    """The same under a shear and a turn: a triclinic cell that lies differently in space."""
    strain = np.array([[1, shear, -shear], [0, 1, shear], [0, 0, 1]])
    angle = np.array([[0.8, -0.6, 0], [0.36, 0.48, -0.8], [0.48, 0.64, 0.6]])
    map_ = strain @ angle
    return Structure(structure.cell @ map_, structure.symbols, structure.positions @ map_)
