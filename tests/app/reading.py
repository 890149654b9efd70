#!/usr/bin/env python3
"""What a run leaves, read in every way there is: `describe` on its file and on its exports gives the numbers of the run,
the Python package the values of the file, every figure a file, and the examples of analysis/python/README.md hold.

Usage: reading.py <program> <source folder> describe|package|examples
Ends with 77 (skipped) without h5py or matplotlib.
"""

import csv
import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import h5py
    import matplotlib
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

matplotlib.use("Agg")
PROGRAM, SOURCE = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
PACKAGE = SOURCE / "analysis/python"
sys.path.insert(0, str(PACKAGE))
import cardhouse  # noqa: E402
from cardhouse import figures  # noqa: E402

BEGINNINGS = {".pdf": b"%PDF", ".png": b"\x89PNG", ".svg": b"<?xml"}


def call(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=200, cwd=folder,
                          env=dict(os.environ, OMP_NUM_THREADS="1"))


def numbers(path):
    """{quantity: (value, error or "")} of numbers.csv."""
    with open(path, encoding="utf-8", newline="") as file:
        return {row["quantity"].replace("_", " "): (row["value"], row["error"]) for row in csv.DictReader(file)}


def described(folder, file, *options):
    result = call(folder, "describe", file, "--out", "described", "--quiet", *options)
    assert result.returncode == 0, f"describe {file}: {result.stderr}"
    found = numbers(folder / "described/numbers.csv")
    tables = {path.name: path.read_text() for path in (folder / "described").glob("*.csv")}
    shutil.rmtree(folder / "described")
    return result.stdout, found, tables


def check_describe(folder):
    """On the run: its own stage. On the exports, with the bonds found alike: the same as on the run."""
    page, found, tables = described(folder, "run.h5")
    with cardhouse.open(folder / "run.h5") as run:
        own = {row.quantity: row for row in run.summary()}
        for quantity, (value, error) in found.items():
            row = own[quantity]
            yield float(value) == row.value and (error == "" and row.error < 0 or float(error or -1) == row.error), \
                f"{quantity}: {value} +- {error}, the run has {row}"
        for name in (name for name in run.tables if name.startswith("describe/")):
            text = tables[name.split("/")[1] + ".csv"]
            first = [float(line.split(",")[0]) for line in text.splitlines()[1:]]
            table = run.tables[name]
            yield first == list(table[table.names[0]]), f"{name} differs from the CSV of describe"
    for wanted in ("g/cm3", "d002", "hexagons", "helium density", "raman ID IG", "network conductivity"):
        yield wanted in page, f"the page says nothing about {wanted}"
    yield max(map(len, page.split("\nwritten to")[0].splitlines())) <= 118, "the page is too wide"
    chosen = "composition,conductivity,defects,diffraction,network,pair_distribution,pores,small_angles,stacks"
    by_distance = ("--bonds-within", "1.8", "--only", chosen)
    _, reference, curves = described(folder, "run.h5", *by_distance)
    for file in ("carbon.xyz", "carbon.data"):
        _, other, others = described(folder, file, *by_distance)
        yield other.keys() == reference.keys(), f"{file}: other quantities than the run"
        far = [q for q in other for a, b in zip(other[q], reference[q])
               if not np.isclose(float(a or -1), float(b or -1), rtol=1e-6, atol=1e-12)]
        yield not far, f"{file}: {far} differ from the run"
        yield others.keys() == curves.keys(), f"{file}: other curves than the run"
    yield from check_refusals(folder)


def check_refusals(folder):
    """One line that says why, exit code 2, nothing left behind."""
    lines = (folder / "carbon.xyz").read_text().splitlines()
    count, comment, *atoms = lines
    (folder / "no_cell.xyz").write_text("\n".join([count, "carbon", *(" ".join(a.split()[:4]) for a in atoms)]) + "\n")
    (folder / "overlap.xyz").write_text("\n".join([str(int(count) + 1), comment, *atoms, atoms[0]]) + "\n")
    (folder / "salt.xyz").write_text("\n".join(["1", comment, "Na" + atoms[0][1:]]) + "\n")
    (folder / "foreign.h5").write_bytes(b"nothing")
    shutil.copy(folder / "run.h5", folder / "newer.h5")
    with h5py.File(folder / "newer.h5", "r+") as file:
        file["cardhouse"].attrs["format_version"] = 99
    cases = [("no_cell.xyz", r"no_cell\.xyz:2: no cell"),
             ("overlap.xyz", r"overlap\.xyz: atoms .* are \S+ angstrom apart"),
             ("salt.xyz", r"salt\.xyz: holds no carbon"), ("foreign.h5", r"foreign\.h5"), ("none.h5", r"none\.h5"),
             ("newer.h5", r"newer\.h5: .*format version 99"),
             ("run.h5 --stage anneal", r"run\.h5: holds no structure of a stage 'anneal'"),
             ("run.h5 --only xdr", r"unknown descriptor 'xdr', did you mean 'xrd'")]
    before = set(os.listdir(folder))
    for line, pattern in cases:
        result = call(folder, "describe", *line.split())
        said = result.stderr.strip()
        yield result.returncode == 2 and len(said.splitlines()) == 1 and re.search(pattern, said), \
            f"describe {line}: exit code {result.returncode}, {said}"
    yield set(os.listdir(folder)) == before, f"refusals left {set(os.listdir(folder)) - before}"


