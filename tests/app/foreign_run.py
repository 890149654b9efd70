#!/usr/bin/env python3
"""Runs the tiny deck and opens what it leaves with readers that nobody here wrote: MDAnalysis, ASE, and our own plots.

Usage: foreign_run.py <program> <source folder>
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

try:
    import ase.io
    import h5py
    import numpy as np
    from MDAnalysis.coordinates.H5MD import H5MDReader
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

warnings.simplefilter("ignore")
PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
sys.path.insert(0, str(SOURCE / "analysis/python"))
import cardhouse  # noqa: E402
from cardhouse import figures  # noqa: E402


def check(folder):
    run = cardhouse.open(folder / "run.h5")
    shutil.copy(folder / "run.h5", folder / "run.h5md")  # MDAnalysis tells formats by their ending
    reader = H5MDReader(str(folder / "run.h5md"))
    carbon = ase.io.read(folder / "carbon.xyz")
    sodium = int(reader[0].data["n_sodium"])
    yield reader.n_frames >= 20, f"MDAnalysis sees {reader.n_frames} frames"
    yield reader.n_atoms == len(carbon) + sodium, f"{reader.n_atoms} slots, {len(carbon)} host atoms, {sodium} sodium"
    yield np.allclose(reader[0].dimensions, carbon.cell.cellpar(), rtol=1e-5), "cells of trajectory and XYZ differ"
    times = [step.time for step in reader]
    yield all(b > a for a, b in zip(times, times[1:])), "times do not rise"
    structure = run.structure()
    yield np.allclose(structure.positions, carbon.positions, atol=1e-9), "positions of run file and XYZ differ"
    yield set(carbon.get_chemical_symbols()) <= {"C", "H", "O"}, "unexpected elements"
    for name in ("voltage.png", "xrd.png", "pores.png", "tga.png", "van_krevelen.png", "gas_log.csv", "slice.png", "picture.png", "dqdv.png", "rings.png",
                 "pdf.png", "saxs.png", "summary.txt", "discharge.csv"):
        yield (folder / name).stat().st_size > 200, f"{name} is missing or empty"
    header = (folder / "discharge.csv").read_text(encoding="utf-8").splitlines()[0]
    yield "voltage [V]" in header and "capacity [mAh/g]" in header, f"no units in the header: {header}"
    rows = [row.quantity for row in run.summary()]
    yield rows.index("char yield") < rows.index("atoms") < rows.index("d002"), "the summary is not in the order of the run"
    rows = set(rows)
    wanted = {"char yield", "carbon", "hydrogen", "oxygen", "geometric density", "helium density", "d002", "La", "Lc", "closed pore volume",
              "open pore volume", "slope capacity", "plateau capacity", "reversible capacity"}
    yield wanted <= rows, f"the summary lacks {wanted - rows}"
    run.close()
    yield from check_half_a_run(folder)


def check_half_a_run(folder):
    """Plots of a run that was not relaxed and not charged."""
    half = folder / "half.h5"
    shutil.copy(folder / "run.h5", half)
    with h5py.File(half, "r+") as file:
        del file["cardhouse/stages/relax"], file["cardhouse/stages/ocv/charge"]
    with cardhouse.open(half) as run:
        drawn = {Path(path).name for path in figures.write_all(run, folder / "half plots")}
    yield {"voltage.png", "slice.png"} <= drawn, f"of half a run only {drawn} were drawn"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where) / "out"
        subprocess.run([PROGRAM, "run", str(SOURCE / "inputs/runs/tiny.toml"), "--output", str(folder), "--quiet"],
                       check=True, timeout=280, stdout=subprocess.DEVNULL, env=dict(os.environ))
        failures = [text for holds, text in check(folder) if not holds]
    print("\n".join(failures) if failures else "foreign readers and plots agree with the run")
    sys.exit(1 if failures else 0)
