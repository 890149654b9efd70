#!/usr/bin/env python3
"""Carbons of one precursor from several furnace temperatures, each from the furnace to its voltage curve, in one table
with what series of measured hard carbons agree on.

Usage: temperature_series.py <program> [--compare] [--precursor sucrose] [--atoms 5000] [--seeds 1] [--degrees 1000 ...]

Leaves the runs in folders `series-<degrees>-<seed>` of the working directory; those that are complete are not run again.
With --compare the exit code is 2 when a trend is lost that was there when this was written. Ends with 77 (skipped)
without h5py.
"""

import argparse
import subprocess
import sys
from pathlib import Path

try:
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

DECK = """[run]
name = "series"
stages = ["carbonize", "build", "relax", "describe", "sites", "ocv"]
seed = {seed}
[carbonize]
precursor = "{precursor}"
[[carbonize.step]]
target = "{degrees} degC"
rate = "5 K/min"
hold = "2 h"
atmosphere = "Ar"
[build]
from = "carbonize"
atoms = {atoms}
[relax]
potential = "sp2-bonded+lennard-jones"
max_steps = 800
[ocv]
sweeps = 200
operando = false
"""

# Column, stage and name in the summary of a run.
COLUMNS = [("slope", "ocv", "slope capacity"), ("plateau", "ocv", "plateau capacity"),
           ("V plateau", "ocv", "plateau voltage"), ("sites of metal", "sites", "pore sites"),
           ("closed", "describe", "closed pore volume"), ("R", "describe", "closed pore radius"),
           ("density", "describe", "geometric density"), ("d002", "describe", "d002"), ("La", "describe", "La")]
UNITS = {"slope": "mAh/g", "plateau": "mAh/g", "V plateau": "V", "sites of metal": "mAh/g", "closed": "cm3/g",
         "R": "nm", "density": "g/cm3", "d002": "nm", "La": "nm"}
METAL = 1128  # capacity of sodium metal [mAh/cm3]: 0.968 g/cm3, 1166 mAh/g


def summary(run, stage):
    """Rows of a stage's summary: name to value."""
    text = run[f"cardhouse/stages/{stage}/summary"][()].decode()
    return {row[0]: float(row[1]) for row in (line.split("\t") for line in text.splitlines()) if len(row) > 1}


def metal_capacity(run):
    """What all places for metal hold [mAh/g]."""
    network = run["cardhouse/stages/sites/network"]
    places = np.isin(network["sites/site_class"][:], [4, 5]).sum()  # SiteClass::PoreWall, PoreCore
    return places * 26.801e3 / float(network["host_mass"][()])


def run_one(arguments, degrees, seed):
    folder = Path(f"series-{degrees}-{seed}")
    if not (folder / "run.h5").exists() or not complete(folder / "run.h5"):
        deck = Path(f"series-{degrees}-{seed}.toml")
        deck.write_text(DECK.format(seed=seed, precursor=arguments.precursor, degrees=degrees, atoms=arguments.atoms),
                        encoding="utf-8")
        subprocess.run([arguments.program, "run", deck, "--output", folder, "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
    with h5py.File(folder / "run.h5") as run:
        stages = {stage: summary(run, stage) for stage in ("describe", "ocv")} | {
            "sites": {"pore sites": metal_capacity(run)}}
        return {column: stages[stage].get(name, np.nan) for column, stage, name in COLUMNS}


def complete(path):
    with h5py.File(path) as run:
        return "cardhouse/stages/ocv/summary" in run


def rank_correlation(x, y):
    """Spearman's; ties are rare in measured numbers."""
    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (x, y)]
    return float(np.corrcoef(*ranks)[0, 1])


def trends(degrees, table):
    """(what is expected, whether it came out); the first ones came out when this was written, see HELD."""
    column = {name: np.array([row[name] for row in table]) for name, _, _ in COLUMNS}
    share = column["plateau"] / (column["slope"] + column["plateau"])
    whole = column["slope"] + column["plateau"]
    return [
        ("slope and plateau both hold sodium", bool(np.all(column["slope"] > 10) and np.all(column["plateau"] > 1))),
        ("the plateau lies below 0.15 V", bool(np.nanmax(column["V plateau"]) < 0.15)),
        ("places for metal within 1128 mAh per cm3 of closed pores",
         bool(np.all(column["sites of metal"] <= METAL * column["closed"]))),
        ("closed pores grow with temperature", rank_correlation(degrees, column["closed"]) > 0.5),
        ("density falls with temperature", rank_correlation(degrees, column["density"]) < -0.5),
        ("the share of the plateau rises with temperature", rank_correlation(degrees, share) > 0.5),
        ("the capacity falls with density", rank_correlation(column["density"], whole) < -0.5),
        ("d002 falls with temperature", rank_correlation(degrees, column["d002"]) < -0.5),
        ("the slope falls with temperature", rank_correlation(degrees, column["slope"]) < -0.5),
        ("the plateau sinks as pores grow", rank_correlation(column["R"], column["V plateau"]) < -0.5),
    ]


HELD = 7  # of the trends; those behind are within the scatter between seeds, or do not come out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--precursor", default="sucrose")
    parser.add_argument("--atoms", type=int, default=5000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--degrees", type=int, nargs="+", default=[1000, 1150, 1300, 1450, 1600])
    arguments = parser.parse_args()
    print("degC   " + "".join(f"{name:>16}" for name, _, _ in COLUMNS))
    print("       " + "".join(f"{UNITS[name]:>16}" for name, _, _ in COLUMNS))
    table = []
    for degrees in arguments.degrees:
        runs = [run_one(arguments, degrees, seed) for seed in arguments.seeds]
        table.append({name: float(np.mean([run[name] for run in runs])) for name, _, _ in COLUMNS})
        print(f"{degrees:<7}" + "".join(f"{table[-1][name]:16.4g}" for name, _, _ in COLUMNS), flush=True)
    found = trends(arguments.degrees, table)
    for text, held in found:
        print(f"{'yes' if held else 'NO ':4} {text}")
    if arguments.compare and not all(held for _, held in found[:HELD]):
        sys.exit(2)


if __name__ == "__main__":
    main()
