#!/usr/bin/env python3
"""`cardhouse carbonize` on a deck without [run]: its files, columns and units, and what they must agree in.

Usage: carbonize_command.py <program> <source folder>
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import numpy as np
    import h5py  # noqa: F401
    import matplotlib  # noqa: F401
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
sys.path.insert(0, str(SOURCE / "analysis/python"))
import cardhouse  # noqa: E402
from cardhouse.figures import pyrolysis  # noqa: E402

HEAD = '[carbonize]\nprecursor = "sucrose"\ncells = 3\n'  # C12H22O11
RAMP = '[[carbonize.step]]\ntarget = "{target}"\nrate = "20 K/min"\natmosphere = "Ar"\n'
HOLD = 'hold = "30 min"\n'
FLASH = '[[carbonize.step]]\ntreatment = "flash_pulse"\n'
DECKS = {
    "ramp": HEAD + RAMP.format(target="450 degC"),
    "furnace": HEAD + RAMP.format(target="900 degC") + HOLD,
    "flash": HEAD + RAMP.format(target="800 degC") + HOLD + FLASH,
}


def call(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120, cwd=folder,
                          env=dict(os.environ, OMP_NUM_THREADS="1"))


def read_csv(path):
    """{column: values} and the header as it stands."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {name.split(" [")[0]: [row[i] for row in rows] for i, name in enumerate(header)}, header


def numbers(columns, name):
    return np.array(columns[name], dtype=float)


def check_files(name, folder):
    figures = {"tga.png", "van_krevelen.png"} | ({"tga_time.png"} if name != "ramp" else set())
    wanted = figures | {"run.h5", "summary.txt", "thermogravimetry.csv", "gas_log.csv", "composition.csv"}
    found = {path.name for path in folder.iterdir() if path.stat().st_size > 50}
    yield found == wanted, f"files are {sorted(found)}"
    yield "char yield" in (folder / "summary.txt").read_text(encoding="utf-8"), "no char yield in the summary"


def check_balance(run, folder):
    columns, header = read_csv(folder / "thermogravimetry.csv")
    yield header == ["time [s]", "temperature [K]", "mass_fraction [1]", "hydrogen_per_carbon [1]",
                     "oxygen_per_carbon [1]", "bridging [1]"], f"header of the balance: {header}"
    first = numbers(columns, "hydrogen_per_carbon")[0], numbers(columns, "oxygen_per_carbon")[0]
    yield np.allclose(first, (22 / 12, 11 / 12), rtol=1e-12), f"the van Krevelen path starts at {first}, not at sucrose"
    mass = numbers(columns, "mass_fraction")
    kept = run.scalar("carbonize/char_yield") + run.scalar("carbonize/held_gas")
    yield abs(mass[-1] - kept) < 1e-3, f"the last mass is {mass[-1]}, char and the gas in it are {kept}"
    yield mass[0] == 1 and np.all(np.diff(mass) <= 1e-12), "the mass rises in argon"


def check_gases(run, folder):
    columns, header = read_csv(folder / "gas_log.csv")
    gases = [name[: -len("_escaped")] for name in columns if name.endswith("_escaped")]
    yield len(gases) > 5 and {"H2O", "CO2", "CO"} <= set(gases), f"gases are {gases}"
    yield header[:2] == ["time [s]", "temperature [K]"] and "H2O_escaped [1]" in header and "H2O_rate [1/s]" in header, \
        f"header of the gas log: {header}"
    steps = np.diff(numbers(columns, "time"))
    for gas in gases:
        sum_of_rates = numbers(columns, f"{gas}_rate")[1:] @ steps
        last = numbers(columns, f"{gas}_escaped")[-1]
        yield abs(sum_of_rates - last) < 1e-12, f"{gas}: rates times times make {sum_of_rates}, escaped are {last}"
    balance, _ = read_csv(folder / "thermogravimetry.csv")
    escaped = sum(numbers(columns, f"{gas}_escaped")[-1] for gas in gases)
    yield abs(escaped + numbers(balance, "mass_fraction")[-1] - 1) < 1e-12, "what escaped and what is left are not one"
    seen = {gas.name: gas for gas in run.gases()}
    yield np.allclose(seen["H2O"].rate, numbers(columns, "H2O_rate"), rtol=1e-9), "reader and gas log differ in a rate"
    order = [gas.escaped[-1] for gas in run.gases()]
    yield order == sorted(order, reverse=True), "the reader does not put the most important gas first"


def check_composition(folder):
    columns, header = read_csv(folder / "composition.csv")
    yield header == ["element", "char [wt% of char]", "supplied [wt% of supplied]", "escaped [wt% of supplied]"], \
        f"header of the composition: {header}"
    yield columns["element"] == ["C", "H", "O"], f"elements of sucrose: {columns['element']}"
    whole = [numbers(columns, "char").sum(), numbers(columns, "supplied").sum()]
    yield np.allclose(whole, 100, atol=1e-9), f"per cents add up to {whole}"
    # C12H22O11 of IUPAC's atomic weights
    sucrose = np.array([12 * 12.011, 22 * 1.008, 11 * 15.999])
    yield np.allclose(numbers(columns, "supplied"), 100 * sucrose / sucrose.sum(), atol=1e-3), "what is supplied is not sucrose"


def check_labels():
    labels = [pyrolysis.gas_label(name) for name in ("C2H4", "CO", "LVG", "LIGNIN_TAR")]
    yield labels == ["C$_{2}$H$_{4}$", "CO", "LVG", "lignin tar"], f"labels of gases: {labels}"
    yield abs(pyrolysis.molar_mass("CH3CHO") - 44.053) < 1e-9, "molar mass of CH3CHO"


def check_other_commands(folder):
    """A run file whose deck has no [run] can be checked, taken up again and reported once more."""
    for line in ("check ramp.toml", "resume ramp-output/run.h5", "stage report ramp-output/run.h5"):
        result = call(folder, *line.split())
        yield result.returncode == 0, f"{line}: {result.stderr}"
    result = call(folder, "run", "ramp.toml")
    yield result.returncode == 2 and "run: missing key" in result.stderr, f"a deck without [run] is run: {result.stderr}"


def failures():
    with tempfile.TemporaryDirectory() as where:
        top = Path(where)
        for name, deck in DECKS.items():
            (top / f"{name}.toml").write_text(deck, encoding="utf-8")
            result = call(top, "carbonize", f"{name}.toml", "--quiet")
            if result.returncode != 0:
                yield f"{name}: exit code {result.returncode}\n{result.stderr}"
                continue
            folder = top / f"{name}-output"
            with cardhouse.open(folder / "run.h5") as run:
                for checks in (check_files(name, folder), check_balance(run, folder), check_gases(run, folder),
                               check_composition(folder)):
                    yield from (f"{name}: {text}" for holds, text in checks if not holds)
        yield from (text for holds, text in (*check_labels(), *check_other_commands(top)) if not holds)


if __name__ == "__main__":
    found = list(failures())
    print("\n".join(found) if found else "carbonize writes what it says, and its files agree")
    sys.exit(1 if found else 0)