def check_values(folder):
    """Curves, tables, frames against the data sets themselves."""
    with cardhouse.open(folder / "run.h5") as run, h5py.File(folder / "run.h5") as file:
        stages = file["cardhouse/stages"]
        for name, table in run.tables.items():
            yield all(np.array_equal(table[c], stages[name][c]) and table.unit(c) == stages[name][c].attrs["unit"]
                      for c in table.names), f"table {name} differs from the file"
        for name, curve in run.curves.items():
            yield len(curve.x) == len(curve.y) > 1 and curve.x_unit and curve.y_unit, f"curve {name} is not whole"
        discharge, group = run.curves["discharge"], stages["ocv/discharge"]
        yield np.array_equal(discharge.x, group["capacity"]) and np.array_equal(discharge.y, group["voltage"]) and \
            np.array_equal(discharge.x_error, group["capacity_error"]), "the discharge differs from the file"
        pores, sizes = run.curves["pores_closed"], stages["describe/pore_sizes"]
        volume = np.sum(pores.y * (sizes["diameter_high"][()] - sizes["diameter_low"][()]))
        yield np.isclose(volume, np.sum(sizes["closed"])), "the pore size distribution loses volume"
        trajectory = file["particles/trajectory"]
        yield len(run.frames) == len(trajectory["position/value"]), "number of frames"
        for index in (0, len(run.frames) - 1):
            frame = run.frames[index]
            there = trajectory["id/value"][index] != -1
            yield np.array_equal(frame.positions, trajectory["position/value"][index][there]), f"positions of {index}"
            yield np.array_equal(frame.cell, trajectory["box/edges/value"][index]), f"cell of {index}"
            yield len(frame.sodium) == file["observables/n_sodium/value"][index] > 0, f"sodium of {index}"
            yield "unknown" not in frame.sodium_classes, f"sodium of frame {index} sits on no site"
        yield run.frames[-1].step == run.frames[len(run.frames) - 1].step, "a negative index is another frame"
        for name, broken in (("a curve", lambda: run.curves["dischrage"]), ("a table", lambda: run.table("ocv/none")),
                             ("a column", lambda: run.table("ocv/discharge")["none"])):
            yield said_by(broken, KeyError), f"{name} that is not there is not refused"


def said_by(action, kind):
    try:
        action()
    except kind as error:
        return str(error)
    return ""


def check_foreign(folder):
    """Files that are no runs, or of other versions."""
    with h5py.File(folder / "other.h5", "w") as file:
        file["data"] = 1
    cases = [("other.h5", None, "not a run file"), ("new.h5", 99, "use a newer Cardhouse"),
             ("old.h5", 0, "older than any")]
    for name, version, text in cases:
        if version is not None:
            shutil.copy(folder / "run.h5", folder / name)
            with h5py.File(folder / name, "r+") as file:
                file["cardhouse"].attrs["format_version"] = version
        said = said_by(lambda name=name: cardhouse.open(folder / name), cardhouse.ForeignFile)
        yield text in said and name in said, f"{name}: {said}"
    yield said_by(lambda: cardhouse.open(folder / "none.h5"), FileNotFoundError), "a missing file is not refused"
    (folder / "text.h5").write_text("no HDF5")
    yield said_by(lambda: cardhouse.open(folder / "text.h5"), cardhouse.ForeignFile), "a text is not refused"


def check_figures(folder):
    """Each as a command, in every format; a run that lacks the data is told so."""
    for number, name in enumerate(figures.FIGURES):
        ending = list(BEGINNINGS)[number % 3]
        path = folder / f"figure {name}{ending}"
        result = call(folder, "plot", name, "run.h5", "-o", str(path))
        yield result.returncode == 0, f"plot {name}: {result.stderr}"
        yield path.is_file() and path.stat().st_size > 4000 and path.read_bytes().startswith(BEGINNINGS[ending]), \
            f"{path.name} is missing, empty or no {ending}"
    call(folder, "describe", "carbon.xyz", "--only", "rings,pores", "--out", "imported", "--quiet")
    with cardhouse.open(folder / "imported/description.h5") as run:
        drawn = {Path(path).stem for path in figures.write_all(run, folder / "imported")}
    yield drawn == {"rings", "pores", "slice", "picture"}, f"of two descriptors of a file {drawn} were drawn"
    cases = [("voltage imported/description.h5", 2, "needs ocv/discharge"),
             ("votlage run.h5", 1, "no figure 'votlage'"),
             ("voltage none.h5", 2, "there is no file 'none.h5'"), ("voltage", 1, "name a figure and a run file")]
    for line, code, text in cases:
        result = call(folder, "plot", *line.split())
        yield result.returncode == code and text in result.stderr, f"plot {line}: {result.returncode} {result.stderr}"


def examples(folder):
    """The README of the package: Python by doctest, commands by a shell with the program in its path."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin/cardhouse").symlink_to(PROGRAM)
    environment = dict(os.environ, PATH=f"{folder / 'bin'}:/usr/bin:/bin", PYTHONPATH=str(PACKAGE), OMP_NUM_THREADS="1",
                       PYTHONDONTWRITEBYTECODE="1")
    os.chdir(folder)
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines()]
    yield len(commands) > 5, "the README has no commands"
    for line in commands:
        result = subprocess.run(line, shell=True, env=environment, capture_output=True, text=True, timeout=120)
        yield result.returncode == 0 and result.stdout, f"{line}: {result.stderr}"
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, "README.md", "README.md", 0)
    said = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    yield result.attempted > 25 and result.failed == 0, "".join(said)


WAYS = {"describe": [check_describe], "package": [check_values, check_foreign, check_figures], "examples": [examples]}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        top = Path(where)
        result = call(top, "run", str(SOURCE / "inputs/runs/tiny.toml"), "--output", "out", "--quiet")
        assert result.returncode == 0, result.stderr
        failures = [text for check in WAYS[sys.argv[3]] for holds, text in check(top / "out") if not holds]
        os.chdir("/")
    print("\n".join(failures) if failures else "what a run leaves is read alike in every way")
    sys.exit(1 if failures else 0)
