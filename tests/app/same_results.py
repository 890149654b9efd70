#!/usr/bin/env python3
"""Runs one small deck in several ways and compares the run files number by number.

Usage: same_results.py <program> <source folder> threads|ranks|resume|stage
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

PROGRAM, SOURCE, WHAT = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
DECK = SOURCE / "inputs/runs/tiny.toml"
MAY_DIFFER = {"ranks", "threads", "seconds", "build", "wall_time"}


def run(folder, ranks=1, threads=1, deck=DECK):
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                       OMP_NUM_THREADS=str(threads))
    start = ["mpirun", "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    subprocess.run([*start, PROGRAM, "run", str(deck), "--output", str(folder), "--quiet"], check=True, timeout=280,
                   env=environment, stdout=subprocess.DEVNULL)
    return folder / "run.h5"


def data_sets(path):
    found = {}
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: found.__setitem__(name, item[()]) if isinstance(item, h5py.Dataset) else None)
    return found


def differences(first, second):
    a, b = data_sets(first), data_sets(second)
    problems = [f"only in one file: {name}" for name in sorted(set(a) ^ set(b))]
    for name in sorted(set(a) & set(b)):
        if name.split("/")[-1] in MAY_DIFFER:
            continue
        if not np.array_equal(np.asarray(a[name]), np.asarray(b[name]), equal_nan=False):
            problems.append(f"differs: {name}")
    if len(a) < 30:
        problems.append(f"only {len(a)} data sets: the comparison would be empty")
    return problems


def stop_and_resume(folder):
    """Removes the marks of the last stages, as a killed run would have left them, and takes the run up again."""
    whole, stopped = run(folder / "whole"), run(folder / "stopped")
    with h5py.File(stopped, "r+") as file:
        stages = file["cardhouse/stages"]
        for name in ("transport", "report"):
            del stages[name]
        stages["ocv"].attrs["complete"] = 0  # half-written: to be done again
        del stages["ocv/discharge"]
    subprocess.run([PROGRAM, "resume", str(stopped), "--quiet"], check=True, timeout=280, stdout=subprocess.DEVNULL)
    return whole, stopped


def run_stage_alone(folder):
    """Repeats one stage from the file: what follows it is discarded, and resuming gives the whole run again."""
    whole, repeated = run(folder / "whole"), run(folder / "repeated")
    subprocess.run([PROGRAM, "stage", "describe", str(repeated)], check=True, timeout=280, stdout=subprocess.DEVNULL)
    with h5py.File(repeated, "r") as file:
        left = set(file["cardhouse/stages"])
        assert left == {"carbonize", "build", "relax", "describe"}, f"stages left: {left}"
        assert file["cardhouse"].attrs["complete"] == 0, "a file without its last stages calls itself complete"
    subprocess.run([PROGRAM, "resume", str(repeated), "--quiet"], check=True, timeout=280, stdout=subprocess.DEVNULL)
    return whole, repeated


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        top = Path(where)
        if WHAT == "threads":
            pair = run(top / "one", threads=1), run(top / "two", threads=2)
        elif WHAT == "ranks":
            pair = run(top / "one"), run(top / "two", ranks=2)
        elif WHAT == "resume":
            pair = stop_and_resume(top)
        else:
            pair = run_stage_alone(top)
        found = differences(*pair)
    print("\n".join(found) if found else f"{WHAT}: the files agree in every number")
    sys.exit(1 if found else 0)
