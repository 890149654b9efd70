"""REBO against pair_style rebo of LAMMPS with its own CH.rebo. Skipped without LAMMPS or its potential file."""

import sys
from pathlib import Path

from lammps_reference import (Structure, compare, diamond, evaluate, graphite, lattice, np, rattled, run_lammps,
                              skewed, skip_without_lammps)

FILES = [Path(folder, "CH.rebo") for folder in ("/usr/share/lammps/potentials", "/usr/local/share/lammps/potentials")]


def molecule(atoms, edge=14.0):
    """Atoms (symbol, x, y, z) in the middle of a cube."""
    symbols = [atom[0] for atom in atoms]
    return Structure(edge * np.eye(3), symbols, np.array([atom[1:] for atom in atoms]) + edge / 2)


def methane(bond=1.09):
    corners = bond / np.sqrt(3) * np.array([(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)])
    return molecule([("C", 0, 0, 0)] + [("H", *corner) for corner in corners])


def benzene():
    angles = np.radians(60 * np.arange(6))
    ring = np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
    return molecule([("C", *row) for row in 1.40 * ring] + [("H", *row) for row in 2.49 * ring])


def acetylene():
    return molecule([("C", 0, 0, 0.6), ("C", 0, 0, -0.6), ("H", 0, 0, 1.66), ("H", 0, 0, -1.66)])


def twisted_ethene(twist):
    """H2C=CH2 with one end turned about the bond, in degrees."""
    c, s = 0.93 * np.cos(np.radians(twist)), 0.93 * np.sin(np.radians(twist))
    return molecule([("C", 0.67, 0, 0), ("C", -0.67, 0, 0), ("H", 1.23, 0.93, 0), ("H", 1.23, -0.93, 0),
                     ("H", -1.23, c, s), ("H", -1.23, -c, -s)])


def random_mixture(n_carbon, n_hydrogen, seed, edge=9.0, closest=0.85):
    """Atoms anywhere, none too close: every coordination, and many distances inside the switching ranges."""
    stream = np.random.default_rng(seed)
    symbols = ["C"] * n_carbon + ["H"] * n_hydrogen
    placed = []
    while len(placed) < len(symbols):
        trial = edge * stream.random(3)
        away = np.array([trial - other for other in placed]).reshape(-1, 3)
        away -= edge * np.round(away / edge)
        if len(placed) == 0 or np.linalg.norm(away, axis=1).min() > closest:
            placed.append(trial)
    return Structure(edge * np.eye(3), symbols, np.array(placed))


def hydrogenated_edges(seed):
    """A ribbon of graphene with rows of hydrogen along its edges, crumpled."""
    sheet = graphite(repeats=(6, 4, 1), spacing=12.0)
    keep = (sheet.positions[:, 2] < 1) & (sheet.positions[:, 1] > 1) & (sheet.positions[:, 1] < 15)
    carbon = sheet.positions[keep]
    low, high = carbon[:, 1].min(), carbon[:, 1].max()
    edges = [(row + (0, side, 0)) for edge, side in ((low, -1.09), (high, 1.09))
             for row in carbon[np.abs(carbon[:, 1] - edge) < 0.1]]
    cell = np.diag([sheet.cell[0, 0], sheet.cell[1, 1] + 8, 14.0])
    symbols = ["C"] * len(carbon) + ["H"] * len(edges)
    return rattled(Structure(cell, symbols, np.vstack([carbon, edges]) + (0, 4, 7)), 0.12, seed)


# LAMMPS leaves out torsions whose barrier is below 1e-9, so that near a coordination where torsions begin its forces are
# up to 1e-4 eV/angstrom away from the derivative of its energy. With that cut in Cardhouse too, all of these structures
# agree to 2e-8 eV/angstrom. `CUT` is the tolerance of those that can meet it.
EXACT, CUT = 1e-6, 2e-4


def structures():
    """Structures and the tolerance of their forces [eV/angstrom]."""
    yield graphite(), EXACT
    yield skewed(rattled(graphite(), 0.1, 1)), EXACT
    yield diamond(), EXACT
    for amplitude in (0.1, 0.15):
        for seed in (2, 3):
            yield rattled(diamond(), amplitude, seed), CUT
    yield rattled(lattice([(0, 0, 0)], 1.85 * np.eye(3), (6, 6, 6)), 0.05, 3), EXACT  # six neighbours, all switching
    for twist in (0, 25, 90):
        yield twisted_ethene(twist), EXACT
    for fragment in (methane(), benzene(), acetylene()):
        yield fragment, EXACT
        yield rattled(fragment, 0.1, 4), EXACT
    yield hydrogenated_edges(5), EXACT
    for seed in range(6):
        yield random_mixture(90, 0, seed), CUT
        yield random_mixture(50, 50, seed), CUT
        yield random_mixture(10, 60, seed, edge=7.0), EXACT


def main(program):
    skip_without_lammps()
    file = next((path for path in FILES if path.exists()), None)
    if file is None:
        print("skipped: no CH.rebo of LAMMPS")
        sys.exit(77)
    for structure, tolerance in structures():
        elements = " ".join(structure.elements())
        reference = run_lammps(structure, ["pair_style rebo", f"pair_coeff * * {file} {elements}"])
        ours = evaluate(program, "rebo", "-", structure)
        compare(ours, reference, tolerance)
        if not abs(ours.energy - reference.energy) < 1e-8 * len(structure.symbols):
            sys.exit("energies differ by more than 1e-8 eV/atom")


if __name__ == "__main__":
    main(sys.argv[1])
