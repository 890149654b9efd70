#!/usr/bin/python3
"""Opens what write_sample wrote with MDAnalysis and ASE and compares with what was meant to be written.

usage: foreign_readers.py write_sample folder
Ends with 77 (skipped) when one of the readers is not installed. The expected values repeat sample_structures.hpp.
"""

import os
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
try:
    import ase.io
    import h5py
    import MDAnalysis
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

FRAMES = 13
N_CARBON = 200
N_HOST = N_CARBON + 1
SLOTS = 6
SODIUM = [[], [0], [0, 1, 2], [2], [3, 2], [2, 3, 4, 5]]
CELL = np.array([[12.5, 0, 0], [1.25, 11, 0], [-0.5, 2, 9.75]])


def sodium_of(frame):
    return SODIUM[frame % len(SODIUM)]


def place_of(sodium):
    return [0.5 * sodium, 3.0, 1.0 / (1.0 + sodium)]


def host_positions():
    carbon = [[1.23 * i, 0.0 if i % 2 == 0 else 0.71, 0.1 * i] for i in range(N_CARBON)]
    return np.array(carbon + [[-0.5, -0.9, 0.0]])


def check_mdanalysis(path):
    universe = MDAnalysis.Universe.empty(N_HOST + SLOTS, trajectory=True)
    universe.load_new(path, format="H5MD")
    check_trajectory(universe.trajectory, path)
    # The extension MDAnalysis knows lets it open the file without help.
    known = path + "md"
    if not os.path.exists(known):
        os.symlink(os.path.basename(path), known)
    check_trajectory(MDAnalysis.Universe(known).trajectory, path)


def check_trajectory(trajectory, path):
    assert trajectory.n_frames == FRAMES, trajectory.n_frames
    assert trajectory.n_atoms == N_HOST + SLOTS, trajectory.n_atoms
    edges = MDAnalysis.lib.mdamath.triclinic_box(*CELL)
    ids = h5py.File(path, "r")["particles/trajectory/id/value"][:]
    for k, step in enumerate(trajectory):
        assert np.allclose(step.dimensions, edges, atol=1e-4), (step.dimensions, edges)
        # MDAnalysis counts in picoseconds, the file in seconds.
        assert np.isclose(step.time, 1e-9 * k * k * 1e12, rtol=1e-12), step.time
        assert step.data["step"] == k
        assert step.data["voltage"] == 1.0 / (1.0 + k)
        assert step.data["n_sodium"] == len(sodium_of(k))
        assert np.allclose(step.positions[:N_HOST], host_positions(), atol=1e-4)
        filled = np.flatnonzero(ids[k, N_HOST:] >= 0) + N_HOST
        assert sorted(ids[k, filled] - N_HOST) == sorted(sodium_of(k))
        for slot in filled:
            assert np.allclose(step.positions[slot], place_of(ids[k, slot] - N_HOST), atol=1e-6)
        empty = np.flatnonzero(ids[k] == -1)
        assert len(empty) == SLOTS - len(sodium_of(k)) and np.all(step.positions[empty] == 0)


def check_h5md_rules(path):
    """What the H5MD 1.1 specification asks for and MDAnalysis does not look at."""
    with h5py.File(path, "r") as file:
        assert list(file["h5md"].attrs["version"]) == [1, 1]
        for name in ("author", "creator"):
            assert file["h5md"][name].attrs["name"]
        group = file["particles/trajectory"]
        assert group["box"].attrs["dimension"] == 3
        assert [b.decode() if isinstance(b, bytes) else b for b in group["box"].attrs["boundary"]] == ["periodic"] * 3
        assert group["id/value"].fillvalue == -1
        assert h5py.check_enum_dtype(group["species"].dtype)["Na"] == 11
        for element in ("box/edges", "id"):
            assert group[element]["time"] == group["position/time"], "shared by a hard link"
            assert group[element]["step"] == group["position/step"]
        assert file["observables/voltage/time"] == group["position/time"]
        bonds = file["connectivity/bonds"]
        assert file[bonds.attrs["particles_group"]] == group
        assert np.array_equal(bonds[:2], [[0, 1], [0, 200]])
        assert isinstance(group["position/time"].attrs["unit"], str), "variable length"


def check_every_label(path):
    """Every data set carries a meaning, every numeric one a unit."""
    missing = []

    def look(name, item):
        if not isinstance(item, h5py.Dataset):
            return
        if not item.attrs.get("meaning"):
            missing.append(name + "@meaning")
        if item.dtype.kind != "S" and not item.attrs.get("unit"):
            missing.append(name + "@unit")

    with h5py.File(path, "r") as file:
        file.visititems(look)
    assert not missing, missing


def check_ase(path):
    frames = ase.io.read(path, index=":", format="extxyz")
    assert len(frames) == FRAMES
    for k, atoms in enumerate(frames):
        sodium = sodium_of(k)
        assert atoms.get_chemical_formula(mode="hill").startswith("C200H"), atoms.get_chemical_formula()
        assert atoms.get_chemical_symbols() == ["C"] * N_CARBON + ["H"] + ["Na"] * len(sodium)
        assert np.array_equal(atoms.cell[:], CELL)
        assert atoms.pbc.all()
        assert np.array_equal(atoms.positions[N_CARBON], [-0.5, -0.9, 0.0])
        assert np.allclose(atoms.positions[:N_HOST], host_positions(), rtol=1e-15)
        assert sorted(atoms.arrays["id"][N_HOST:] - N_HOST) == sorted(sodium)
        for place, identity in zip(atoms.positions[N_HOST:], atoms.arrays["id"][N_HOST:] - N_HOST):
            assert np.array_equal(place, place_of(identity))
        assert atoms.info["step"] == k


def main():
    program, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    run, xyz = os.path.join(folder, "run.h5"), os.path.join(folder, "frames.xyz")
    subprocess.run([program, run, xyz, str(FRAMES)], check=True)
    for check, path in ((check_mdanalysis, run), (check_h5md_rules, run), (check_every_label, run), (check_ase, xyz)):
        check(path)
        print(f"{check.__name__}: passed")


if __name__ == "__main__":
    main()
