#!/usr/bin/env python3
"""Crosslinks and gas in pores of every precursor's reference programme against the [reference] of its file.

Usage: references.py <program> <source folder> [--write] [names of precursors]
--write puts the values that differ into the files.

Eight seeds, 6 x 6 x 6 cells, 5 K/min to 1300 degC and two hours in argon. Their mean may differ from the file by three of
its standard errors and by the last digit given there. One seed scatters (standard deviation over eight seeds) by 0.6 % at
most in crosslinks and by 18 % in gas in pores (7 to 27 %), nearly all of it from where the few open cells lie. A pitch blows no pores unless it is made infusible: its gas is that of oxidised pitch.
"""

import functools
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import h5py
    import tomllib
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

PROGRAM, SOURCE, WRITE = sys.argv[1], Path(sys.argv[2]), "--write" in sys.argv
NAMES = [name for name in sys.argv[3:] if name != "--write"]
SOURCE_TEXT = "computed: mean of eight runs of 6 x 6 x 6 cells, 5 K/min to 1300 degC and two hours (tests/carbonize/references.py)"
SEEDS = range(1, 9)
SCATTER = {"crosslinks": 0.006, "pore_gas": 0.18}  # of one seed, relative
FURNACE = """
[[carbonize.step]]
target = "1300 degC"
rate = "5 K/min"
hold = "2 h"
atmosphere = "Ar"
[report]
plots = false
"""
OXIDISED = '[[carbonize.step]]\ntreatment = "pre_oxidation"\n'
MADE_INFUSIBLE = {("pitch", "pore_gas")}


@functools.cache
def means(precursor, first):
    """Mean of each quantity over the seeds."""
    found = {quantity: [] for quantity in SCATTER}
    with tempfile.TemporaryDirectory() as where:
        deck = Path(where) / "reference.toml"
        deck.write_text(f'[carbonize]\nprecursor = "{precursor}"\ncells = 6\n{first}{FURNACE}', encoding="utf-8")
        for seed in SEEDS:
            subprocess.run([PROGRAM, "carbonize", str(deck), "--output", f"{where}/out", "--seed", str(seed), "--quiet"],
                           check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, OMP_NUM_THREADS="1"))
            with h5py.File(f"{where}/out/run.h5") as file:
                for quantity, values in found.items():
                    values.append(float(file[f"cardhouse/stages/carbonize/{quantity}"][()]))
    return {quantity: statistics.mean(values) for quantity, values in found.items()}


def entry(quantity):
    """Matches the line of a precursor's file: before, number, between, source, after."""
    return re.compile(rf'^({quantity} +=.*?value = "?)([0-9.]+)(.*?source = ")([^"]*)(.*)$', re.MULTILINE)


def stored(file, quantity):
    """The number in the file and half a unit of its last digit."""
    number = entry(quantity).search(file.read_text(encoding="utf-8")).group(2)
    return float(number), 0.5 * 10 ** -len(number.partition(".")[2])


def write(file, quantity, mean):
    text = file.read_text(encoding="utf-8")
    digits = {"crosslinks": 3, "pore_gas": 2}[quantity]
    number = f"{mean:#.{digits}g}".rstrip(".")
    source = SOURCE_TEXT + (", oxidised first" if (file.stem, quantity) in MADE_INFUSIBLE else "")
    file.write_text(entry(quantity).sub(rf"\g<1>{number}\g<3>{source}\g<5>", text), encoding="utf-8")
    return entry(quantity).search(file.read_text(encoding="utf-8")).group(0)


def compare(file, quantity):
    expected, half_digit = stored(file, quantity)
    mean = means(file.stem, OXIDISED if (file.stem, quantity) in MADE_INFUSIBLE else "")[quantity]
    error = SCATTER[quantity] * mean / math.sqrt(len(SEEDS))
    agrees = abs(mean - expected) <= 3 * error + half_digit
    print(f"{file.stem:16} {quantity:10} file {expected:<6g} mean {mean:.4g} +- {error:.2g}{'' if agrees else '   DIFFERS'}",
          flush=True)
    if not agrees and WRITE:
        print("  now " + write(file, quantity, mean))
    return agrees


if __name__ == "__main__":
    files = sorted((SOURCE / "inputs/precursors").glob("*.toml"))
    chosen = [file for file in files if not NAMES or file.stem in NAMES]
    fine = [compare(file, quantity) for file in chosen for quantity in SCATTER]
    print(f"{sum(fine)} of {len(fine)} reference values hold")
    sys.exit(0 if all(fine) and fine else 1)
